import { idsOf, isTroubled, mayBeAccepted } from './oracle.ts'
import { countRun, type Run } from './run.ts'
import { DETECTOR, type World } from './world.ts'

const DAY = 86_400_000
/** REST requests of a run in which one target changed. */
const MOST_CALLS = 20

/** What a run must have achieved once it has ended. */
export function checkRun(world: World, run: Run): void {
  const { tracked } = run
  if (run.killed || tracked === null) return
  const complain = (text: string) => world.problem(`run ${run.id}: ${text}`)
  for (const target of tracked.report.targets) {
    const state = run.readings.get(target.name)
    if (state === undefined) continue
    const told = target.findings.filter(({ cause }) => cause === 'manual').map(({ id }) => id)
    if (JSON.stringify(told) !== JSON.stringify(idsOf(target.name, state))) complain(`${target.name} does not report what was read`)
    for (const { id, acceptance, drift } of target.findings) {
      if (acceptance === undefined) continue
      world.count('accepted')
      if (drift) complain(`${id} is accepted and drift`)
      const isHidden = target.verdict === 'in-sync' || !run.met
      // Comments that cannot be read are taken as they were, so what is checked then is only that it was said at all.
      const people = run.met || run.crowded || !tracked.access.open ? sayWithoutDoubt(world) : makePeople(world)
      if (isHidden && !mayBeAccepted(id, target.name, run.at, people)) complain(`${id} of ${target.name} is hidden by no acceptance`)
    }
    for (const { kind, message } of target.notes) {
      if (kind === 'acceptance-ended') world.count(`acceptance ended: ${/\((.*)\)\.$/.exec(message)?.[1]}`)
    }
    world.count(`told: ${target.issue?.action ?? 'nothing'}`)
  }
  const isUndisturbed = !run.met && !run.crowded
  if (isUndisturbed && !run.dry && tracked.access.open) {
    for (const name of [...run.targets, DETECTOR]) {
      if (world.open(name).length > 1) complain(`${world.open(name).length} issues are open for ${name}`)
    }
  }
  if (!tracked.access.open && run.writes > 0) complain('has written although it may not')
  checkQuiet(world, run, complain)
  const changed = tracked.report.targets.filter(
    ({ issue }) => !['none', 'waiting', 'unchanged', 'left-alone', undefined].includes(issue?.action),
  )
  const most = world.tally.get('most REST calls of a run in which one target changed') ?? 0
  if (isUndisturbed && changed.length <= 1) {
    world.tally.set('most REST calls of a run in which one target changed', Math.max(most, run.calls))
    if (run.calls >= MOST_CALLS) complain(`made ${run.calls} REST calls`)
  }
}

/** An undisturbed run that sees what the undisturbed run before it saw writes nothing, unless a day has passed. */
function checkQuiet(world: World, run: Run, complain: (text: string) => void): void {
  const { previous } = world
  world.answering = run.answers > 0 ? world.answering + 1 : 0
  const isUndisturbed = !run.met && !run.crowded && !run.dry
  const seen = isUndisturbed ? sign(run) : null
  world.previous = seen === null ? null : { run, seen, changes: world.changes }
  if (seen === null || previous === null || previous.seen !== seen || previous.changes !== world.changes) return
  const isOver = world.said.some(({ until }) => until > previous.run.at && until <= run.at)
  // What one run closes makes room for the next, and what is commented on a closed issue is answered once it is open again.
  const isPending = previous.run.tracked?.report.targets.some(({ issue }) => issue?.action === 'capped' || issue?.action === 'reopened')
  // Comments of an issue that is closed are read no more once another is filed, and the other says so.
  const isElsewhere = world.said.some(
    ({ issue, until }) => until > previous.run.at && world.github.repository.issues.get(issue)?.state !== 'open',
  )
  if (run.isDue || isOver || isPending === true || isElsewhere) return
  world.count('quiet')
  // Answers name what they are about as the run before knew it: after a new one they may follow one run later, and then never.
  const writes = run.answers > 0 && world.answering > 2 ? run.writes : run.writes - run.answers
  if (writes > 0) complain(`has written ${run.writes} times although nothing changed`)
}

function sign(run: Run): string {
  const targets = run.tracked?.report.targets.map(({ name, verdict, findings, unread, issue }) => [
    ...[name, verdict, unread.length, findings.map(({ id, lasting, acceptance }) => [id, lasting ?? null, acceptance ?? null])],
    issue?.action === 'waiting',
  ])
  const troubles = [...run.readings].map(([name, state]) => {
    const count = countRun(run).get(`${name} trouble`)
    const isLong = count !== undefined && count.runs >= run.config.runs && run.at - count.since >= run.config.minutes * 60_000
    return isTroubled(state) && [isLong, count !== undefined && run.at - count.since >= DAY]
  })
  return JSON.stringify([targets, troubles, run.config, run.whole, run.countable])
}

function makePeople(world: World) {
  const { github, said, firstSeen } = world
  return {
    said,
    isThere: (comment: number) => github.repository.comments.has(comment),
    mayWrite: (login: string) => ['admin', 'maintain', 'write'].includes(github.repository.roleOf(login)),
    firstSeen: (id: string) => firstSeen.get(id) ?? Number.POSITIVE_INFINITY,
  }
}

function sayWithoutDoubt(world: World) {
  const said = world.said.filter(({ type }) => type === 'accept').map((one) => ({ ...one, edited: false }))
  return { ...makePeople(world), said, isThere: () => true, mayWrite: () => true }
}
