import { parseAllDocuments } from 'yaml'
import type { Json, JsonObject, ObjectRef } from '../src/model.ts'
import type { Kube } from './kube.ts'
import type { Released } from './model.ts'
import { isMap } from './places.ts'
import { keyOf } from './refs.ts'

/** Such a document takes long to read, and would only be looked at for an edit or two. */
const HUGE = 400_000

/** The objects in the manifests of a release, each as it is sent; hooks are not part of a release. */
export function parseReleased(
  { manifest, crds }: { readonly manifest: string; readonly crds: string },
  namespace: string,
  kube: Kube,
): readonly Declared[] {
  const named = [
    ...parseDocuments(crds).map((object) => ({ object, fromCrds: true })),
    ...parseDocuments(manifest).map((object) => ({ object, fromCrds: false })),
  ].flatMap(({ object, fromCrds }) => {
    const ref = nameObject(object, namespace, kube)
    return ref === null ? [] : [[keyOf(ref), { ref, declared: foldStrings(object), fromCrds }] as const]
  })
  return [...new Map(named).values()]
}

type Declared = Pick<Released, 'ref' | 'declared' | 'fromCrds'>

/** Every object in YAML text, as Helm reads it. */
export function parseDocuments(text: string): readonly JsonObject[] {
  const documents = text.split(/^---.*$/m).filter((part) => part.length < HUGE && /^\s*[^#\s]/m.test(part))
  return documents.flatMap((part) =>
    parseAllDocuments(part, { version: '1.1', uniqueKeys: false, merge: true, logLevel: 'silent' }).flatMap((document) =>
      flatten(document.toJS() as Json),
    ),
  )
}

/** Those objects with what is live; what is not there (an expired Job, say) is left out. */
export async function readReleased(objects: readonly Declared[], kube: Kube): Promise<readonly Released[]> {
  const read = await Promise.all(
    objects.map(async ({ ref, declared, fromCrds }) => {
      const live = await kube.get(ref)
      const [group = ''] = ref.apiVersion.includes('/') ? ref.apiVersion.split('/') : []
      const plural = kube.serves(ref.apiVersion, ref.kind)?.resource ?? ''
      const version = ref.apiVersion.split('/').at(-1)
      return live === null ? [] : [{ ref, declared, fromCrds, live, resource: group === '' ? plural : `${plural}.${version}.${group}` }]
    }),
  )
  return read.flat()
}

function flatten(value: Json): readonly JsonObject[] {
  if (!isMap(value)) return []
  const { kind, items } = value
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? (items as readonly Json[]).flatMap(flatten) : [value]
}

/** How an object is addressed; null for what is not served. `release` is the namespace of what names none. */
export function nameObject({ apiVersion, kind, metadata }: JsonObject, release: string, kube: Kube): ObjectRef | null {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isMap(metadata) || typeof metadata.name !== 'string') return null
  const served = kube.serves(apiVersion, kind)
  if (served === undefined) return null
  const own = typeof metadata.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : release
  return { apiVersion, kind, namespace: served.namespaced ? own : null, name: metadata.name }
}

/** What is kept of `stringData` is `data`; and null says the same as nothing. */
function foldStrings(object: JsonObject): JsonObject {
  const { stringData, ...rest } = dropNulls(object) as JsonObject
  return isMap(stringData) && object.kind === 'Secret'
    ? { ...rest, data: { ...(isMap(rest.data) ? rest.data : {}), ...stringData } }
    : { ...rest, ...(stringData === undefined ? {} : { stringData }) }
}

function dropNulls(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(dropNulls)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, child]) => (child === null ? [] : [[name, dropNulls(child)]])))
}
