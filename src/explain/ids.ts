import { createHash } from 'node:crypto'
import type { Evidence, Json, ObjectRef, Path } from '../model.ts'
import { formatPath } from '../path.ts'

/**
 * The id of a finding, stable from run to run: target, object, path and live value. Where the value is secret, the
 * writer and the write time stand in for it, so that nothing about the value can be guessed from the id.
 *
 * @param live the live value, or `secret` when it must not take part
 * @returns 16 hexadecimal digits
 */
export function identifyFinding(
  target: string,
  ref: ObjectRef,
  path: Path,
  live: { readonly value: Json | undefined } | 'secret',
  evidence: Evidence,
): string {
  const witness = live === 'secret' ? [evidence.manager, evidence.operation, evidence.time] : stringify(live.value)
  const object = [ref.apiVersion, ref.kind, ref.namespace, ref.name]
  return createHash('sha256')
    .update(JSON.stringify([target, object, formatPath(path), witness]))
    .digest('hex')
    .slice(0, 16)
}

/** Keys are sorted, since the order in which an API server sends them means nothing. */
function stringify(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_, child) => {
    if (typeof child === 'bigint') return child.toString()
    if (child === null || typeof child !== 'object' || Array.isArray(child)) return child
    return Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}
