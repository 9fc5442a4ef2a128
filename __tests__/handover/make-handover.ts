import { UserError } from '../../src/errors.ts'
import type { Handover, KnownTarget } from '../../src/handover/model.ts'
import type { DesiredObject, JsonObject } from '../../src/model.ts'

export const KNOWN: readonly KnownTarget[] = [
  { name: 'shop', namespace: 'prod' },
  { name: 'blog', namespace: 'web' },
]
export const HEAD = 'b'.repeat(40)

export function makeObject(object: JsonObject, more: Partial<DesiredObject> = {}): DesiredObject {
  const { name, namespace = 'prod' } = object.metadata as { readonly name: string; readonly namespace?: string }
  const ref = { apiVersion: String(object.apiVersion), kind: String(object.kind), namespace, name }
  return { ref, object, template: 'shop/templates/a.yaml', fromCrds: false, unstable: [], ...more }
}

export function makeConfigMap(name: string, data: JsonObject = {}): DesiredObject {
  return makeObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })
}

export function makeHandover(objects: readonly DesiredObject[] = [makeConfigMap('a', { a: '1' })], more: Partial<Handover> = {}): Handover {
  return {
    pullRequest: { number: 7, head: HEAD, base: 'a'.repeat(40) },
    kubeVersion: 'v1.34.4',
    targets: [{ name: 'shop', head: { objects, setAside: [], notes: [] } }],
    ...more,
  }
}

/** The fault with which it is refused, as a person reads it. */
export async function catchRefusal(refused: () => unknown): Promise<string> {
  try {
    await refused()
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  throw new Error('It was not refused.')
}
