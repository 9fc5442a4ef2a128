import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isGated } from '../../src/compare/gated.ts'
import { getAt, setAt } from '../../src/compare/json.ts'
import { toKindName, toPattern } from '../../src/compare/pattern.ts'
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

describeOnCluster('fields behind features that are switched off', ({ kubeconfigs }) => {
  test.each(rows)('%# %s', async (manifest, field, value, fate) => {
    const path = pathOf(field)
    const file = join(await mkdtemp(join(tmpdir(), 'plumbline-gated-')), 'it.json')
    await writeFile(file, JSON.stringify(setAt(manifest, path, value)))
    const args = ['--kubeconfig', kubeconfigs.admin, 'create', '--validate=false', '--dry-run=server', '-o', 'json', '-f', file]
    const answer = await promisify(execFile)(await getKubectl(), args)
    const stored = JSON.parse(answer.stdout) as JsonObject
    expect(getAt(stored, path) === undefined ? 'dropped' : 'kept').toBe(fate)
    expect(isGated(toKindName(manifest as { apiVersion: string; kind: string }), toPattern(path))).toBe(fate === 'dropped')
  })
})
