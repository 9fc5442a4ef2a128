import type { JsonObject, ObjectRef } from '../../src/model.ts'
import { explainFailure, type Hand, showCommand } from '../hand.ts'
import type { Record, Scene } from '../model.ts'

/** What can be made of nothing but a name, for each kind that is looked through when a release renders it. */
const BODIES: { readonly [kind: string]: JsonObject } = {
  ConfigMap: { data: { copied: 'from production' } },
  Secret: { stringData: { copied: 'from production' } },
  ServiceAccount: {},
  Service: { spec: { ports: [{ port: 6543 }] } },
  Role: { rules: [] },
}

/**
 * Someone makes an object by hand from a copy of the release's own, Helm's annotations and all. Only kinds that are read
 * as a whole are looked through: those of which the release has two or more (see How detection works, 9).
 */
export async function makeExtraObject({ released, release, namespace }: Scene, { hand }: { hand: Hand }): Promise<readonly Record[]> {
  const kinds = released.flatMap(({ ref }) => (ref.namespace === namespace ? ref.kind : []))
  const model = released.find(({ ref: { kind } }) => BODIES[kind] !== undefined && kinds.filter((other) => other === kind).length > 1)?.ref
  if (model === undefined) return []
  const object: ObjectRef = { apiVersion: model.apiVersion, kind: model.kind, namespace, name: 'lab-extra' }
  const metadata = {
    ...{ name: object.name, namespace, labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
    annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': namespace },
  }
  const command = {
    args: ['create', '-f', '-'],
    stdin: JSON.stringify({ ...BODIES[model.kind], apiVersion: object.apiVersion, kind: object.kind, metadata }),
  }
  const outcome = await hand.kubectl(command)
  const notApplied = outcome.code === 0 ? null : `refused: ${explainFailure(outcome)}`
  const expected: Record['expected'] = [{ accept: [''], manager: 'kubectl-create', below: 'nothing' }]
  return [{ kind: 'extra-object', object, command: showCommand(command), expected, tolerated: [], notApplied }]
}
