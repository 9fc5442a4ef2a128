import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { findHelm } from '../../src/chart/find-helm.ts'
import { renderTarget } from '../../src/chart/render.ts'
import { openCluster } from '../../src/cluster/source.ts'
import type { DecisionInput } from '../../src/explain/decision-input.ts'
import { explainTarget } from '../../src/explain/explain.ts'
import type { RbacRead } from '../../src/explain/gap/rbac-read.ts'
import type { Target } from '../../src/model.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'

/** What the pipeline knows of a release once its differences are judged, and of the rights in its namespace. */
export type Judged = { readonly input: DecisionInput; readonly rbac: RbacRead | null; readonly lists: number }

/**
 * Goes the way of `run` up to where helps to decide are made: renders, reads and judges with the given credential.
 *
 * @param kubeconfig of the reader
 */
export async function judgeRelease(kubeconfig: string, target: Target, workspace: string): Promise<Judged> {
  const text = readFileSync(kubeconfig, 'utf8')
  const source = await openCluster({ type: 'inline', text }, null, target.namespace, { onSecret: () => {}, env: {} })
  const reads = source.openTarget()
  const helm = await findHelm({ version: null, checksum: null, env: { PATH: dirname(await getHelm(4)) } })
  const desired = await renderTarget(target, source.info, { helm, workspace, dependencies: 'never' })
  const { release, namespace, extraKinds } = target
  const live = await reads.read(
    desired.objects.map(({ ref }) => ref),
    { release, namespace, extraKinds },
  )
  const { findSchema } = await reads.readSchemas([])
  const rules = { deployers: [], controllers: [] }
  const common = { target, desired: desired.objects, live, rules, findSchema }
  const { findings, sides, delivery } = explainTarget({ ...common, history: null, isSecret: () => false })
  const before = reads.requests().list
  const rbac = await reads.readRbac(namespace)
  const input = {
    ...common,
    findings,
    sides,
    delivery,
    info: source.info,
    record: null,
    isSecret: () => false,
    now: '2026-11-23T15:00:00Z',
  }
  return { input, rbac, lists: reads.requests().list - before }
}
