import { isTooDeep, MAX_DEPTH } from '../compare/depth.ts'
import { isObject } from '../compare/json.ts'
import type { ClusterInfo, Fault, Json, JsonObject, Note, ObjectRef, SetAside } from '../model.ts'
import type { ParsedDocument } from './parse-yaml.ts'

/** One rendered object. `template` is Helm's `# Source:`. */
export type RenderedObject = { readonly ref: ObjectRef; readonly object: JsonObject; readonly template: string | null }
/** What one render (or one set of manifests) gave. `objects` has one entry per `nameObject`. */
export type Collected = {
  readonly objects: ReadonlyMap<string, RenderedObject>
  readonly setAside: readonly SetAside[]
  /** Those of them that are hooks. */
  readonly hooks: readonly { readonly ref: ObjectRef; readonly object: JsonObject }[]
  readonly notes: readonly Note[]
  readonly faults: readonly Fault[]
}
export type Place = { readonly document: ParsedDocument; readonly where: string }

/**
 * Turns parsed documents into objects with their identity. Hooks, tests and objects with a generated name are set
 * aside; of two objects with one identity the last counts, as for Helm and kubectl, and a note says so.
 * @param places the documents and the name of what they come from
 * @param namespace the release's, for namespaced objects that name none
 * @param cluster tells which kinds are cluster-scoped; of unknown kinds, the object's own namespace decides
 */
export function collectObjects(places: readonly Place[], namespace: string, cluster: ClusterInfo): Collected {
  const objects = new Map<string, RenderedObject>()
  const setAside: SetAside[] = []
  const hooks: { readonly ref: ObjectRef; readonly object: JsonObject }[] = []
  const notes: Note[] = []
  const faults: Fault[] = []
  const scopes = scopesOf(cluster)
  for (const { document, where } of places) {
    const read = readObject(document.value, namespace, scopes)
    if ('fault' in read) {
      faults.push(tellFault(read.fault, document, where))
      continue
    }
    const { ref, object } = read
    const reason = findReason(object)
    const id = nameObject(ref)
    if (reason !== null) setAside.push({ object: ref, reason })
    else if (objects.has(id)) notes.push(tellDuplicate(ref, objects.get(id)?.template ?? null, document))
    if (reason === 'hook') hooks.push({ ref, object })
    if (reason === null) objects.set(id, { ref, object, template: document.sourceComment })
  }
  return { objects, setAside, hooks, notes, faults }
}

/** Whether a kind has a namespace, by `apiVersion kind`. */
export function scopesOf(cluster: ClusterInfo): ReadonlyMap<string, boolean> {
  return new Map(cluster.resources.map(({ apiVersion, kind, namespaced }) => [`${apiVersion} ${kind}`, namespaced]))
}

/**
 * The reference of an object, from what it says itself.
 * @param namespace the release's, for one that names none
 * @returns null when it has no apiVersion, kind or name
 */
export function refOf({ apiVersion, kind, metadata }: JsonObject, namespace: string, namespaced: boolean): ObjectRef | null {
  const { name, namespace: own } = isObject(metadata) ? metadata : {}
  if (!isText(apiVersion) || !isText(kind) || !isText(name)) return null
  return { apiVersion, kind, namespace: namespaced ? (isText(own) ? own : namespace) : null, name }
}

/** An object's identity as one text. */
export function nameObject({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([apiVersion, kind, namespace, name])
}

type Read = { readonly ref: ObjectRef; readonly object: JsonObject } | { readonly fault: string }

function readObject(value: Json, namespace: string, scopes: ReadonlyMap<string, boolean>): Read {
  if (!isObject(value)) return { fault: 'This is no Kubernetes object, but a list or a single value.' }
  const { apiVersion, kind, metadata } = value
  const missing = [!isText(apiVersion) && 'apiVersion', !isText(kind) && 'kind'].filter((name) => name !== false)
  if (!isText(apiVersion) || !isText(kind)) return { fault: `This object has no ${missing.join(' and no ')}.` }
  if (isTooDeep(value)) return { fault: `This ${kind} nests more than ${MAX_DEPTH} levels deep, which is not compared.` }
  const { name, generateName, namespace: own } = isObject(metadata) ? metadata : {}
  const title = isText(name) ? name : isText(generateName) ? generateName : null
  if (title === null) return { fault: `This ${kind} has no metadata.name, or one that is not text.` }
  const namespaced = scopes.get(`${apiVersion} ${kind}`) ?? true
  const ref = { apiVersion, kind, namespace: namespaced ? (isText(own) ? own : namespace) : null, name: title }
  return { ref, object: value }
}

/** Why an object is not compared. https://helm.sh/docs/topics/charts_hooks/ */
function findReason(object: JsonObject): SetAside['reason'] | null {
  const metadata = isObject(object.metadata) ? object.metadata : {}
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {}
  const hook = annotations['helm.sh/hook']
  if (isText(hook)) return hook.split(',').every((event) => event.trim().startsWith('test')) ? 'test' : 'hook'
  return isText(metadata.name) ? null : 'generated-name'
}

function tellDuplicate(ref: ObjectRef, earlier: string | null, document: ParsedDocument): Note {
  const sources = [earlier, document.sourceComment].filter((source) => source !== null)
  const from = sources.length === 0 ? '' : ` (${[...new Set(sources)].join(', ')})`
  return { kind: 'duplicate-object', object: ref, message: `${ref.kind}/${ref.name} is rendered twice${from}; the last one counts.` }
}

function tellFault(message: string, document: ParsedDocument, where: string): Fault {
  const from = document.sourceComment === null ? '' : ` It comes from ${document.sourceComment}.`
  const remedy = 'Every object needs apiVersion, kind and metadata.name (or generateName).'
  return { message: `${message}${from}`, where: `${where}:${document.line}`, remedy }
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}
