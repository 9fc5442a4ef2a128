import { expect, test } from 'vitest'
import { reviewAccess } from '../../src/cluster/access.ts'
import type { JsonObject } from '../../src/model.ts'
import type { Fault } from '../fakes/kubernetes-api.ts'
import { openFake } from './recording.ts'

const status = (value: JsonObject): Fault => ({ status: 201, body: JSON.stringify({ status: value }) })
const rules = (resourceRules: readonly JsonObject[], incomplete = false): Fault => status({ resourceRules, incomplete })
const rule = (verbs: string[], group: string, ...resources: string[]): JsonObject => ({ verbs, apiGroups: [group], resources })

/** Reviews against a server that answers the rules review, and perhaps the access reviews, as given. */
async function review(rulesAnswer: Fault, accessAnswer: Fault = null) {
  const { cluster, client } = await openFake(
    [],
    { fault: ({ path }) => (path.endsWith('rulesreviews') ? rulesAnswer : path.endsWith('accessreviews') ? accessAnswer : null) },
    { tries: 1 },
  )
  await client.get('/version')
  return { access: await reviewAccess(client, 'shop'), requests: cluster.requests.length - 1 }
}

test('a credential that may only read: its name, no note, two requests', async () => {
  const { access, requests } = await review(null)
  expect(access).toEqual({ user: 'plumbline-reader', groups: ['system:authenticated'], notes: [] })
  expect(requests).toBe(2)
})

test.each<[string, JsonObject, string]>([
  ['patch', rule(['get', 'patch'], 'apps', 'deployments'), 'patch deployments.apps'],
  ['everything', rule(['*'], '*', '*'), '* *'],
  ['create pods/exec', rule(['create'], '', 'pods/exec'), 'create pods/exec'],
  ['get nodes/proxy, which runs commands', rule(['get'], '', 'nodes/proxy'), 'get nodes/proxy'],
])('one that may %s is named', async (_name, one, told) => {
  const { access } = await review(
    rules([rule(['get', 'list', 'watch'], '', 'pods'), rule(['create'], 'authorization.k8s.io', 'selfsubjectaccessreviews'), one]),
  )
  expect(access.notes).toEqual([
    {
      kind: 'write-access',
      message: `The credential (plumbline-reader) may do more than read in namespace shop: ${told}. Plumbline needs get and list only; use a credential that has no more.`,
    },
  ])
})

test('where the server cannot list the rules, a few questions are asked one by one', async () => {
  const { access, requests } = await review(rules([], true), status({ allowed: true }))
  expect(access.notes[0]?.message).toContain('patch deployments.apps, update configmaps, create pods, create pods/exec')
  expect(requests).toBe(9)
})

test('where nothing can be asked, that is a note and no failure', async () => {
  const refused: Fault = { status: 403, body: '{"kind":"Status","message":"no reviews here"}' }
  const { access } = await review(refused, refused)
  expect(access.notes).toEqual([
    { kind: 'access-not-reviewed', message: 'What the credential may write could not be asked: HTTP 403: no reviews here.' },
  ])
})
