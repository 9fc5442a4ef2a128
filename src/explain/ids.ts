import { createHash, createHmac } from 'node:crypto'
import type { Evidence, Finding, Json, ObjectRef, Path } from '../model.ts'
import { formatPath } from '../path.ts'

/** The live value as it takes part in an id. A secret one does only under a key that nobody else has. */
export type Witness = { readonly value: Json | undefined; readonly secret: boolean }

/**
 * The id of a finding, stable from run to run: target, object, path and live value. Where the value is secret, the
 * writer and the write time stand in for it, so that nothing about the value can be guessed from the id; with a key, an
 * HMAC of the value does, which tells two values apart that one tool wrote, and gives nothing away without the key. Object
 * and path take part, so that equal secrets in two places have nothing in common.
 *
 * @param key the input `fingerprint-key`; null without one
 * @returns 16 hexadecimal digits
 */
export function identifyFinding(target: string, ref: ObjectRef, path: Path, live: Witness, evidence: Evidence, key: string | null): string {
  const place = [target, [ref.apiVersion, ref.kind, ref.namespace, ref.name], formatPath(path)]
  const witness = live.secret && key === null ? [evidence.manager, evidence.operation, evidence.time] : stringify(live.value)
  const text = JSON.stringify([...place, witness])
  const digest = live.secret && key !== null ? createHmac('sha256', `plumbline finding ${key}`) : createHash('sha256')
  return digest.update(text).digest('hex').slice(0, 16)
}

/** Whether a finding's id is made from its writer and the write time, as that of a secret value is without a key. */
export function isIdOfWriter(
  target: string,
  { id, object, path, evidence }: Pick<Finding, 'id' | 'object' | 'path' | 'evidence'>,
): boolean {
  return id === identifyFinding(target, object, path, { value: undefined, secret: true }, evidence, null)
}

/** Keys are sorted, since the order in which an API server sends them means nothing. */
function stringify(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_, child) => {
    if (typeof child === 'bigint') return child.toString()
    if (child === null || typeof child !== 'object' || Array.isArray(child)) return child
    return Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  })
}
