import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { descend, type Holds, holdRoot } from '../../src/compare/holds.ts'
import { getAt, setAt } from '../../src/compare/json.ts'
import { readManagedFields } from '../../src/compare/managed-fields.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { pathOf } from '../make-live.ts'
import { getKubectl } from '../tools/helm-and-kubectl.ts'

const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'a' }] } }
const selector = { matchLabels: { a: 'b' } }
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'it' }, spec: { selector, template } }
const statefulSet = { ...deployment, kind: 'StatefulSet', spec: { ...deployment.spec, serviceName: 'a' } }
const driver = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'it' }, spec: { attachRequired: true } }
const scaler = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'it' },
  spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'it' } },
}
const container = 'spec.template.spec.containers[name=a]'

/** Manifests, the field that is sent, and whether a v1.34 API server keeps it. */
const rows: readonly (readonly [JsonObject, string, Json, 'dropped' | 'kept'])[] = [
  [driver, 'spec.nodeAllocatableUpdatePeriodSeconds', 10, 'dropped'],
  [driver, 'spec.seLinuxMount', true, 'kept'],
  [statefulSet, 'spec.updateStrategy.rollingUpdate.maxUnavailable', 2, 'dropped'],
  [statefulSet, 'spec.updateStrategy.rollingUpdate.partition', 2, 'kept'],
  [scaler, 'spec.behavior.scaleUp.tolerance', '50m', 'dropped'],
  [scaler, 'spec.behavior.scaleDown.tolerance', '50m', 'dropped'],
  [scaler, 'spec.behavior.scaleUp.stabilizationWindowSeconds', 7, 'kept'],
  [deployment, 'spec.template.spec.hostnameOverride', 'a', 'dropped'],
  [deployment, 'spec.template.spec.hostname', 'a', 'kept'],
  [deployment, `${container}.restartPolicyRules`, [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }], 'dropped'],
]

describeOnCluster('what the API server does not keep stays on record, and what is removed does not', ({ kubeconfigs }) => {
  const namespace = 'dropped'
  const kubectl = async (...args: readonly string[]) =>
    (await promisify(execFile)(await getKubectl(), ['--kubeconfig', kubeconfigs.admin, '--namespace', namespace, ...args])).stdout
  const read = async (kind: string, name: string) =>
    JSON.parse(await kubectl('get', kind, name, '-o', 'json', '--show-managed-fields')) as JsonObject

  /** Whether the field is in the object, and whether its deployer is on record for it. */
  const look = (object: JsonObject, field: string) => {
    const path = pathOf(field)
    const holds = path.reduce<Holds>((at, step) => descend(at, step, false), holdRoot(readManagedFields(object)))
    return { isThere: getAt(object, path) !== undefined, isHeld: holds.some(({ entry }) => entry.manager === 'helm') }
  }

  beforeAll(() => kubectl('create', 'namespace', namespace))

  test.each([...rows.entries()])('%i', async (index, [manifest, field, value, fate]) => {
    const kind = String(manifest.kind)
    const name = `it-${index}`
    const file = join(await mkdtemp(join(tmpdir(), 'plumbline-dropped-')), 'it.json')
    await writeFile(file, JSON.stringify({ ...(setAt(manifest, pathOf(field), value) as JsonObject), metadata: { name } }))
    await kubectl('create', '--validate=false', '--field-manager=helm', '-f', file)
    expect(look(await read(kind, name), field)).toEqual({ isThere: fate === 'kept', isHeld: true })
    if (fate === 'dropped') return
    const pointer = `/${field.replace('containers[name=a]', 'containers/0').replaceAll('.', '/')}`
    await kubectl('patch', kind, name, '--type=json', '-p', JSON.stringify([{ op: 'remove', path: pointer }]))
    // A default may take the place of what is removed; that its deployer does not hold it any more is what counts.
    expect(look(await read(kind, name), field).isHeld).toBe(false)
  })

  afterAll(async () => {
    await kubectl('delete', 'csidriver', '--all', '--ignore-not-found', '--wait=false')
    await kubectl('delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
  })
})
