import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findProcessGap } from '../../src/explain/gap/process-gap.ts'
import type { ProcessGap, Target } from '../../src/model.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runProcess } from '../run/command.ts'
import { getHelm, getKubectl } from '../tools/helm-and-kubectl.ts'
import { makeDefinition, writeGapChart } from './gap-chart.ts'
import { judgeRelease } from './gap-input.ts'
import { kubectl } from './story.ts'

const DEPLOYER = 'ci-f'
const BREAK_GLASS = 'f-break-glass'
/** An operator that is no part of Kubernetes and no deployer. */
const OPERATOR = 'system:serviceaccount:default:f-operator'
const REFUSED = /belongs to release app: only its deployers change it\. Change deploy\/values-prod\.yaml or deploy\/app in Git and deploy\./

/** What people do to what the chart declares, each a command that changes something. */
const EDITS: readonly (readonly string[])[] = [
  ['scale', 'deployment/web', '--replicas=5'],
  ['scale', 'widgets.f-policy.example.com/gear', '--replicas=4'],
  ['set', 'env', 'deployment/web', 'VERBOSE=true'],
  ['set', 'image', 'deployment/web', 'web=nginx:hotfix'],
  ['patch', 'deployment/auto', '--type=merge', '--patch={"spec":{"paused":true}}'],
  ['label', 'deployment/web', 'touched=yes'],
  ['annotate', 'service/web', 'touched=yes'],
  ['patch', 'configmap/config', '--type=merge', '--patch={"data":{"level":"debug"}}'],
  ['patch', 'configmap/config', '--type=merge', '--patch={"immutable":true}'],
  ['patch', 'service/web', '--type=json', '--patch=[{"op":"replace","path":"/spec/selector/app","value":"other"}]'],
  ['patch', 'widget/gear', '--type=merge', '--patch={"spec":{"color":"red"}}'],
  ['patch', 'hpa/auto', '--type=merge', '--patch={"spec":{"maxReplicas":9}}'],
  ['delete', 'configmap/config', '--wait=false'],
  ['delete', 'deployment/web', '--wait=false'],
  ['delete', 'widget/gear', '--wait=false'],
  ['create', 'configmap', 'later', '--from-literal=a=mine'],
]

describeOnCluster('the policy that is offered for drift, on a real control plane', ({ kubeconfigs, auditLog }) => {
  let files: Awaited<ReturnType<typeof writeGapChart>>
  let path: string
  const namespaces = { 3: 'f-policy-helm3', 4: 'f-policy-helm4' } as const

  /** Runs a program as somebody and gives all that it said; nothing is thrown. */
  async function run(program: string, args: readonly string[]) {
    const { code, stdout, stderr } = await runProcess(program, args, { cwd: files.folder, env: { PATH: path, HOME: files.folder } })
    return { code, said: stdout + stderr }
  }
  const as = async (who: readonly string[], namespace: string, ...args: readonly string[]) =>
    run(await getKubectl(), ['--kubeconfig', kubeconfigs.human, '--namespace', namespace, ...who, ...args])
  const asJane = (namespace: string, ...args: readonly string[]) => as([], namespace, ...args)
  const inEmergency = ['--as=jane', `--as-group=${BREAK_GLASS}`, '--as-group=system:masters']
  const asOperator = [`--as=${OPERATOR}`, '--as-group=system:masters']

  async function deploy(major: 3 | 4, namespace: string, ...more: readonly string[]) {
    const where = ['--kubeconfig', kubeconfigs.admin, '--namespace', namespace, '--create-namespace']
    const result = await run(await getHelm(major), [
      'upgrade',
      '--install',
      'app',
      files.chart,
      ...where,
      '--kube-as-user',
      DEPLOYER,
      ...more,
    ])
    return result
  }
  /** A command of the steps, as a shell runs it for an administrator. */
  const inShell = (command: string) =>
    runProcess('/bin/sh', ['-c', command], { cwd: files.folder, env: { PATH: `${path}:/bin:/usr/bin`, KUBECONFIG: kubeconfigs.human } })

  async function until(what: string, isTrue: () => Promise<boolean>) {
    for (let tries = 0; tries < 120; tries++) {
      if (await isTrue()) return
      await sleep(250)
    }
    throw new Error(`${what}: not within 30 s`)
  }

  beforeAll(async () => {
    files = await writeGapChart('f-policy.example.com')
    path = dirname(await getKubectl())
    const definition = join(files.folder, 'definition.yaml')
    await writeFile(definition, makeDefinition('f-policy.example.com'))
    await kubectl(kubeconfigs.admin, 'default', 'apply', '--filename', definition)
    await kubectl(kubeconfigs.admin, 'default', 'wait', '--for=condition=Established', 'crd/widgets.f-policy.example.com')
    await kubectl(kubeconfigs.admin, 'default', 'create', 'clusterrolebinding', 'f-ci', '--clusterrole=cluster-admin', `--user=${DEPLOYER}`)
  })

  describe.each([3, 4] as const)('deployed by Helm %i', (major) => {
    const namespace = namespaces[major]
    let gap: ProcessGap

    const commandOf = (text: RegExp) => gap.steps.find((step) => text.test(step.text))?.command ?? ''
    const getResource = (...what: readonly string[]) => kubectl(kubeconfigs.admin, namespace, 'get', ...what)

    test('it is written for what drifted, and a server takes it without a complaint', async () => {
      expect(await deploy(major, namespace)).toMatchObject({ code: 0 })
      await kubectl(kubeconfigs.human, namespace, 'set', 'env', 'deployment/web', 'DEBUG=true')
      const source = { type: 'chart', chart: files.chart, values: [files.values], set: [], deployTimeValues: [] } as const
      const target: Target = {
        ...{ name: 'app', release: 'app', namespace, source, context: null },
        ...{ persistRuns: 2, persistMinutes: 0, extraKinds: [] },
      }
      const { input, rbac } = await judgeRelease(kubeconfigs.reader, target, files.folder)
      const settings = { deployerUsers: [DEPLOYER], breakGlassGroup: BREAK_GLASS, workspace: files.folder }
      gap = findProcessGap(input, rbac, settings)
      expect(input.findings.filter(({ drift }) => drift).length).toBeGreaterThan(0)
      expect(findProcessGap(input, rbac, settings)).toEqual(gap)
      await writeFile(join(files.folder, 'policy.yaml'), gap.policy ?? '')
      const applied = await inShell(commandOf(/^Save the policy/))
      expect(applied).toMatchObject({ code: 0, stderr: '' })
      const name = `plumbline-${namespace}-app`
      const isChecked = async () =>
        (await getResource('validatingadmissionpolicy', name, '--output=jsonpath={.status.typeChecking}')) !== ''
      await until('the policy is checked', isChecked)
      expect(await getResource('validatingadmissionpolicy', name, '--output=jsonpath={.status.typeChecking}')).toBe('{}')
    })

    test('at first a person is warned of everything, and gets through', async () => {
      const tried = commandOf(/^Try a change as a person/)
      await until('the policy warns', async () => REFUSED.test((await inShell(tried)).stderr))
      for (const edit of EDITS) {
        const { code, said } = await asJane(namespace, ...edit, '--dry-run=server')
        expect({ edit, code, isWarned: /^Warning: .*belongs to release app/m.test(said) }).toEqual({ edit, code: 0, isWarned: true })
      }
      const lines = (await readFile(auditLog, 'utf8')).split('\n').filter((line) => line.includes(`"namespace":"${namespace}"`))
      const recorded = lines.filter((line) => line.includes('validation.policy.admission.k8s.io/validation_failure'))
      expect(recorded.length).toBeGreaterThanOrEqual(EDITS.length)
      expect(recorded.every((line) => JSON.parse(line).user.username === 'jane@example.com')).toBe(true)
    })

    test('then each change by hand is refused, with where to make it', async () => {
      expect(await inShell(commandOf(/^Then refuse/))).toMatchObject({ code: 0 })
      await until(
        'the policy refuses',
        async () => (await asJane(namespace, 'label', 'deployment/web', 'a=b', '--dry-run=server')).code !== 0,
      )
      for (const edit of EDITS) {
        const { code, said } = await asJane(namespace, ...edit)
        expect({ edit, code, said }).toEqual({ edit, code: 1, said: expect.stringMatching(REFUSED) })
        expect(said).toContain(`In an emergency, act as a member of ${BREAK_GLASS}.`)
      }
      const applied = join(files.folder, 'applied.yaml')
      await writeFile(applied, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata: {level: trace}\n')
      expect((await asJane(namespace, 'apply', '--server-side', '--force-conflicts', '--filename', applied)).said).toMatch(REFUSED)
      expect((await asJane(namespace, 'replace', '--filename', applied)).said).toMatch(REFUSED)
      expect((await asJane(namespace, 'label', 'clusterrole', `${namespace}-watch`, 'touched=yes')).said).toMatch(REFUSED)
      // All at once, which no rule by resourceNames would have held back.
      const all = `/api/v1/namespaces/${namespace}/configmaps`
      expect((await asJane(namespace, 'delete', '--raw', all)).code).not.toBe(0)
      expect(await getResource('configmap/config', '--output=jsonpath={.data.level}')).toBe('info')
      expect(await getResource('deployment/web', '--output=jsonpath={.spec.replicas}')).toBe('2')
    })

    test('no account of the namespace and no administrator is an exception, but for an emergency', async () => {
      const edit = ['label', 'service/web', 'emergency=yes', '--dry-run=server']
      const pod = [`--as=system:serviceaccount:${namespace}:default`, '--as-group=system:masters']
      expect((await as(pod, namespace, ...edit)).said).toMatch(REFUSED)
      expect((await run(await getKubectl(), ['--kubeconfig', kubeconfigs.admin, '--namespace', namespace, ...edit])).said).toMatch(REFUSED)
      for (const one of EDITS) {
        const { code, said } = await as(inEmergency, namespace, ...one, '--dry-run=server')
        expect({ one, code, said }).toEqual({ one, code: 0, said: expect.not.stringContaining('belongs to') })
      }
    })

    test('what the chart does not declare is nobody’s business here', async () => {
      const free: readonly (readonly string[])[] = [
        ['create', 'configmap', 'mine', '--from-literal=a=b'],
        ['label', 'configmap/mine', 'a=b'],
        ['create', 'deployment', 'other', '--image=nginx'],
        ['scale', 'deployment/other', '--replicas=3'],
        ['set', 'env', 'deployment/other', 'DEBUG=true'],
        // A name that the chart has for another kind.
        ['create', 'configmap', 'web', '--from-literal=a=b'],
        ['delete', 'configmap/web'],
        ['delete', 'deployment/other'],
        ['rollout', 'restart', 'deployment/web'],
        ['delete', 'pod', '--selector=app=web', '--wait=false'],
        ['create', 'token', 'default'],
      ]
      for (const one of free) {
        const { code, said } = await asJane(namespace, ...one)
        expect({ one, code, said }).toEqual({ one, code: 0, said: expect.not.stringContaining('belongs to') })
      }
      expect(await asJane('default', 'create', 'configmap', 'config', '--from-literal=a=b')).toMatchObject({ code: 0 })
      expect(await asJane('default', 'delete', 'configmap', 'config')).toMatchObject({ code: 0 })
      // A restart is no cover for another change.
      const both = { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now', more: 'yes' } } } } }
      expect((await asJane(namespace, 'patch', 'deployment/web', `--patch=${JSON.stringify(both)}`)).said).toMatch(REFUSED)
    })

    test('an operator keeps its finalizers and its status', async () => {
      const status = ['patch', 'widget/gear', '--subresource=status', '--type=merge', '--patch={"status":{"phase":"Ready"}}']
      const add = ['patch', 'widget/gear', '--type=merge', '--patch={"metadata":{"finalizers":["f-policy.example.com/f"]}}']
      const take = ['patch', 'widget/gear', '--type=merge', '--patch={"metadata":{"finalizers":null}}']
      for (const one of [status, add, take]) expect(await as(asOperator, namespace, ...one)).toMatchObject({ code: 0 })
      const edit = ['patch', 'widget/gear', '--type=merge', '--patch={"spec":{"size":7}}']
      expect((await as(asOperator, namespace, ...edit)).said).toMatch(REFUSED)
    })

    test('the deployer deploys: changes, a new object, and the release of what was made by hand', async () => {
      const { code, said } = await deploy(major, namespace, '--values', files.values, '--set', 'tag=2,minimum=4', '--wait', '--timeout=90s')
      expect({ code, said }).toEqual({ code: 0, said: expect.not.stringContaining('belongs to') })
      expect(await getResource('deployment/web', '--output=jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx:2')
      expect(await getResource('configmap/later', '--output=jsonpath={.data.a}')).toBe('b')
      expect((await asJane(namespace, 'delete', 'configmap/later')).said).toMatch(REFUSED)
    })

    test('Kubernetes itself goes on: autoscaler, rollout, garbage collection', async () => {
      const replicas = async () => getResource('deployment/auto', '--output=jsonpath={.spec.replicas}')
      await until('the autoscaler scales to its new minimum', async () => (await replicas()) === '4')
      const rolledOut = await kubectl(kubeconfigs.admin, namespace, 'rollout', 'status', 'deployment/auto', '--timeout=60s')
      expect(rolledOut).toContain('successfully rolled out')
      const revision = '--output=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}'
      expect(Number(await getResource('deployment/web', revision))).toBeGreaterThan(1)
      // The deployer deletes with a cascade in the background; the collector takes what is left.
      const deployer = [`--as=${DEPLOYER}`]
      expect(await as(deployer, namespace, 'delete', 'deployment/web')).toMatchObject({ code: 0 })
      await until('the pods are collected', async () => (await getResource('pods', '--selector=app=web', '--output=name')) === '')
    })

    test('a namespace goes with all that is in it, and the policy goes as it came', async () => {
      expect((await asJane(namespace, 'delete', 'configmap/config')).code).toBe(1)
      expect(await asJane('default', 'delete', 'namespace', namespace, '--wait=false')).toMatchObject({ code: 0 })
      await until('the namespace is gone', async () => (await asJane('default', 'get', 'namespace', namespace)).code !== 0)
      expect((await asJane('default', 'delete', 'clusterrole', `${namespace}-watch`)).said).toMatch(REFUSED)
      expect(await inShell(commandOf(/^To undo it/))).toMatchObject({ code: 0 })
      await until('it refuses no more', async () => (await asJane('default', 'delete', 'clusterrole', `${namespace}-watch`)).code === 0)
    })
  })

  afterAll(async () => {
    const drop = (...what: readonly string[]) =>
      kubectl(kubeconfigs.admin, 'default', 'delete', ...what, '--ignore-not-found', '--wait=false')
    const policies = Object.values(namespaces).map((namespace) => `plumbline-${namespace}-app`)
    await drop('validatingadmissionpolicybinding,validatingadmissionpolicy', ...policies)
    await drop('namespace', ...Object.values(namespaces))
    await drop('clusterrolebinding', 'f-ci')
    await drop('crd', 'widgets.f-policy.example.com')
  })
})
