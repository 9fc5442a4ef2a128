import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { readAccess, writeKubeconfig } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runPlumbline, runProcess } from '../run/command.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { makeDefinition, writeGapChart } from './gap-chart.ts'
import { kubectl } from './story.ts'

type Rule = { readonly resources: readonly string[]; readonly resourceNames?: readonly string[]; readonly verbs: readonly string[] }
type Part = {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly rules?: readonly Rule[]
}

describeOnCluster('the least rights of a reader, as `plumbline rbac` prints them', ({ kubeconfigs }) => {
  const namespace = 'f-reader'
  let files: Awaited<ReturnType<typeof writeGapChart>>
  let where: readonly string[]
  let reader: string
  let parts: readonly Part[]

  const parse = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Part)
  async function apply(name: string, content: string) {
    await writeFile(join(files.folder, name), content)
    await kubectl(kubeconfigs.admin, namespace, 'apply', '--filename', join(files.folder, name))
  }
  async function check() {
    const { code, stdout, stderr } = await runPlumbline(['check', ...where, '--kubeconfig', reader, '--output', 'json'], {
      cwd: files.folder,
    })
    return { code, stderr, target: JSON.parse(stdout).targets[0] }
  }
  /** The API server learns of a changed Role a moment later. */
  async function checkUntil(code: number) {
    let last = await check()
    for (let tries = 0; tries < 5 && last.code !== code; tries++) {
      await sleep(500)
      last = await check()
    }
    return last
  }

  beforeAll(async () => {
    files = await writeGapChart('f-reader.example.com')
    where = ['--chart', files.chart, '--release', 'app', '--namespace', namespace, '--values', files.values]
    await kubectl(kubeconfigs.admin, 'default', 'create', 'namespace', namespace)
    await apply('definition.yaml', makeDefinition('f-reader.example.com'))
    await kubectl(kubeconfigs.admin, 'default', 'wait', '--for=condition=Established', 'crd/widgets.f-reader.example.com')
    const args = [
      'upgrade',
      '--install',
      'app',
      files.chart,
      '--values',
      files.values,
      '--kubeconfig',
      kubeconfigs.admin,
      '--namespace',
      namespace,
    ]
    const env = { PATH: dirname(await getHelm(4)), HOME: files.folder }
    expect(await runProcess(await getHelm(4), args, { cwd: files.folder, env })).toMatchObject({ code: 0 })
  })

  test('it is made of what the chart renders: Secrets and cluster-wide objects by name, and nothing that writes', async () => {
    const { code, stdout, stderr } = await runPlumbline(['rbac', ...where, '--kubeconfig', kubeconfigs.reader], { cwd: files.folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    parts = parse(stdout)
    expect(parts.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'])
    const rules = parts.flatMap((part) => part.rules ?? [])
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['namespaces'], resourceNames: [namespace], verbs: ['get'] },
      { apiGroups: [''], resources: ['configmaps', 'services'], verbs: ['get', 'list'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] },
      { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['get', 'list'] },
      { apiGroups: ['f-reader.example.com'], resources: ['widgets'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['token'], verbs: ['get'] },
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], resourceNames: [`${namespace}-watch`], verbs: ['get'] },
    ])
    await apply('reader.yaml', stdout)
    const token = (await kubectl(kubeconfigs.admin, namespace, 'create', 'token', 'plumbline-app')).trim()
    reader = join(files.folder, 'reader.kubeconfig')
    await writeKubeconfig(reader, 'plumbline-app', { ...(await readAccess(kubeconfigs.admin)), token })
  })

  test('with it a check is complete', async () => {
    const { code, target } = await checkUntil(0)
    expect({ code, verdict: target.verdict, complete: target.complete, unread: target.unread }).toEqual({
      ...{ code: 0, verdict: 'in-sync', complete: true, unread: [] },
    })
    expect(target.counts).toMatchObject({ objects: 9, compared: 9 })
  })

  test('without any one of its rules it is not, but for the one that tells an absent namespace', async () => {
    for (const part of parts.filter(({ rules }) => rules !== undefined)) {
      for (const rule of part.rules ?? []) {
        if (rule.resources.includes('namespaces')) continue
        await apply('less.json', JSON.stringify({ ...part, rules: part.rules?.filter((one) => one !== rule) }))
        const { code, target } = await checkUntil(3)
        expect({ rule, code, complete: target.complete }).toEqual({ rule, code: 3, complete: false })
      }
      await apply('all.json', JSON.stringify(part))
    }
    expect((await checkUntil(0)).code).toBe(0)
  }, 400_000)

  test('a version in place of a cluster gives the same, but for kinds that only the cluster knows', async () => {
    const { code, stdout } = await runPlumbline(['rbac', ...where, '--kube-version', '1.34'], { cwd: files.folder })
    expect(code).toBe(0)
    expect(stdout).toContain('# TO DO: rules for Widget (f-reader.example.com/v1) are missing')
    const withoutWidgets = parts.map((part) => ({
      ...part,
      ...(part.rules && { rules: part.rules.filter(({ resources }) => !resources.includes('widgets')) }),
    }))
    expect(parse(stdout)).toEqual(withoutWidgets)
  })

  test('with --optional it is a server’s to take, and adds what a report looks at around drift', async () => {
    const { stdout } = await runPlumbline(['rbac', ...where, '--kubeconfig', kubeconfigs.reader, '--optional'], { cwd: files.folder })
    await apply('optional.yaml', stdout)
    const added = parse(stdout).filter(({ metadata }) => metadata.name.includes('around'))
    const resources = added.flatMap(({ rules = [] }) => rules.flatMap((rule) => rule.resources))
    // Other tests of the run may have installed these kinds meanwhile.
    const elsewhere = ['applications', 'helmreleases', 'scaledobjects']
    expect(resources.filter((resource) => !elsewhere.includes(resource))).toEqual([
      'events',
      'pods',
      'replicasets',
      'horizontalpodautoscalers',
      'rolebindings',
      'roles',
      'clusterrolebindings',
      'clusterroles',
    ])
    expect(stdout).not.toMatch(/verbs: .*(create|update|patch|delete|\*)/)
  })

  afterAll(async () => {
    const drop = (...what: readonly string[]) =>
      kubectl(kubeconfigs.admin, 'default', 'delete', ...what, '--ignore-not-found', '--wait=false')
    await drop('namespace', namespace)
    const names = [`plumbline-app-${namespace}`, `plumbline-app-around-${namespace}`]
    await drop('clusterrolebinding', ...names)
    await drop('clusterrole', ...names, `${namespace}-watch`)
    await drop('crd', 'widgets.f-reader.example.com')
  })
})
