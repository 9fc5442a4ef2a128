import type { FieldsEntry } from '../../compare/managed-fields.ts'
import type { ObjectRef, Path, PathStep, Scalar } from '../../model.ts'
import { groupOf } from '../../refs.ts'
import type { Conflict } from './model.ts'

/**
 * The API server's message about all conflicts of one object, with what Helm 4 puts before it: measured with Helm 4.1 on
 * Kubernetes 1.34. Managers are in the order of their identifiers, as the server sorts them.
 */
export function formatRefusedObject({ namespace, name, apiVersion, kind }: ObjectRef, conflicts: readonly Conflict[]): string {
  const version = apiVersion.slice(groupOf(apiVersion) === '' ? 0 : groupOf(apiVersion).length + 1)
  const what = `${namespace ?? ''}/${name} ${groupOf(apiVersion)}/${version}, Kind=${kind}`
  const count = conflicts.length === 1 ? '1 conflict' : `${conflicts.length} conflicts`
  return `conflict occurred while applying object ${what}: Apply failed with ${count}: ${formatConflicts(conflicts, conflicts.length)}`
}

/**
 * Those lines of the message that are about some of an object's conflicts, word by word.
 *
 * @param total how many conflicts the object has: of several, the message is written in another form
 */
export function formatConflicts(conflicts: readonly Conflict[], total: number): string {
  const [first] = conflicts
  if (total === 1 && first !== undefined) return `conflict with ${formatManager(first.entry)}: ${formatFieldPath(first.path)}`
  const byManager = Map.groupBy(conflicts, ({ entry }) => identify(entry))
  return [...byManager]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, those]) => [
      `conflicts with ${those[0] === undefined ? '' : formatManager(those[0].entry)}:`,
      ...those.map(({ path }) => `- ${formatFieldPath(path)}`),
    ])
    .join('\n')
}

/** By these texts the API server tells managers apart and sorts them. */
function identify({ manager, operation, apiVersion, subresource }: FieldsEntry): string {
  return JSON.stringify({ manager, operation, apiVersion, ...(subresource === null ? {} : { subresource }) })
}

function formatManager({ manager, operation, apiVersion, subresource }: FieldsEntry): string {
  const through = subresource === null ? '' : ` with subresource ${JSON.stringify(subresource)}`
  return `${JSON.stringify(manager)}${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`
}

/** A path as structured-merge-diff prints it: `.spec.containers[name="web"].args[0]`. */
export function formatFieldPath(path: Path): string {
  return path.map(formatStep).join('')
}

function formatStep(step: PathStep): string {
  if ('field' in step) return `.${step.field}`
  if ('index' in step) return `[${step.index}]`
  if ('value' in step) return `[=${formatScalar(step.value)}]`
  const pairs = Object.entries(step.key).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `[${pairs.map(([name, value]) => `${name}=${formatScalar(value)}`).join(',')}]`
}

function formatScalar(value: Scalar): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
