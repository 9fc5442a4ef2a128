import type { JsonObject, Live, ObjectRef } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { toList, toObject, toText } from '../shapes.ts'

/** What an object is, from itself. */
export function refOfObject(object: JsonObject): ObjectRef {
  const metadata = toObject(object.metadata)
  return {
    apiVersion: toText(object.apiVersion) ?? '',
    kind: toText(object.kind) ?? '',
    namespace: toText(metadata.namespace),
    name: toText(metadata.name) ?? '',
  }
}

/**
 * Picks the objects that belong to a release and are not rendered any more: Helm marks what it creates with two annotations
 * (https://helm.sh/docs/topics/charts_hooks/ - hooks are not marked). What a controller made is its owner's affair.
 * @param known rendered objects, compared or set aside
 */
export function findExtra(objects: readonly JsonObject[], known: readonly ObjectRef[], release: string, namespace: string): Live['extra'] {
  const keys = new Set(known.map(keyOfRef))
  const found = new Map<string, Live['extra'][number]>()
  for (const object of objects) {
    const metadata = toObject(object.metadata)
    const annotations = toObject(metadata.annotations)
    if (annotations['meta.helm.sh/release-name'] !== release || annotations['meta.helm.sh/release-namespace'] !== namespace) continue
    if (toList(metadata.ownerReferences).some((owner) => toObject(owner).controller === true)) continue
    const ref = refOfObject(object)
    const key = keyOfRef(ref)
    if (!keys.has(key) && !found.has(key)) found.set(key, { ref, object })
  }
  return [...found.values()]
}
