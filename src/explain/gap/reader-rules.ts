import type { ApiResource } from '../../model.ts'
import { groupOf } from '../../refs.ts'

/** A rule of a Role that lets a reader read. */
export type ReaderRule = {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly verbs: readonly string[]
}
/** An object that is read, or (`name` null) all of a kind; `namespace` is null for what belongs to none. */
export type Wanted = { readonly resource: ApiResource; readonly namespace: string | null; readonly name: string | null }

/** Kinds with the same rights stand in one rule; what is granted by name has a rule of its own. */
export function writeReaderRules(wanted: readonly Wanted[]): readonly ReaderRule[] {
  const byName = ({ resource, namespace, name }: Wanted) =>
    name !== null && (namespace === null || (resource.kind === 'Secret' && resource.apiVersion === 'v1'))
  const named = Map.groupBy(wanted.filter(byName), ({ resource }) => `${groupOf(resource.apiVersion)}/${resource.resource}`)
  const listed = Map.groupBy(
    wanted.filter((one) => !byName(one)),
    ({ resource }) => groupOf(resource.apiVersion),
  )
  const sort = (texts: readonly string[]) => [...new Set(texts)].toSorted()
  return [
    ...[...listed]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, kinds]) => ({
        apiGroups: [group],
        resources: sort(kinds.map(({ resource }) => resource.resource)),
        verbs: ['get', 'list'],
      })),
    ...[...named]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, kinds]) => ({
        apiGroups: sort(kinds.map(({ resource }) => groupOf(resource.apiVersion))),
        resources: sort(kinds.map(({ resource }) => resource.resource)),
        resourceNames: sort(kinds.flatMap(({ name }) => name ?? [])),
        verbs: ['get'],
      })),
  ]
}
