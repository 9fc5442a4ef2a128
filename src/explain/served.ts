import type { Comparison, DeclaredDifference } from '../compare/comparison.ts'
import type { FindSchema } from '../compare/schema/schema.ts'
import type { ObjectRef, Path } from '../model.ts'

/** What the server of another Kubernetes minor than the tables' knows of a kind; nothing where its own schema was not read. */
export type FindServed = FindSchema

/**
 * Puts right what the tables of one Kubernetes minor say about a server of another: a declared field that this server does
 * not know was dropped and not removed; one that only the tables do not know may well have been removed.
 */
export function correctBySchema(comparison: Comparison, findServed: FindServed | undefined, ref: ObjectRef): Comparison {
  if (findServed === undefined || findServed(ref) === null) return comparison
  const serves = (path: Path) => hasPlace(findServed, ref, path)
  const isDropped = ({ change, path }: DeclaredDifference) => change === 'removed' && !serves(path)
  const [unknown, others] = [
    comparison.remarks.filter(({ kind }) => kind === 'unknown-field'),
    comparison.remarks.filter(({ kind }) => kind !== 'unknown-field'),
  ]
  return {
    ...comparison,
    declared: [
      ...comparison.declared.filter((difference) => !isDropped(difference)),
      ...unknown.flatMap(({ path, desired }) =>
        serves(path) && desired !== undefined
          ? [{ path, change: 'removed' as const, desired, live: undefined, unstable: null, holds: [], isField: true }]
          : [],
      ),
    ],
    remarks: [
      ...others,
      ...unknown.filter(({ path }) => !serves(path)),
      ...comparison.declared.filter(isDropped).map(({ path }) => ({ kind: 'unknown-field' as const, path })),
    ],
  }
}

/** Whether a schema has a place; what keeps unknown fields has any. */
function hasPlace(findServed: FindServed, ref: ObjectRef, path: Path): boolean {
  let schema = findServed(ref)
  for (const step of path) {
    if (schema === null || schema.type === 'any') return true
    const next = 'field' in step ? schema.field(step.field) : schema.items
    if (next === undefined) return schema.keepsUnknown
    schema = next
  }
  return true
}
