import { parseBody } from '../../../src/memory/marker.ts'
import type { TargetReport } from '../../../src/model.ts'
import { formatIssueTitle } from '../../../src/report/issue-title.ts'
import { listDrift } from './cluster.ts'
import { isTroubled } from './oracle.ts'
import type { Run } from './run.ts'
import { letListsCatchUp, MINUTE, runAlone } from './run-commands.ts'
import { DETECTOR, type World } from './world.ts'

/** Lets everything come to rest with the cluster as it is, and says what is then not as it must be. */
export async function settle(world: World): Promise<void> {
  world.changes += 1
  letListsCatchUp(world)
  world.github.faults.clear()
  world.store.mode = 'ok'
  for (let time = 0; time < world.config.runs + 2; time++) {
    world.now += 100 * MINUTE
    await runAlone(world)
  }
  const last = world.runs.at(-1)
  for (const target of last?.tracked?.report.targets ?? []) settleTarget(world, target)
  settleDetector(world)
  world.github.check()
}

function settleTarget(world: World, target: TargetReport): void {
  const complain = (text: string) => world.problem(`in the end, ${target.name}: ${text}`)
  const state = world.cluster(target.name)
  const open = world.open(target.name)
  const { settings } = world.github.repository
  const isForbidden = settings.visibility === 'public' && !world.config.allowPublic
  if (open.length > 1 && !isForbidden) complain(`${open.length} issues are open`)
  if (state.broken || isForbidden) return
  const drift = target.findings.filter((finding) => finding.drift)
  if (drift.some(({ lasting }) => lasting !== true)) complain('what is there is not yet said to last')
  if (drift.length > 0 && open.length === 0 && !hasReason(world, target)) {
    complain(`has drift and no issue: ${target.issue?.action}, ${target.issue?.why}`)
  }
  const isClean = target.complete && listDrift(state).length === 0
  const insistent = open.filter(({ number }) => !world.note(number).insisted)
  if (isClean && insistent.length > 0) complain(`is clean, and #${insistent[0]?.number} is open`)
  const [issue] = open
  if (issue === undefined || (isClean && insistent.length === 0)) return
  const notes = world.note(issue.number)
  // What was seen and cannot be read again is still named by the title.
  if (target.complete && notes.title === null && issue.title !== formatIssueTitle(target))
    complain(`the title is not what there is: ${issue.title}`)
  const told = [...(parseBody(issue.body ?? '')?.visible ?? '').matchAll(/<small>`([0-9a-f]+)` ·/g)].map(([, id = '']) => id)
  const present = target.findings.filter(({ cause }) => cause === 'manual').map(({ id }) => id)
  const strange = told.filter((short) => !present.some((id) => id.startsWith(short)))
  const missing = present.filter((id) => !told.some((short) => id.startsWith(short)))
  if (strange.length > 0) complain(`the issue tells of ${strange.join(', ')}, which is not there`)
  if (missing.length > 0) complain(`the issue does not tell of ${missing.join(', ')}`)
}

/** Why there may be drift without an issue. */
function hasReason(world: World, { name, issue, findings }: TargetReport): boolean {
  if (issue?.action === 'capped')
    return (
      world.config.most !== -1 && world.open().filter(({ number }) => world.note(number).target !== DETECTOR).length >= world.config.most
    )
  if (issue?.action !== 'left-alone') return false
  const left = world.issues(name).find(({ number }) => number === issue.number)
  const shown = new Set(world.notes.get(issue.number ?? 0)?.shown.values())
  const isKnown = findings.every(({ drift, id }) => !drift || shown.has(id))
  return left?.state === 'closed' && left.stateReason !== 'completed' && isKnown
}

function settleDetector(world: World): void {
  const { settings } = world.github.repository
  if (settings.visibility === 'public' && !world.config.allowPublic) return
  const open = world.open(DETECTOR)
  const troubled = world.config.targets.filter((name) => isTroubled(world.cluster(name)))
  // A target that is not in this configuration may be another workflow's, and is believed to be out of reach for a month.
  const isTold = ({ at, readings }: Run) =>
    world.now - at < 31 * 1440 * MINUTE && [...readings].some(([name, state]) => !world.config.targets.includes(name) && isTroubled(state))
  if (troubled.length === 0 && !world.runs.some(isTold) && open.length > 0)
    world.problem('in the end: everything can be checked, and the issue that says otherwise is open')
  const broken = troubled.filter((name) => world.cluster(name).broken)
  // Whoever closes it as done is believed for a day, and as not planned for good.
  const isLeft = world.issues(DETECTOR).some(({ state, stateReason, closedAt, body }) => {
    const marker = parseBody(body ?? '')?.marker
    const isRecent = world.now - Date.parse(closedAt ?? '') < 1440 * MINUTE && marker?.kind === 'detector' && !marker.closed
    return state === 'closed' && (stateReason !== 'completed' || isRecent)
  })
  if (broken.length > 0 && open.length === 0 && !isLeft) world.problem('in the end: nothing says that a target cannot be checked')
}
