import { diffRenders } from '../src/chart/diff-renders.ts'
import type { LiveOnly } from '../src/compare/comparison.ts'
import { getAt, isSame } from '../src/compare/json.ts'
import { explainsItself } from '../src/compare/live-only.ts'
import { prepareObject } from '../src/compare/prepare.ts'
import { isSamePath, overlaps } from '../src/compare/same-place.ts'
import { findBuiltInSchema } from '../src/compare/schema/built-in.ts'
import { compareObjects } from '../src/compare/walk.ts'
import type { DecisionInput } from '../src/explain/decision-input.ts'
import type { Sides } from '../src/explain/explain.ts'
import type { KeepRender } from '../src/keep/keep-tools.ts'
import type { ClusterInfo, DesiredObject, Finding, ObjectRef, Path, Target } from '../src/model.ts'
import { formatPath } from '../src/path.ts'
import { keyOfRef } from '../src/refs.ts'
import { isSecretValue } from '../src/report/redact.ts'

type Told = Pick<Finding, 'path' | 'change' | 'desired' | 'live'>

/** What would be known of a cluster that holds one render while Git gives another; null where objects come or go. */
export function makeInput(target: Target, info: ClusterInfo, desired: readonly DesiredObject[], live: KeepRender): DecisionInput | null {
  const byKey = new Map([...live.values()].filter(({ isHook }) => !isHook).map((one) => [keyOfRef(one.ref), one.object]))
  if (desired.some(({ ref }) => !byKey.has(keyOfRef(ref)))) return null
  const sides = new Map<ObjectRef, Sides>()
  const findings: Finding[] = []
  for (const { ref, object, unstable } of desired) {
    const [ours, theirs] = [prepareObject(object), prepareObject(byKey.get(keyOfRef(ref)) ?? {})]
    sides.set(ref, { desired: ours, live: theirs })
    const { declared, liveOnly } = compareObjects(ref, findBuiltInSchema(ref), ours, theirs, [], unstable)
    const told: readonly Told[] = [
      ...declared.filter((one) => one.unstable === null),
      ...liveOnly.flatMap(listAdded).map(({ path, value }): Told => ({ path, change: 'added', desired: undefined, live: value })),
    ]
    for (const one of told) findings.push(toFinding(ref, one))
  }
  const isSecret: DecisionInput['isSecret'] = ({ object, path, desired: ours, live: theirs }) =>
    [ours, theirs].some((value) => isSecretValue(object, path, value, { paths: [] }))
  return {
    ...{ target, desired, sides, info, isSecret, findings: findings.filter((one) => !isSecret(one)) },
    live: {
      readings: desired.map(({ ref }) => ({ ref, reading: { outcome: 'found', object: byKey.get(keyOfRef(ref)) ?? {} } })),
      ...{ extra: [], requests: { list: 0, get: 0, discovery: 0 }, notes: [] },
    },
    ...{
      delivery: 'unknown',
      rules: { deployers: [], controllers: [] },
      findSchema: () => null,
      record: null,
      now: '2026-01-01T00:00:00Z',
    },
  }
}

function listAdded(node: LiveOnly): readonly LiveOnly[] {
  if (explainsItself(node)) return []
  return node.open ? node.children.flatMap(listAdded) : [node]
}

function toFinding(object: ObjectRef, told: Told): Finding {
  return {
    ...told,
    ...{ object, id: `${keyOfRef(object)} ${formatPath(told.path)}`, cause: 'manual', confidence: 'certain', drift: true, because: '' },
    ...{ evidence: { manager: null, operation: null, subresource: null, time: null }, pattern: '', severity: 'low' },
  }
}

/**
 * Whether a render has what was wanted at the place that was asked for, and everywhere else either what it had before or
 * what was wanted, too. Apart from the code under test.
 */
export function compareWithWanted(
  base: readonly [KeepRender, KeepRender],
  wanted: KeepRender,
  render: KeepRender,
  asked: Finding,
  desired: readonly DesiredObject[],
): boolean {
  if (wanted.size !== render.size && [...render.keys()].some((id) => !wanted.has(id))) return false
  for (const [id, { ref, object }] of base[0]) {
    const others = [base[1], wanted, render].map((one) => one.get(id)?.object)
    if (others.some((one) => one === undefined)) continue
    const sides = [object, ...others].map((one) => prepareObject(one ?? {}))
    const unstable = desired.find((one) => keyOfRef(one.ref) === keyOfRef(ref))?.unstable ?? []
    for (const { path, values } of diffRenders(findBuiltInSchema(ref), sides)) {
      const [first, second, meant, got] = values
      const isChance = !isSame(first, second) || unstable.some((one) => isSamePath(one.path, path))
      // Checksums follow from all that changes, and the edit of one place may be a part of that.
      const follows = /checksum|sha256/.test(formatPath(path))
      if (!isChance && !follows && !isSame(got, meant) && !isSame(got, first)) return false
    }
    if (keyOfRef(ref) === keyOfRef(asked.object) && !isAlike(sides[3], sides[2], asked.path, ref)) return false
  }
  return true
}

/** Equal at a place as far as the API server minds. */
function isAlike(got: Parameters<typeof getAt>[0], meant: Parameters<typeof getAt>[0], path: Path, ref: ObjectRef): boolean {
  if (isSame(getAt(got, path), getAt(meant, path))) return true
  const { declared, liveOnly } = compareObjects(ref, findBuiltInSchema(ref), got as never, meant as never, [], [])
  return ![...declared.map((one) => one.path), ...liveOnly.filter((one) => !explainsItself(one)).map((one) => one.path)].some((one) =>
    overlaps(one, path),
  )
}
