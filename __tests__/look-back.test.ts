import { expect, test } from 'vitest'
import type { EarlierCommits } from '../src/chart/earlier-commits.ts'
import type { Commit } from '../src/chart/find-commits.ts'
import type { ReleaseRecord } from '../src/cluster/release.ts'
import { UserError } from '../src/errors.ts'
import { explainLookingBack, type LookBackTools } from '../src/look-back.ts'
import type { JsonObject } from '../src/model.ts'
import { cluster, makeTarget } from './chart/support/charts.ts'
import { makeDesired, makeEntry, makeLive, makeLiveObject, refOf } from './make-live.ts'

const map = (a: string): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'prod' }, data: { a } })
const marks = {
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'prod' },
}
const yaml = (a: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: "${a}"}\n`
const unreadable: ReleaseRecord = { outcome: 'unreadable', why: 'the record may not be read', remedy: 'Allow `list` on secrets.' }
const recorded = (a: string, revision = 3): ReleaseRecord => ({
  outcome: 'read',
  last: { revision, status: 'deployed', time: null, hasHooks: false, delivery: 'helm-server-side', manifests: [yaml(a)] },
  rollback: null,
})

type History = Partial<Pick<EarlierCommits, 'cut' | 'gap'>> & {
  /** What `a` is at each commit; null: it does not render. */
  readonly commits?: readonly (string | null)[]
  readonly set?: readonly string[]
}

/** Git has `a: now`; live has `a: before`, held by Helm unless someone else is named. */
async function lookBack(record: ReleaseRecord, { commits = [], cut = false, gap = null, set = [] }: History, by = 'helm') {
  const seen: string[] = []
  const object = { ...map('before'), metadata: { name: 'c', namespace: 'prod', ...marks } }
  const entries = [makeEntry(by, 'Apply', map('before')), makeEntry('helm', 'Apply', { ...object, data: {} })]
  const desired = makeDesired(map('now'))
  const list = commits.map((_, index): Commit => ({ id: String(index).repeat(40), time: '2026-11-20T10:00:00Z' }))
  const tools: LookBackTools = {
    info: cluster,
    readRecord: async () => {
      seen.push('record')
      return record
    },
    openCommits: async (made) => {
      seen.push(`open for ${made}`)
      return {
        ...{ commits: list, cut, gap },
        render: async ({ id }, { withoutSet }) => {
          seen.push(withoutSet ? 'without set' : `commit ${id[0]}`)
          const a = withoutSet ? 'before' : commits[Number(id[0])]
          if (typeof a !== 'string') throw new UserError({ where: 'chart', message: 'boom.', remedy: '' })
          const object = map(a)
          const objects = new Map([['c', { ref: refOf(object), object, template: null }]])
          return { objects: { objects, setAside: [], hooks: [], notes: [], faults: [] }, again: null }
        },
        close: async () => void seen.push('close'),
      }
    },
    readScalers: async () => ({ found: [], notes: [] }),
    readSchemas: async () => ({ findSchema: () => null, notes: [] }),
    progress: () => {},
    measure: (_, work) => work(),
  }
  const target = makeTarget({ type: 'chart', chart: '/c', values: [], set, deployTimeValues: [] }, { release: 'shop' })
  const live = makeLive([[desired, makeLiveObject(object, entries)]])
  const input = { target, desired: [desired], live, rules: { deployers: [], controllers: [] }, isSecret: () => false }
  const { findings, notes } = await explainLookingBack(input, tools)
  expect(findings).toHaveLength(1)
  return { seen, finding: findings[0], notes }
}

test('nothing is looked at when every difference explains itself', async () => {
  const { seen, finding, notes } = await lookBack(recorded('before'), { commits: ['now', 'before'] }, 'kubectl-edit')
  expect(finding).toMatchObject({ cause: 'manual' })
  expect({ seen, notes }).toEqual({ seen: [], notes: [] })
})

test('no commit is looked at when the record settles it', async () => {
  const { seen, finding, notes } = await lookBack(recorded('now'), { commits: ['now', 'before'] })
  expect(finding).toMatchObject({ cause: 'unknown' })
  expect({ seen, notes }).toEqual({ seen: ['record'], notes: [] })
})

test('commits are looked through two at a time, newest first, until nothing is open', async () => {
  const { seen, finding, notes } = await lookBack(recorded('before'), { commits: ['now', '7', 'before', '6', '5', '4'] })
  expect(finding).toMatchObject({ cause: 'undeployed', confidence: 'certain' })
  expect(seen).toEqual(['record', 'open for upgrade', 'commit 0', 'commit 1', 'commit 2', 'commit 3', 'close'])
  expect(notes).toEqual([])
})

test('a first deploy is compared with what an install renders', async () => {
  expect((await lookBack(recorded('before', 1), { commits: ['now', 'before'] })).seen).toContain('open for install')
})

test('a commit that does not render is left out, and named', async () => {
  const { finding, notes } = await lookBack(recorded('before'), { commits: ['now', null, null] })
  expect(finding).toMatchObject({ cause: 'manual', confidence: 'uncertain', pattern: 'out-of-band-deploy' })
  expect(notes).toEqual([{ kind: 'commits-not-rendered', message: 'Commits that do not render were left out: 11111111: boom and 1 more.' }])
})

test('the target’s own set is asked last', async () => {
  const { seen, finding } = await lookBack(recorded('before'), { commits: ['now', '7'], set: ['a=now'] })
  expect(seen).toEqual(['record', 'open for upgrade', 'commit 0', 'commit 1', 'without set', 'close'])
  expect(finding).toMatchObject({ cause: 'unknown' })
  expect(finding?.because).toContain('follows from `set`')
})

test('without any history one note names every remedy', async () => {
  const gap = { what: 'the checkout holds only the newest commits', remedy: 'Set `fetch-depth: 0`.' }
  const { finding, notes } = await lookBack(unreadable, { commits: ['now'], gap })
  expect(finding).toMatchObject({ cause: 'unknown', confidence: 'uncertain', drift: true })
  const why =
    'the record may not be read, and the checkout holds only the newest commits. Set `fetch-depth: 0`. Or: Allow `list` on secrets.'
  expect(finding?.because).toContain(why)
  expect(notes).toEqual([{ kind: 'no-history', message: expect.stringContaining(why) }])
})

test('a record that is no YAML is as good as none', async () => {
  const record: ReleaseRecord = {
    outcome: 'read',
    last: { revision: 2, status: 'deployed', time: null, hasHooks: false, delivery: 'helm-server-side', manifests: ['{ not: [yaml'] },
    rollback: null,
  }
  expect((await lookBack(record, { commits: ['now', '7'] })).finding).toMatchObject({ cause: 'manual', pattern: 'out-of-band-deploy' })
})
