import type * as z from 'zod'
import { nameObject, refOf } from '../chart/collect-objects.ts'
import { parseJson } from '../cluster/json.ts'
import { isTooDeep, MAX_DEPTH } from '../compare/depth.ts'
import type { Desired, DesiredObject, Json, ObjectRef } from '../model.ts'
import { checkJsonText } from './check-json-text.ts'
import { type Handover, type KnownTarget, MOST_BYTES, MOST_OBJECTS } from './model.ts'
import { MOST, refuseHandover, show, showSize } from './refuse-handover.ts'
import { fromWritten, handoverSchema } from './schema.ts'

/**
 * Reads a handover as data: JSON and nothing else, within bounds, of a known shape, and about targets that are known.
 *
 * Of an object's reference only whether it has a namespace is taken from the text, until `settleHandover` knows the cluster.
 *
 * @param text the file, from a job that anyone who opens a pull request may change
 * @param known the targets of the configuration, read from trusted code
 * @throws UserError with the reason
 */
export function parseHandover(text: string, known: readonly KnownTarget[]): Handover {
  const bytes = Buffer.byteLength(text)
  if (bytes > MOST_BYTES) throw refuseHandover(`It has ${showSize(bytes)}; at most ${MOST} are read.`)
  checkJsonText(text)
  const parsed = handoverSchema.safeParse(parse(text))
  if (!parsed.success) throw tellIssue(parsed.error)
  const handover = fromWritten(parsed.data)
  const total = handover.targets.reduce((sum, { head }) => sum + (head?.objects.length ?? 0), 0)
  if (total > MOST_OBJECTS) throw refuseHandover(`It has ${total} objects; at most ${MOST_OBJECTS} are read.`)
  const namespaces = new Map(known.map(({ name, namespace }) => [name, namespace]))
  const names = new Set<string>()
  const targets = handover.targets.map(({ name, head }) => {
    const namespace = namespaces.get(name)
    if (namespace === undefined) {
      const remedy = 'Both workflows have to read the same configuration: that of the base branch.'
      throw refuseHandover(`It has the target ${show(name)}, which the configuration does not know.`, remedy)
    }
    if (names.has(name)) throw refuseHandover(`It has the target ${show(name)} twice.`)
    names.add(name)
    return { name, head: head === null ? null : checkDesired(head, namespace) }
  })
  return { ...handover, targets }
}

function parse(text: string): Json {
  try {
    return parseJson(text)
  } catch {
    // The parser's own message quotes the text.
    throw refuseHandover('It is not JSON. Nothing else is read, YAML least of all.')
  }
}

/** The first thing that is not as it is written. Texts within are hostile, names of unknown fields among them. */
function tellIssue(error: z.ZodError): Error {
  const [issue] = error.issues
  const at = issue?.path.map(String).join('.') ?? ''
  return refuseHandover(`It is not as Plumbline writes it${at === '' ? '' : `, at ${show(at)}`}: ${show(issue?.message ?? 'unknown')}.`)
}

function checkDesired(desired: Desired, namespace: string): Desired {
  const objects = desired.objects.map((one) => ({ ...one, ref: checkRef(one, namespace) }))
  refuseTwice(objects)
  return { ...desired, objects }
}

/** The reference as the object itself gives it. */
function checkRef({ ref, object }: DesiredObject, namespace: string): ObjectRef {
  const shown = show(`${ref.kind}/${ref.name}`)
  if (isTooDeep(object)) throw refuseHandover(`${shown} nests more than ${MAX_DEPTH} levels deep, which is not compared.`)
  const own = refOf(object, namespace, ref.namespace !== null)
  if (own === null) throw refuseHandover(`${shown} has no apiVersion, kind or metadata.name of its own.`)
  if (nameObject(own) !== nameObject(ref))
    throw refuseHandover(`${shown} is said to be another object than it is, ${show(`${own.kind}/${own.name}`)}.`)
  return own
}

/** @throws UserError when two objects of one target have the same identity */
export function refuseTwice(objects: readonly DesiredObject[]): void {
  const seen = new Set<string>()
  const twice = objects.find(({ ref }) => seen.size === seen.add(nameObject(ref)).size)?.ref
  if (twice !== undefined) throw refuseHandover(`It has ${show(`${twice.kind}/${twice.name}`)} twice in one target.`)
}
