import { parseBody } from '../../../src/memory/marker.ts'
import type { Issue } from '../../fakes/github/types.ts'
import { idOf, isRead, listDrift, PLACES } from './cluster.ts'
import { judgeClose } from './judge-close.ts'
import { judgeOpening } from './judge-opening.ts'
import { countRun, type Run } from './run.ts'
import { DETECTOR, type Notes, type World } from './world.ts'

/** Holds one change that a run made to an issue against what must never be, and takes note of it. */
export function judgeChange(world: World, run: Run, before: Issue | null, after: Issue): void {
  const complain = (text: string) => world.problem(`run ${run.id}, #${after.number}: ${text}`)
  if (before === null) {
    const identity = parseBody(after.body ?? '')?.identity
    if (identity === undefined) return void complain('was filed without our marks')
    const notes = makeNotes(identity.kind === 'drift' ? identity.target : DETECTOR, after, world.now)
    world.notes.set(after.number, notes)
    world.count(notes.target === DETECTOR ? 'detector filed' : 'filed')
    if (run.filed.has(notes.target)) complain('is the second one that this run has filed')
    run.filed.add(notes.target)
    judgeOpening(world, run, notes, after, complain)
    return void remember(world, run, notes, after)
  }
  const notes = world.notes.get(after.number)
  // From a list that lags, one is still taken for open that was closed as a duplicate: it may get a comment, and nothing else.
  const isComment = before.body === after.body && before.state === after.state && before.comments < after.comments
  if (run.crowded && notes?.disowned === true && isComment) return
  if (notes === undefined || notes.disowned) return void complain('is not ours to change')
  judgeLabels(notes, before, after, complain)
  judgeTexts(notes, before, after, complain)
  if (JSON.stringify(before.assignees) !== JSON.stringify(after.assignees)) complain('has other assignees')
  if (before.locked !== after.locked) complain('was locked or unlocked')
  if (notes.title !== null && after.title !== notes.title) complain(`lost the title that a human gave it: ${after.title}`)
  if (before.state === 'open' && after.state === 'closed') judgeClose(world, run, notes, after, complain)
  if (before.state === 'closed' && after.state === 'open') {
    world.count(notes.target === DETECTOR ? 'detector reopened' : 'reopened')
    if (before.stateReason !== 'completed') complain(`was opened again although it was closed as ${before.stateReason}`)
    judgeOpening(world, run, notes, after, complain)
    notes.insisted = false
  }
  if (before.body !== after.body) {
    if (parseBody(after.body ?? '') === null) notes.disowned = true
    else remember(world, run, notes, after)
    if (before.state === after.state) world.count('updated')
  }
}

function makeNotes(target: string, { labels }: Issue, now: number): Notes {
  const ours = new Set(labels.map((label) => label.toLowerCase()))
  const none = { title: null, on: new Set<string>(), off: new Set<string>(), before: [], after: [], shown: new Map() }
  return { target, ...none, ours, unwanted: false, insisted: false, disowned: false, written: now }
}

function judgeLabels(notes: Notes, before: Issue, after: Issue, complain: (text: string) => void): void {
  const [had, has] = [before, after].map(({ labels }) => labels.map((label) => label.toLowerCase())) as [string[], string[]]
  for (const label of had) if (!has.includes(label) && notes.on.has(label)) complain(`lost the label ${label} that a human put on`)
  for (const label of has) {
    if (had.includes(label)) continue
    if (notes.off.has(label)) complain(`got the label ${label} that a human took off`)
    notes.ours.add(label)
  }
}

/** A human's text is still there, and on its side of our part. */
function judgeTexts(notes: Notes, before: Issue, after: Issue, complain: (text: string) => void): void {
  if (before.body === after.body) return
  const parts = parseBody(after.body ?? '')
  const [above, below] = parts === null ? [after.body ?? '', after.body ?? ''] : [parts.before, parts.after]
  for (const text of notes.before) if (!above.includes(text)) complain('lost what a human wrote above our part')
  for (const text of notes.after) if (!below.includes(text)) complain('lost what a human wrote below our part')
}

/** What our part now says, and that the reading counts: an issue remembers, too. */
function remember(world: World, run: Run, notes: Notes, issue: Issue): void {
  notes.written = world.now
  const state = run.readings.get(notes.target)
  if (state === undefined || state.broken) return
  const counts = countRun(run)
  for (const place of PLACES.keys()) {
    const key = `${notes.target} ${place}`
    const count = counts.get(key)
    const next = new Map(world.counts)
    if (count === undefined) next.delete(key)
    else next.set(key, count)
    world.counts = next
  }
  // What was there stays on record in an issue that was closed.
  if (issue.state === 'closed') return
  const drift = listDrift(state)
  const kept = [...notes.shown].filter(([place]) => !isRead(state, place))
  notes.shown = new Map([...kept, ...drift.map((place) => [place, idOf(notes.target, state, place)] as const)])
}
