import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCluster } from '../../src/cluster/source.ts'
import { type Addressed, addressObjects, formatResource } from '../../src/explain/gap/declared.ts'
import { listGrants } from '../../src/explain/gap/grants.ts'
import { narrowRights } from '../../src/explain/gap/narrow-rights.ts'
import type { RbacRead } from '../../src/explain/gap/rbac-read.ts'
import { writeSteps } from '../../src/explain/gap/steps.ts'
import { findWriters } from '../../src/explain/gap/writers.ts'
import type { ClusterInfo } from '../../src/model.ts'
import { type Access, readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runProcess } from '../run/command.ts'
import { getKubectl } from '../tools/helm-and-kubectl.ts'
import { type Attributes, type Identity, makeBindings, mayDo, readSeeds, toIdentity } from './rights.ts'
import { kubectl } from './story.ts'

const NAMESPACE = 'f-rights'
const WRITES = ['create', 'delete', 'deletecollection', 'patch', 'update']
const OBJECTS = [
  { apiVersion: 'apps/v1', kind: 'Deployment', namespace: NAMESPACE, name: 'web' },
  { apiVersion: 'v1', kind: 'ConfigMap', namespace: NAMESPACE, name: 'config' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', namespace: null, name: 'f-watch' },
] as const

describeOnCluster('who may write, beside what the API server says', ({ kubeconfigs }) => {
  const seeds = readSeeds(NAMESPACE)
  let admin: Access
  let folder: string
  let info: ClusterInfo
  let objects: readonly Addressed[]

  async function openAs(kubeconfig: string) {
    const inline = { type: 'inline', text: readFileSync(kubeconfig, 'utf8') } as const
    return openCluster(inline, null, NAMESPACE, { onSecret: () => {}, env: {} })
  }
  async function readRights(): Promise<RbacRead> {
    const rbac = await (await openAs(kubeconfigs.reader)).openTarget().readRbac(NAMESPACE)
    if (rbac === null) throw new Error('a cluster gives rights')
    return rbac
  }

  beforeAll(async () => {
    admin = await readAccess(kubeconfigs.admin)
    folder = await mkdtemp(join(tmpdir(), 'plumbline-rights-'))
    await kubectl(kubeconfigs.admin, 'default', 'create', 'namespace', NAMESPACE)
    const file = join(folder, 'seeds.json')
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: makeBindings(seeds, NAMESPACE) }))
    await kubectl(kubeconfigs.admin, NAMESPACE, 'apply', '--filename', file)
    for (;;) {
      const filled = await kubectl(kubeconfigs.admin, NAMESPACE, 'get', 'clusterrole', 'f-seed-8', '--output=jsonpath={.rules}')
      if (filled.includes('deployments')) break
      await sleep(200)
    }
    // The authorizer learns of new bindings a moment later.
    await sleep(1000)
    info = (await openAs(kubeconfigs.reader)).info
    objects = addressObjects(OBJECTS, info, NAMESPACE)
  })

  const questionsOf = ({ group, resource, name, subresources }: Addressed): readonly Attributes[] => [
    ...WRITES.map((verb) => ({ verb, group, resource, subresource: '', name: ['create', 'deletecollection'].includes(verb) ? '' : name })),
    ...subresources.flatMap((subresource) => ['patch', 'update'].map((verb) => ({ verb, group, resource, subresource, name }))),
  ]
  /** `patch deployments.apps/scale` for each right, by asking the API server. */
  async function askServer(identity: Identity): Promise<readonly string[]> {
    const all = objects.flatMap((object) => questionsOf(object).map((question) => ({ object, question })))
    const answers = await Promise.all(all.map(({ object, question }) => mayDo(admin, identity, question, object.namespace)))
    return all
      .filter((_, index) => answers[index])
      .map(({ question }) => `${question.verb} ${formatResource(question, question.subresource)}`)
      .toSorted()
  }
  /** The same from the sentence that a report shows: `patch, update deployments.apps, configmaps; ...`. */
  function listRights(rights: string): readonly string[] {
    return rights.split('; ').flatMap((part) => {
      const words = part.split(/, | /)
      const verbs = words.filter((word) => WRITES.includes(word))
      return words.filter((word) => !WRITES.includes(word)).flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`))
    })
  }

  test('each seed has just the rights that were found', async () => {
    const { writers, kubernetes } = findWriters(listGrants(await readRights()), objects, [])
    const rightsOf = new Map(writers.map(({ subject, rights }) => [subject, listRights(rights)]))
    let allowed = 0
    for (const { subject } of seeds) {
      if (subject.includes('kube-system/')) continue
      const identity = toIdentity(subject)
      const found = [subject, ...identity.groups.map((group) => `Group ${group}`)].flatMap((one) => rightsOf.get(one) ?? [])
      const asked = await askServer(identity)
      expect({ subject, rights: [...new Set(found)].toSorted() }).toEqual({ subject, rights: asked })
      allowed += asked.length
    }
    expect(allowed).toBeGreaterThan(50)
    expect(kubernetes).toBeGreaterThan(0)
    expect(rightsOf.has('ServiceAccount kube-system/f-controller')).toBe(false)
    expect(rightsOf.has('Group system:masters')).toBe(true)
  })

  test('kubectl says the same', async () => {
    const { writers } = findWriters(listGrants(await readRights()), objects, [])
    const canI = async (subject: string, verb: string, what: readonly string[]) => {
      const { user, groups } = toIdentity(subject)
      const who = [`--as=${user}`, ...groups.map((group) => `--as-group=${group}`)]
      const answer = kubectl(kubeconfigs.admin, NAMESPACE, 'auth', 'can-i', verb, ...what, ...who)
      return (await answer.catch((error: { readonly stdout: string }) => error.stdout)).trim() === 'yes'
    }
    for (const { subject } of seeds.filter(({ subject }) => subject.startsWith('User'))) {
      const rights = listRights(writers.find((one) => one.subject === subject)?.rights ?? '')
      expect({ subject, may: await canI(subject, 'patch', ['deployments.apps/web']) }).toEqual({
        subject,
        may: rights.includes('patch deployments.apps'),
      })
      const scale = await canI(subject, 'patch', ['deployments.apps/web', '--subresource=scale'])
      expect({ subject, scale }).toEqual({ subject, scale: rights.includes('patch deployments.apps/scale') })
    }
  })

  test('who may act as somebody else, or give himself rights, is told apart', async () => {
    const { indirect } = findWriters(listGrants(await readRights()), objects, [])
    // f-in-namespace may bind as well, and has no right to make a binding.
    expect(indirect).toEqual(['User f-actor (impersonate users)', 'User f-binder (bind clusterroles)'])
    const users = { verb: 'impersonate', group: '', resource: 'users', subresource: '', name: 'f-ann' }
    expect(await mayDo(admin, toIdentity('User f-actor'), users, null)).toBe(true)
  })

  test('a deployer is told apart, by its user name', async () => {
    const deployer = `system:serviceaccount:${NAMESPACE}:all`
    const { writers } = findWriters(listGrants(await readRights()), objects, [deployer])
    expect(writers.filter(({ deploys }) => deploys).map(({ subject }) => subject)).toEqual([`ServiceAccount ${NAMESPACE}/all`])
    expect(writers.at(-1)?.deploys).toBe(true)
  })

  test('the change of rights takes from people what it says, gives nobody anything new, and leaves the deployer alone', async () => {
    const deployers = [`system:serviceaccount:${NAMESPACE}:all`, 'f-release-bot']
    const { writers } = findWriters(listGrants(await readRights()), objects, deployers)
    const shared = { release: 'app', namespace: NAMESPACE, declared: objects, deployers, deployersKnown: true }
    const narrowed = narrowRights({ ...shared, writers })
    const people = ['Group f-devs', 'User f-ann', 'User f-core', 'User f-viewer']
    const before = await Promise.all(people.map((one) => listAll(toIdentity(one))))
    const file = join(folder, 'rights.yaml')
    await writeFile(file, narrowed?.yaml ?? '')
    const steps = writeSteps({ ...shared, policyName: null, desired: [], narrowed })
    const keep = steps.find(({ command }) => command?.includes('rights-before.yaml'))?.command ?? ''
    const env = { PATH: `${dirname(await getKubectl())}:/bin:/usr/bin`, KUBECONFIG: kubeconfigs.admin }
    expect(await runProcess('/bin/sh', ['-c', keep], { cwd: folder, env })).toMatchObject({ code: 0, stderr: '' })
    await kubectl(kubeconfigs.admin, NAMESPACE, 'apply', '--filename', file)
    await sleep(1500)
    const after = await Promise.all(people.map((one) => listAll(toIdentity(one))))
    for (const [index, subject] of people.entries()) {
      expect({ subject, gained: after[index]?.filter((right) => !before[index]?.includes(right)) }).toEqual({ subject, gained: [] })
      expect({ subject, writes: (await askServer(toIdentity(subject))).filter((right) => !right.includes('clusterroles')) }).toEqual({
        subject,
        writes: [],
      })
    }
    expect(after[0]).toEqual(expect.arrayContaining(['get pods/log', 'delete pods', 'list deployments', 'watch events', 'get configmaps']))
    expect(before[0]).toContain('get secrets')
    expect(after[0]).not.toContain('get secrets')
    // Who only reads keeps what he had, to the letter.
    expect(after[3]).toEqual(before[3])
    expect((await askServer(toIdentity(`ServiceAccount ${NAMESPACE}/all`))).length).toBeGreaterThan(10)
    expect(await askServer(toIdentity('User f-release-bot'))).toContain('patch deployments.apps')
    const again = findWriters(listGrants(await readRights()), objects, deployers)
    expect(narrowRights({ ...shared, writers: again.writers })).toBe(null)
    await kubectl(kubeconfigs.admin, NAMESPACE, 'apply', '--filename', join(folder, 'rights-before.yaml'))
    await sleep(1500)
    expect(await askServer(toIdentity('Group f-devs'))).toContain('patch deployments.apps')
  })

  /** Everything that is asked of somebody, from reading logs to making tokens. */
  async function listAll(identity: Identity): Promise<readonly string[]> {
    const resources: readonly (readonly [group: string, resource: string])[] = [
      ...(['pods', 'pods/log', 'pods/exec', 'pods/eviction', 'pods/portforward', 'secrets', 'configmaps', 'events'] as const).map(
        (one) => ['', one] as const,
      ),
      ...(['deployments', 'deployments/scale', 'replicasets', 'controllerrevisions'] as const).map((one) => ['apps', one] as const),
      ...[['batch', 'jobs'] as const, ['autoscaling', 'horizontalpodautoscalers'] as const, ['', 'serviceaccounts/token'] as const],
    ]
    const all = resources.flatMap(([group, full]) => {
      const [resource = '', subresource = ''] = full.split('/')
      return ['get', 'list', 'watch', ...WRITES].map((verb) => ({
        text: `${verb} ${full}`,
        question: { verb, group, resource, subresource, name: '' },
      }))
    })
    const answers = await Promise.all(all.map(({ question }) => mayDo(admin, identity, question, NAMESPACE)))
    return all.filter((_, index) => answers[index]).map(({ text }) => text)
  }

  test('a credential that may not look says so, with the rule that it takes', async () => {
    const text = readFileSync(kubeconfigs.admin, 'utf8').replace(
      /( +)token: .*/,
      (line, indent: string) => `${line}\n${indent}as: f-viewer`,
    )
    const file = join(folder, 'viewer.yaml')
    await writeFile(file, text, { mode: 0o600 })
    const source = await openCluster({ type: 'default', path: file }, null, NAMESPACE, { onSecret: () => {}, env: {} })
    const rbac = await source.openTarget().readRbac(NAMESPACE)
    expect(rbac).toMatchObject({
      roles: null,
      roleBindings: null,
      clusterRoles: null,
      clusterRoleBindings: null,
      self: { user: 'f-viewer' },
    })
    expect(rbac?.absences.map(({ source: what }) => what)).toEqual(['Roles', 'RoleBindings', 'ClusterRoles', 'ClusterRoleBindings'])
    expect(rbac?.absences[1]?.remedy).toBe(
      'Add this rule to a Role in namespace f-rights of the credential:\n- apiGroups: ["rbac.authorization.k8s.io"]\n  resources: ["rolebindings"]\n  verbs: ["list"]',
    )
  })

  afterAll(async () => {
    const drop = (...what: readonly string[]) =>
      kubectl(kubeconfigs.admin, 'default', 'delete', ...what, '--ignore-not-found', '--wait=false')
    await drop('namespace', NAMESPACE)
    const names = seeds.map((_, index) => `f-seed-${index}`)
    await drop('clusterrolebinding', ...names)
    await drop('clusterrole', ...names, ...names.map((name) => `${name}-piece`))
  })
})
