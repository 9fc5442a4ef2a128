import { createHash } from 'node:crypto'
import type { Evidence, Finding, Json, ObjectRef, TargetReport } from '../../../src/model.ts'
import { parsePath } from '../../../src/path.ts'
import { assembleFailedTarget } from '../../../src/report/assemble.ts'
import { countFindings, judgeCounts } from '../../../src/report/count-findings.ts'

/** What one target's part of the cluster is like. Never changed in place, so a run may hold on to what it read. */
export type TargetState = {
  /** For each of `PLACES`: 0 is as Git has it, any other number is a value of its own. */
  readonly values: readonly number[]
  /** For each place: when its value was written, in milliseconds since 1970. */
  readonly written: readonly number[]
  /** Objects that cannot be read, by their index in `OBJECTS`. */
  readonly unread: readonly number[]
  /** Nothing at all can be read. */
  readonly broken: boolean
}

const at = (apiVersion: string, kind: string): ObjectRef => ({ apiVersion, kind, namespace: 'apps', name: 'app' })
export const OBJECTS = [at('apps/v1', 'Deployment'), at('v1', 'ConfigMap'), at('v1', 'Service')] as const
const ENV = 'spec.template.spec.containers[name=app].env[name=DEBUG]'

/** Where drift can be: two places in one object, one in another, and a whole object. `timed`: the write's time is recorded. */
export const PLACES = [
  { object: 0, path: 'spec.replicas', desired: 3, live: (value: number): Json => 3 + value, timed: false },
  { object: 0, path: ENV, desired: undefined, live: (value: number): Json => ({ name: 'DEBUG', value: `v${value}` }), timed: true },
  { object: 1, path: 'data.LEVEL', desired: 'info', live: (value: number): Json => `debug-${value}`, timed: true },
  { object: 2, path: '', desired: { kind: 'Service' }, live: () => undefined, timed: false },
] as const

export const IN_SYNC: TargetState = { values: [0, 0, 0, 0], written: [0, 0, 0, 0], unread: [], broken: false }

/** The places that drift and can be read. */
export function listDrift({ values, unread, broken }: TargetState): readonly number[] {
  return broken ? [] : PLACES.flatMap(({ object }, place) => (values[place] !== 0 && !unread.includes(object) ? [place] : []))
}

/** Whether the place's object was read: what is not there was then seen not to be. A missing object is known by the others of its kind. */
export function isRead({ unread, broken }: TargetState, place: number): boolean {
  return !broken && !unread.includes(PLACES[place]?.object ?? -1)
}

/** A finding's id: it is another one for another value. */
export function idOf(target: string, state: TargetState, place: number): string {
  const live = PLACES[place]?.live(state.values[place] ?? 0)
  return createHash('sha256')
    .update(JSON.stringify([target, place, live ?? null]))
    .digest('hex')
    .slice(0, 16)
}

/** The report of one target as the pipeline makes it. One finding is never drift: Git is ahead of the cluster there. */
export function readTarget(name: string, state: TargetState): TargetReport {
  if (state.broken) {
    const error = { message: 'The API server does not answer.', where: null, remedy: 'Look whether it runs.' }
    return assembleFailedTarget({ name, release: 'app', namespace: 'apps' }, error, [])
  }
  const findings = [...listDrift(state).map((place) => makeFinding(name, state, place)), ...(state.unread.includes(1) ? [] : [UNDEPLOYED])]
  const unread = state.unread.map((index) => {
    const object = OBJECTS[index] ?? OBJECTS[0]
    return { object, reason: 'forbidden', detail: `${object.kind} is forbidden`, remedy: 'Give the credential the right to read it.' }
  })
  const counts = countFindings(findings)
  return {
    ...{ name, release: 'app', namespace: 'apps', delivery: 'helm-server-side', complete: unread.length === 0, findings, unread },
    verdict: judgeCounts({ drift: counts.drift, unread: unread.length }),
    counts: { ...counts, objects: 3, compared: 3 - unread.length, unread: unread.length, setAside: 0, defaulted: 4 },
    ...{ setAside: [], notes: [], ignoreRules: [], requests: { list: 3, get: 0, discovery: 2 }, views: [], error: null },
  }
}

function makeFinding(target: string, state: TargetState, place: number): Finding {
  const { object, path, desired, live, timed } = PLACES[place] ?? PLACES[0]
  const written = new Date(state.written[place] ?? 0).toISOString()
  const evidence: Evidence = { manager: 'kubectl-edit', operation: 'Update', subresource: null, time: timed ? written : null }
  return {
    ...{
      id: idOf(target, state, place),
      object: OBJECTS[object],
      path: parsePath(path) ?? [],
      desired,
      live: live(state.values[place] ?? 0),
    },
    change: path === '' ? 'missing-object' : desired === undefined ? 'added' : 'changed',
    ...{ cause: 'manual', confidence: 'certain', drift: true, because: 'kubectl-edit wrote it', evidence },
    ...{ pattern: 'field-changed', severity: 'medium' },
  }
}

const UNDEPLOYED: Finding = {
  ...{ id: '0123456789abcdef', object: OBJECTS[1], path: [{ field: 'data' }, { field: 'FLAG' }], desired: 'new', live: 'old' },
  ...{ change: 'changed', cause: 'undeployed', confidence: 'certain', drift: false, because: 'Git is ahead' },
  evidence: { manager: 'helm', operation: 'Apply', subresource: null, time: '2026-01-01T00:00:00Z' },
  ...{ pattern: 'field-changed', severity: 'low' },
}
