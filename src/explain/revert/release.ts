import { readManagedFields } from '../../compare/managed-fields.ts'
import type { JsonObject, ObjectRef, RevertChoice } from '../../model.ts'
import { isDeployer } from '../actors.ts'
import type { DecisionInput } from '../decision-input.ts'
import type { Op } from './json-patch.ts'
import { writeJson } from './json-text.ts'
import { flag, kubectl, nameObject, type Place } from './kubectl.ts'

/** The name under which our patches are recorded, so that their entry can be told from every other, and holds nothing else. */
export const REVERT_MANAGER = 'plumbline-revert'

/** An entry of `managedFields` as a whole. */
type Entry = { readonly manager: string; readonly subresource: 'scale' | null }

/** `kubectl scale` cannot be given another name; an entry of this subresource holds the replicas and nothing else. */
const SCALE: Entry = { manager: 'kubectl', subresource: 'scale' }

/**
 * Takes out of `managedFields` what the patches of a way back left there. The API server has no way to search a list in a
 * patch, and the order of the entries changes with every status: so the places are looked up first, by a template, and
 * tested in the patch. An entry that is emptied is dropped. Measured on Kubernetes 1.34: no writer can set a field back
 * without becoming its owner, `--field-manager=helm` included, which an Apply by helm conflicts with all the same.
 */
export function releasePatch(ref: ObjectRef, place: Place): NonNullable<RevertChoice['release']> {
  return write(ref, place, { manager: REVERT_MANAGER, subresource: null }, { op: 'test', path: '/kind', value: ref.kind })
}

/** The same for replicas that `kubectl scale` wrote; it refuses when they have been scaled again. */
export function releaseScale(ref: ObjectRef, place: Place, replicas: number): NonNullable<RevertChoice['release']> {
  return write(ref, place, SCALE, { op: 'test', path: '/spec/replicas', value: replicas })
}

function write(ref: ObjectRef, place: Place, { manager, subresource }: Entry, first: Op): NonNullable<RevertChoice['release']> {
  const at = '/metadata/managedFields/{{$i}}'
  const ops = [`{"op":"test","path":"${at}/manager","value":"${manager}"}`, `{"op":"replace","path":"${at}/fieldsV1","value":{}}`]
  const isIt =
    subresource === null ? `eq $e.manager "${manager}"` : `and (eq $e.manager "${manager}") (eq (print $e.subresource) "${subresource}")`
  const template = `[${writeJson(first as never)}{{range $i, $e := .metadata.managedFields}}{{if ${isIt}}},${ops.join(',')}{{end}}{{end}}]`
  const name = nameObject(ref, place.info)
  const get = kubectl(place, ref.namespace, 'get', name, flag('output', `go-template=${template}`))
  const patch = kubectl(place, ref.namespace, 'patch', name, '--type=json', '--patch-file=/dev/stdin')
  return {
    command: `${get} | ${patch}`,
    reason: `To be run after the first command: else ${manager} stays recorded as the owner of the field, and a later deploy that changes it fails.`,
  }
}

/** Whether the next deploy applies on the server, where another owner of a field is a conflict. */
export function isServerSide(live: JsonObject, { delivery, rules }: Pick<DecisionInput, 'delivery' | 'rules'>): boolean {
  if (delivery.startsWith('helm-')) return delivery === 'helm-server-side'
  return readManagedFields(live).some(({ manager, operation }) => operation === 'Apply' && isDeployer(manager, rules))
}
