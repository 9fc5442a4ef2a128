import { describe, expect, test } from 'vitest'
import { setAt } from '../../src/compare/json.ts'
import { type ExplainInput, explainTarget } from '../../src/explain/explain.ts'
import type { History } from '../../src/explain/history.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { makeDesired, makeEntry, makeHistory, makeLive, makeLiveObject, makeRendered, pathOf } from '../make-live.ts'

const target = { name: 'shop', release: 'shop', namespace: 'prod' }
const rules = { deployers: [], controllers: [] }
const base: JsonObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop', namespace: 'prod' }, data: { a: '1', b: '1' } }
const marks = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'prod' },
}

function withData(data: JsonObject, object = base): JsonObject {
  return { ...object, data }
}

/** As Helm leaves it: marked, and held by `helm` in all that is there. */
function deployedAs(object: JsonObject, entries: readonly JsonObject[] = []): JsonObject {
  const { annotations, ...metadata } = object.metadata as { readonly [name: string]: JsonObject }
  const marked = { ...object, metadata: { ...metadata, ...marks, annotations: { ...annotations, ...marks.annotations } } }
  return makeLiveObject(marked, [makeEntry('helm', 'Apply', marked), ...entries])
}

function explain(git: JsonObject, live: JsonObject, history: History | null, more: Partial<ExplainInput> = {}) {
  const desired = makeDesired(git)
  return explainTarget({
    ...{ target, rules, history, isSecret: () => false, desired: [desired], live: makeLive([[desired, live]]) },
    ...more,
  })
}

function judge(git: JsonObject, live: JsonObject, history: History | null) {
  const { findings, needsHistory } = explain(git, live, history)
  return { needsHistory, findings: findings.map(({ path, ...finding }) => ({ path: formatPath(path), ...finding })) }
}

describe('a value that the deployer holds, or that is gone', () => {
  const git = withData({ a: '2', b: '1', c: '1' })
  const held = deployedAs(withData({ a: '1', b: '1', c: '1' }))
  const gone = deployedAs(withData({ a: '2', b: '1' }))
  const updated = (time: string) => {
    const live = withData({ a: '1', b: '1', c: '1' })
    const marked = { ...live, metadata: { ...(live.metadata as JsonObject), ...marks } }
    return makeLiveObject(marked, [makeEntry('helm', 'Update', marked, { time: `2026-11-23T${time}Z` })])
  }
  const now = [git]
  const before = [withData({ a: '1', b: '1', c: '1' })]
  const without = [withData({ a: '2', b: '1' })]
  const other = [withData({ a: '9', b: '1', c: '1' })]
  const gap = 'the checkout holds only the newest commits. Set `fetch-depth: 0`'

  type Row = readonly [name: string, live: JsonObject, history: Parameters<typeof makeHistory>[0] | null, expected: object, says: string]
  const undeployed = { cause: 'undeployed', drift: false }
  const manual = { cause: 'manual', drift: true }
  const outOfBand = { ...manual, pattern: 'out-of-band-deploy' }
  const unknown = { cause: 'unknown', confidence: 'uncertain', drift: true }

  test.each<Row>([
    ['nothing looked at', held, null, unknown, 'cannot be told'],
    [
      'record as live, commit too',
      held,
      { record: before, commits: [now, before] },
      { ...undeployed, confidence: 'certain' },
      'revision 4',
    ],
    ['record as live, gone, commit too', gone, { record: without, commits: [now, without] }, undeployed, 'commit 22222222 of 2026-11-19'],
    ['record as live, no commit ever', held, { record: before, commits: [now, other] }, outOfBand, 'none of the 2 commits'],
    ['record as live, gone, no commit ever', gone, { record: without, commits: [now, before] }, outOfBand, 'deploy-time-values'],
    ['record as live, no history', held, { record: before, gap }, { ...undeployed, confidence: 'uncertain' }, 'fetch-depth: 0'],
    [
      'record not as live, gone',
      gone,
      { record: now, commits: [without] },
      manual,
      'the last deploy (revision 4) rendered it and it is gone',
    ],
    ['record not as live, applied', held, { record: now, commits: [before] }, { cause: 'admission', drift: false }, 'on its way in'],
    [
      'record not as live, updated with the deploy',
      updated('08:59:59'),
      { record: now, delivery: 'helm-client-side' },
      { cause: 'admission' },
      'on its way in',
    ],
    [
      'record not as live, updated after it',
      updated('09:30:00'),
      { record: now, delivery: 'helm-client-side' },
      outOfBand,
      'a borrowed name',
    ],
    [
      'a rollback',
      held,
      { record: before, rollback: { to: 2, undone: makeRendered(now) }, commits: [now, before] },
      outOfBand,
      '`helm rollback` to revision 2',
    ],
    ['a rollback took it away', gone, { record: without, rollback: { to: 2, undone: null } }, outOfBand, '`helm rollback` to revision 2'],
    [
      'a rollback that changed nothing here',
      held,
      { record: before, rollback: { to: 2, undone: makeRendered(before) }, commits: [before] },
      undeployed,
      'Git has moved on',
    ],
    [
      'no record, an earlier commit as live',
      held,
      { commits: [now, before] },
      { ...undeployed, confidence: 'likely' },
      'a rollback to it looks the same',
    ],
    ['no record, gone, the commit before lacks it', gone, { commits: [now, without] }, undeployed, 'commit 22222222'],
    ['no record, gone, every commit has it', gone, { commits: [now, before, other] }, { ...manual, confidence: 'likely' }, 'all 3 commits'],
    [
      'no record, gone, only an older state lacks it',
      gone,
      { commits: [now, before, [withData({ a: '1', b: '0' })]] },
      manual,
      'Git says now',
    ],
    ['no record, held, no commit ever', held, { commits: [now, other] }, outOfBand, 'helm upgrade --set'],
    [
      'no record, held, older commits not looked at',
      held,
      { commits: [now, other], cut: true },
      { ...outOfBand, confidence: 'uncertain' },
      'none of',
    ],
    ['no record, no history', held, { gap }, unknown, 'fetch-depth: 0'],
    ['no record, gone, no history', gone, { commits: [now], gap }, unknown, 'fetch-depth: 0'],
    ['no record, cut history, but a commit fits', held, { commits: [now, before], gap }, undeployed, 'commit 22222222'],
    ['it follows from set', held, { commits: [now, other], withoutSet: makeRendered(before) }, unknown, 'it follows from `set`'],
    [
      'something else follows from set',
      held,
      { commits: [now, other], withoutSet: makeRendered([withData({ a: '2', b: '7', c: '1' })]) },
      outOfBand,
      'none of',
    ],
  ])('%s', (_, live, given, expected, says) => {
    const { findings } = judge(git, live, given === null ? null : makeHistory(given))
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ ...expected, path: live === gone ? 'data.c' : 'data.a' })
    expect(findings[0]?.because).toContain(says)
  })

  test('stays open only while more could settle it', () => {
    const open = (given: Parameters<typeof makeHistory>[0]) => judge(git, held, makeHistory({ ...given, hasMore: true })).needsHistory
    expect(open({ record: before })).toBe(true)
    expect(open({ record: before, commits: [now] })).toBe(true)
    expect(open({ record: before, commits: [now, before] })).toBe(false)
    expect(open({ record: now })).toBe(false)
    expect(open({ record: before, rollback: { to: 1, undone: null } })).toBe(false)
    expect(open({ commits: [now, other] })).toBe(true)
    expect(open({ commits: [now, before] })).toBe(false)
    expect(judge(git, held, null).needsHistory).toBe(true)
    expect(judge(git, held, makeHistory({ commits: [now, other] })).needsHistory).toBe(false)
  })
})

test('which commit was deployed is told by all that is live, not by each path for itself', () => {
  // Live is the newest commit but for `c`, which the first commit did not have either.
  const commits = [[withData({ a: '3', b: '3', c: '1' })], [withData({ a: '2', b: '2', c: '1' })], [withData({ a: '1', b: '1' })]]
  const { findings } = judge(withData({ a: '3', b: '3', c: '1' }), deployedAs(withData({ a: '3', b: '3' })), makeHistory({ commits }))
  expect(findings).toMatchObject([{ path: 'data.c', cause: 'manual', change: 'removed' }])
  // Live is the first commit: nobody removed anything.
  const first = judge(withData({ a: '3', b: '3', c: '1' }), deployedAs(withData({ a: '1', b: '1' })), makeHistory({ commits }))
  expect(first.findings.map(({ cause }) => cause)).toEqual(['undeployed', 'undeployed', 'undeployed'])
})

test('what a person changed does not hide which commit was deployed', () => {
  const byHand = makeEntry('kubectl-edit', 'Update', withData({ b: '7', x: '1' }))
  const live = { ...deployedAs(withData({ a: '1', b: '7', x: '1' }), [byHand]) }
  const commits = [[withData({ a: '2', b: '1' })], [withData({ a: '1', b: '1' })]]
  const { findings, needsHistory } = judge(withData({ a: '2', b: '1' }), live, makeHistory({ commits, hasMore: true }))
  // Nothing is left that older commits could explain.
  expect(needsHistory).toBe(false)
  expect(Object.fromEntries(findings.map(({ path, cause }) => [path, cause]))).toEqual({
    'data.a': 'undeployed',
    'data.b': 'manual',
    'data.x': 'manual',
  })
})

test('a commit that renders something else each time may have rendered anything there, and nothing else', () => {
  const git = withData({ a: 'fixed', b: '1', c: '1' })
  const random = [withData({ a: 'x7', b: '1' })]
  const varying = (given: Parameters<typeof makeHistory>[0]): History => {
    const history = makeHistory({ ...given, commits: [[git], random] })
    return {
      ...history,
      commits: history.commits.with(1, { ...history.commits[1]!, again: makeRendered([withData({ a: 'k2', b: '1' })]) }),
    }
  }
  const live = withData({ a: 'q9', b: '1' })
  for (const history of [varying({ record: [live] }), varying({})]) {
    expect(judge(git, deployedAs(live), history).findings).toMatchObject([
      { path: 'data.a', cause: 'undeployed', confidence: 'uncertain' },
      { path: 'data.c', cause: 'undeployed' },
    ])
    const other = deployedAs(withData({ a: 'q9', b: '5' }))
    expect(judge(git, other, varying({})).findings).toMatchObject([
      { path: 'data.a' },
      { path: 'data.b', cause: 'manual' },
      { path: 'data.c' },
    ])
  }
})

test('a default that Git now overrides is an undeployed commit, not a change', () => {
  const service = (spec: JsonObject): JsonObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'prod' },
    spec,
  })
  const before = service({ ports: [{ port: 80 }] })
  const live = deployedAs(before)
  const stored = setAt(setAt(live, pathOf('spec.sessionAffinity'), 'None'), pathOf('spec.type'), 'ClusterIP') as JsonObject
  const git = service({ ports: [{ port: 80 }], sessionAffinity: 'ClientIP' })
  for (const history of [makeHistory({ record: [before], commits: [[git], [before]] }), makeHistory({ commits: [[git], [before]] })]) {
    expect(judge(git, stored, history).findings).toMatchObject([{ path: 'spec.sessionAffinity', cause: 'undeployed' }])
  }
})

describe('whole objects', () => {
  const another: JsonObject = { ...base, metadata: { name: 'another', namespace: 'prod' } }
  const [first, second] = [makeDesired(base), makeDesired(another)]
  const missing = (history: History) =>
    explain(base, deployedAs(base), history, {
      desired: [first, second],
      live: makeLive([
        [first, deployedAs(base)],
        [second, { outcome: 'missing' }],
      ]),
    }).findings
  const extra = (history: History, object = deployedAs(another)) =>
    explain(base, deployedAs(base), history, {
      live: { ...makeLive([[first, deployedAs(base)]]), extra: [{ ref: second.ref, object }] },
    }).findings

  test.each<[string, Parameters<typeof makeHistory>[0], object]>([
    ['the record lacks it, as a commit does', { record: [base], commits: [[base]] }, { cause: 'undeployed' }],
    ['the record has it', { record: [base, another] }, { cause: 'manual', pattern: 'object-missing' }],
    [
      'a rollback took it away',
      { record: [base], rollback: { to: 1, undone: makeRendered([base, another]) } },
      { pattern: 'out-of-band-deploy' },
    ],
    ['the commit before lacks it', { commits: [[base, another], [base]] }, { cause: 'undeployed' }],
    ['every commit has it', { commits: [[base, another]] }, { cause: 'manual', pattern: 'object-missing' }],
    ['no history', { gap: 'shallow' }, { cause: 'unknown' }],
  ])('missing: %s', (_, given, expected) => {
    expect(missing(makeHistory(given))).toMatchObject([{ change: 'missing-object', ...expected }])
  })

  test.each<[string, Parameters<typeof makeHistory>[0], object]>([
    ['the record and a commit have it', { record: [base, another], commits: [[base], [base, another]] }, { cause: 'undeployed' }],
    [
      'the record has it, but Git never had',
      { record: [base, another], commits: [[base]] },
      { cause: 'manual', pattern: 'out-of-band-deploy' },
    ],
    ['the record lacks it', { record: [base] }, { cause: 'unknown', pattern: 'object-added' }],
    ['the commit before has it', { commits: [[base], [base, another]] }, { cause: 'undeployed' }],
    ['no commit has it', { commits: [[base]] }, { cause: 'manual', pattern: 'out-of-band-deploy' }],
    ['no history', { gap: 'shallow' }, { cause: 'unknown' }],
  ])('extra: %s', (_, given, expected) => {
    expect(extra(makeHistory(given))).toMatchObject([{ change: 'extra-object', ...expected }])
  })

  test('extra: kept on purpose from long ago', () => {
    const kept = { ...another, metadata: { name: 'another', namespace: 'prod', annotations: { 'helm.sh/resource-policy': 'keep' } } }
    expect(extra(makeHistory({ commits: [[base]] }), deployedAs(kept))).toEqual([])
    const byHand = makeLiveObject(kept, [makeEntry('kubectl-annotate', 'Update', kept)])
    expect(extra(makeHistory({ commits: [[base]] }), byHand)).toMatchObject([{ cause: 'manual', pattern: 'object-added' }])
  })

  test('extra: made by hand, whatever the history says', () => {
    const marked = { ...another, metadata: { ...(another.metadata as JsonObject), ...marks } }
    const byHand = makeLiveObject(marked, [makeEntry('kubectl-create', 'Update', marked)])
    expect(extra(makeHistory({ record: [base, another] }), byHand)).toMatchObject([{ cause: 'manual', pattern: 'object-added' }])
  })
})

test('what comes from crds/ is never upgraded by Helm, and no history is asked', () => {
  const crd = makeDesired(withData({ a: '2', b: '1', c: '1' }), { fromCrds: true })
  const missing = makeDesired({ ...base, metadata: { name: 'another', namespace: 'prod' } }, { fromCrds: true })
  const old = withData({ a: '1', b: '1' })
  const live = makeLive([
    [crd, makeLiveObject(old, [makeEntry('helm', 'Update', old)])],
    [missing, { outcome: 'missing' }],
  ])
  const { findings, needsHistory } = explain(base, base, null, { desired: [crd, missing], live })
  expect(findings.map(({ cause, confidence }) => [cause, confidence])).toEqual([
    ['undeployed', 'likely'],
    ['undeployed', 'uncertain'],
    // New in the chart, or deleted by hand: a missing definition is never taken lightly.
    ['unknown', 'uncertain'],
  ])
  expect(needsHistory).toBe(false)
  const edited = makeLive([
    [
      crd,
      makeLiveObject({ ...old, data: { a: '1', b: '7' } }, [
        makeEntry('helm', 'Update', withData({ a: '1' })),
        makeEntry('kubectl-edit', 'Update', withData({ b: '7' })),
      ]),
    ],
  ])
  expect(explain(base, base, null, { desired: [crd], live: edited }).findings.map(({ cause }) => cause)).toEqual([
    'undeployed',
    'manual',
    'undeployed',
  ])
})

describe('who may have removed a field', () => {
  const gone = (entries: readonly JsonObject[]) =>
    judge(
      withData({ a: '1', b: '1', c: '1' }),
      deployedAs(withData({ a: '1', b: '1' }), entries),
      makeHistory({ record: [withData({ a: '1', b: '1', c: '1' })] }),
    ).findings.find(({ path }) => path === 'data.c')?.because
  const entry = (manager: string, time: string, data: JsonObject = { b: '1' }, subresource?: string) =>
    makeEntry(manager, 'Update', withData(data), { time, ...(subresource === undefined ? {} : { subresource }) })

  test.each<[string, readonly JsonObject[], string | null]>([
    ['nobody else wrote to the object', [], null],
    [
      'a tool wrote to it after the deploy',
      [entry('kubectl-edit', '2026-11-23T10:00:00Z')],
      'kubectl-edit wrote to this object last, at 2026-11-23T10:00:00Z',
    ],
    [
      'the last of several',
      [entry('kubectl-edit', '2026-11-23T10:00:00Z'), entry('argo-tool', '2026-11-23T11:00:00Z', { a: '1' })],
      'argo-tool wrote',
    ],
    ['only before the deploy', [entry('kubectl-edit', '2026-11-22T10:00:00Z')], null],
    ['a status', [entry('some-operator', '2026-11-23T10:00:00Z', { b: '1' }, 'status')], null],
  ])('%s', (_, entries, says) => {
    const because = gone(entries)
    expect(because).toContain('who removed it is not recorded')
    if (says === null) expect(because).not.toContain('may have removed it')
    else expect(because).toContain(says)
  })

  test('a controller is not suspected', () => {
    const revision = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { annotations: { 'deployment.kubernetes.io/revision': '2' } } }
    const deployment: JsonObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'prod' },
      spec: { paused: true },
    }
    const live = deployedAs({ ...deployment, spec: {} as Json }, [
      makeEntry('kube-controller-manager', 'Update', revision, { time: '2026-11-23T12:00:00Z' }),
    ])
    const because = judge(deployment, live, makeHistory({ record: [deployment] })).findings[0]?.because
    expect(because).toContain('is not recorded')
    expect(because).not.toContain('kube-controller-manager')
  })
})
