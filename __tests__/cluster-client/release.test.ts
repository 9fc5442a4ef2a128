import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ClusterClient } from '../../src/cluster/client.ts'
import { readReleaseRecord } from '../../src/cluster/release.ts'

type Stored = { readonly revision: number; readonly status: string; readonly description?: string; readonly manifest?: string }

/** What Helm stores: base64 of base64 of gzip of JSON. */
function pack({ revision, status, description = 'Upgrade complete', manifest = `# ${revision}` }: Stored) {
  const release = { version: revision, manifest, info: { status, description, last_deployed: '2026-11-20T10:00:00Z' } }
  const packed = gzipSync(JSON.stringify(release)).toString('base64')
  return { metadata: { labels: { status } }, data: { release: Buffer.from(packed).toString('base64') } }
}

function serve(stored: readonly Stored[] | 'forbidden', broken: readonly object[] = []) {
  const selectors: string[] = []
  const get: ClusterClient['get'] = async (path) => {
    const selector = new URL(path, 'http://x').searchParams.get('labelSelector') ?? ''
    selectors.push(selector)
    if (stored === 'forbidden') return { outcome: 'answered', status: 403, body: {}, warnings: [] } as never
    const all = selector.endsWith('status!=superseded') ? stored.filter(({ status }) => status !== 'superseded') : stored
    return { outcome: 'answered', status: 200, body: { items: [...broken, ...all.map(pack)] }, warnings: [] } as never
  }
  return { selectors, read: () => readReleaseRecord({ get } as ClusterClient, 'shop', 'prod') }
}

const superseded = (revision: number, description?: string): Stored => ({
  revision,
  status: 'superseded',
  ...(description ? { description } : {}),
})
const deployed = (revision: number, description?: string): Stored => ({
  revision,
  status: 'deployed',
  ...(description ? { description } : {}),
})

test('the deploy that stands, with one request that leaves superseded revisions where they are', async () => {
  const { read, selectors } = serve([superseded(1), deployed(2)])
  expect(await read()).toEqual({
    outcome: 'read',
    last: {
      revision: 2,
      status: 'deployed',
      time: '2026-11-20T10:00:00Z',
      hasHooks: false,
      delivery: 'helm-client-side',
      manifests: ['# 2'],
    },
    rollback: null,
  })
  expect(selectors).toEqual(['owner=helm,name=shop,status!=superseded'])
})

test('a deploy that failed half-way has left its traces too', async () => {
  const { read } = serve([
    { revision: 2, status: 'failed' },
    deployed(3),
    { revision: 5, status: 'failed' },
    { revision: 4, status: 'pending-upgrade' },
  ])
  expect(await read()).toMatchObject({ last: { revision: 3, manifests: ['# 3', '# 5', '# 4'] } })
  expect(await serve([{ revision: 1, status: 'failed' }]).read()).toMatchObject({ last: { revision: 1, manifests: ['# 1'] } })
})

test('a rollback, and the deploy that it undid', async () => {
  const { read, selectors } = serve([superseded(1), superseded(2), superseded(3, 'Rollback to 1'), deployed(4, 'Rollback to 1')])
  expect(await read()).toMatchObject({ last: { revision: 4 }, rollback: { to: 1, undone: { revision: 2, manifest: '# 2' } } })
  expect(selectors).toHaveLength(2)
  expect(await serve([deployed(12, 'Rollback to 9')]).read()).toMatchObject({ rollback: { to: 9, undone: null } })
})

test('a deploy that failed and was rolled back by Helm itself undid nothing that stood', async () => {
  const { read } = serve([superseded(1), { revision: 2, status: 'failed', description: 'Upgrade failed' }, deployed(3, 'Rollback to 1')])
  expect(await read()).toMatchObject({ rollback: { to: 1, undone: { revision: 1, manifest: '# 1' } } })
})

test('no record that can be read, and what to do about it', async () => {
  expect(await serve('forbidden').read()).toEqual({
    outcome: 'unreadable',
    why: 'Helm’s record of the last deploy may not be read',
    remedy: 'Allow `list` on secrets in the namespace prod.',
  })
  const nothing = { outcome: 'unreadable', why: 'there is no readable record of a deploy by Helm', remedy: null }
  expect(await serve([]).read()).toEqual(nothing)
  expect(await serve([{ revision: 1, status: 'uninstalled' }]).read()).toEqual(nothing)
  const broken = [{}, { data: {} }, { data: { release: '!' } }, { data: { release: Buffer.from('eA==').toString('base64') } }]
  expect(await serve([], broken).read()).toEqual(nothing)
  expect(await serve([deployed(2)], broken).read()).toMatchObject({ last: { revision: 2 } })
})
