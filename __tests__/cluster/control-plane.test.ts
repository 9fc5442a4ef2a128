import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { getHelm, getKubectl } from '../tools/helm-and-kubectl.ts'
import { callApi } from './api.ts'
import { readAuditEntries } from './audit.ts'
import { startControlPlane } from './control-plane.ts'
import { type Access, readAccess } from './kubeconfigs.ts'
import { describeOnCluster } from './on-cluster.ts'
import { isAlive } from './running.ts'

const run = promisify(execFile)

interface Deployment {
  readonly metadata: { readonly managedFields: readonly { manager: string; operation: string; subresource?: string }[] }
  readonly spec: { readonly replicas: number }
  readonly status: { readonly readyReplicas?: number }
}

describeOnCluster('control plane', ({ kubeconfigs, users, auditLog }) => {
  const namespace = 'control-plane-test'
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`
  let kubectl: string
  let reader: Access
  let charts: string

  const runAs = (kubeconfig: string, program: string, ...args: string[]) =>
    run(program, [...args, '--namespace', namespace], { env: { KUBECONFIG: kubeconfig, HOME: charts, PATH: process.env.PATH } })
  const readDeployment = async () => (await callApi(reader, 'GET', path)).body as Deployment

  beforeAll(async () => {
    kubectl = await getKubectl()
    reader = await readAccess(kubeconfigs.reader)
    charts = await mkdtemp(join(tmpdir(), 'plumbline-charts-'))
    await runAs(kubeconfigs.human, kubectl, 'create', 'namespace', namespace)
    await runAs(kubeconfigs.human, kubectl, 'create', 'deployment', 'web', '--image=nginx', '--replicas=2')
  })

  afterAll(async () => {
    await runAs(kubeconfigs.admin, kubectl, 'delete', 'namespace', namespace, '--wait=false')
    await rm(charts, { recursive: true, force: true })
  })

  it('makes a Deployment ready, and its controllers leave their marks', async () => {
    await vi.waitFor(async () => expect((await readDeployment()).status.readyReplicas).toBe(2), { timeout: 20_000, interval: 200 })
    const managers = (await readDeployment()).metadata.managedFields.map(({ manager, operation, subresource = '' }) => [
      manager,
      operation,
      subresource,
    ])
    expect(managers).toContainEqual(['kubectl-create', 'Update', ''])
    expect(managers).toContainEqual(['kube-controller-manager', 'Update', 'status'])
  })

  it('lets the reader get and list, Secrets included, and refuses everything else', async () => {
    expect((await callApi(reader, 'GET', path)).status).toBe(200)
    expect((await callApi(reader, 'GET', `/api/v1/namespaces/${namespace}/secrets`)).status).toBe(200)
    expect((await callApi(reader, 'POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {})).status).toBe(403)
    expect((await callApi(reader, 'GET', `/apis/apps/v1/namespaces/${namespace}/deployments?watch=true`)).status).toBe(403)
    await expect(runAs(kubeconfigs.reader, kubectl, 'scale', 'deployment/web', '--replicas=5')).rejects.toThrow(
      /cannot patch resource "deployments\/scale"/,
    )
  })

  it('writes down what the reader asked for', async () => {
    const entries = await readAuditEntries(auditLog, users.reader)
    const here = entries
      .filter((entry) => entry.namespace === namespace)
      .map(({ verb, resource, subresource, code }) => ({ verb, resource, subresource, code }))
    expect(here).toContainEqual({ verb: 'get', resource: 'deployments', subresource: '', code: 200 })
    expect(here).toContainEqual({ verb: 'list', resource: 'secrets', subresource: '', code: 200 })
    expect(here).toContainEqual({ verb: 'watch', resource: 'deployments', subresource: '', code: 403 })
    expect(here).toContainEqual({ verb: 'patch', resource: 'deployments', subresource: 'scale', code: 403 })
  })

  it('has an autoscaler that enforces minReplicas through the scale subresource', async () => {
    await runAs(kubeconfigs.human, kubectl, 'autoscale', 'deployment/web', '--min=4', '--max=6', '--cpu=50%')
    await vi.waitFor(async () => expect((await readDeployment()).spec.replicas).toBe(4), { timeout: 20_000, interval: 200 })
    const marks = (await readDeployment()).metadata.managedFields
    expect(marks).toContainEqual(expect.objectContaining({ manager: 'kube-controller-manager', operation: 'Update', subresource: 'scale' }))
  })

  it.each([3, 4] as const)('takes a chart from helm %i and waits for it', async (major) => {
    const helm = await getHelm(major)
    const chart = await writeChart(join(charts, `helm-${major}`))
    await runAs(kubeconfigs.admin, helm, 'install', `release-${major}`, chart, '--wait', '--timeout', '20s')
    const { body } = await callApi(reader, 'GET', `/apis/apps/v1/namespaces/${namespace}/deployments/release-${major}`)
    const deployment = body as Deployment
    expect(deployment.status.readyReplicas).toBe(3)
    const operation = major === 3 ? 'Update' : 'Apply'
    expect(deployment.metadata.managedFields).toContainEqual(expect.objectContaining({ manager: 'helm', operation }))
  })

  it('is gone without a trace after stop, and stops while others run', async () => {
    const second = await startControlPlane()
    expect(second.processes.map(({ name }) => name)).toEqual([
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      'kwok',
    ])
    expect(second.processes.every(({ pid }) => isAlive(pid))).toBe(true)
    await second.stop()
    expect(second.processes.filter(({ pid }) => isAlive(pid))).toEqual([])
    expect(existsSync(dirname(second.auditLog))).toBe(false)
    expect((await callApi(reader, 'GET', path)).status).toBe(200)
  }, 60_000)
})

async function writeChart(folder: string): Promise<string> {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: 3
  selector:
    matchLabels: {app: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app: {{ .Release.Name }}}
    spec:
      containers: [{name: web, image: nginx}]
`
  await mkdir(join(folder, 'templates'), { recursive: true })
  await writeFile(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n')
  await writeFile(join(folder, 'templates', 'deployment.yaml'), deployment)
  return folder
}
