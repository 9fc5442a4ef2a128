import type { Issue } from '../../fakes/github/types.ts'
import { hasTroubled, idsOf, listLasting } from './oracle.ts'
import { countRun, type Run } from './run.ts'
import { DETECTOR, type Notes, type World } from './world.ts'

/** An issue is filed or opened again only for what has lasted, within the limit, and never against what a human decided. */
export function judgeOpening(world: World, run: Run, notes: Notes, issue: Issue, complain: (text: string) => void): void {
  const { github, config } = world
  if (github.repository.settings.visibility === 'public' && !run.config.allowPublic) complain('was filed in a public repository')
  const blank = run.countable && run.blank.has(notes.target)
  const persistence = { runs: run.config.runs, minutes: run.config.minutes, countable: run.countable, blank }
  const counts = countRun(run)
  if (notes.target === DETECTOR) {
    const troubled = [...run.readings].filter(([name, state]) => hasTroubled(counts, name, state, run.at, persistence))
    if (troubled.length === 0) complain('was filed although nothing was out of reach for long enough')
    return
  }
  const state = run.readings.get(notes.target)
  if (state === undefined) return void complain('is about a target that was not checked')
  const lasting = listLasting(counts, notes.target, state, run.at, persistence)
  if (lasting.length === 0 && !world.hasForgotten) complain('was filed before its drift had lasted')
  const others = world.open().filter(({ number }) => number !== issue.number && world.note(number).target !== DETECTOR)
  if (!run.crowded && !run.met && config.most !== -1 && others.length >= run.config.most) complain('was filed beyond max-opened-issues')
  const unwanted = [...world.notes].find(
    ([number, one]) => one.target === notes.target && one.unwanted && isWithin(run, one) && canBeFound(world, run, number),
  )
  if (unwanted !== undefined && !run.crowded) complain(`was filed although #${unwanted[0]} about the same was closed as not planned`)
}

function isWithin(run: Run, notes: Notes): boolean {
  const state = run.readings.get(notes.target)
  const shown = new Set(notes.shown.values())
  return state !== undefined && idsOf(notes.target, state).every((id) => shown.has(id))
}

/**
 * A closed issue is found by its label, or by its number in the store. Where a human took the label off (or the setting names
 * another one since) and the store was lost as well, GitHub has no list that would show it without all issues of years.
 */
function canBeFound(world: World, run: Run, number: number): boolean {
  const issue = world.github.repository.issues.get(number)
  const target = world.note(number).target
  const isLabelled = issue?.labels.some((label) => label.toLowerCase() === run.config.labels[0]?.toLowerCase()) === true
  return issue !== undefined && (isLabelled || (run.countable && world.stored()[target]?.issue === number))
}
