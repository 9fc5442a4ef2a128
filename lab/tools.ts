// The ways in which people send a change: each gives the kubectl command for the same writes.

import type { Json, JsonObject, Path } from '../src/model.ts'
import type { Act, Write } from './model.ts'
import { applyWrites, at, indexOf, isMap, look } from './places.ts'
import type { Random } from './random.ts'

/** A command to run, and the manager that the API server will record for it. */
export type Command = {
  readonly args: readonly string[]
  readonly stdin?: string
  readonly manager: string
  /** What an editor leaves behind, for `kubectl edit`, or the file that `--patch-file` names. */
  readonly file?: string
}

/** Stands for the path of that file in the arguments. */
export const FILE = 'FILE'

/** Other programs that people use: k9s, Lens (node-fetch), the dashboard, and a script with the Python client. */
const OTHER_PROGRAMS = ['k9s', 'node-fetch', 'Mozilla', 'OpenAPI-Generator']
/** Kubernetes' own limit for the annotation of client-side apply is 256 KiB. */
const LARGE = 100_000

/** Chooses a way to send the writes of an act to the object as it is live. */
export function chooseCommand({ target, proposal }: Act, live: JsonObject, random: Random): Command {
  if (proposal.tool !== undefined) return proposal.tool
  const { writes } = proposal
  const name = `${target.resource}/${target.ref.name}`
  const after = applyWrites(live, writes)
  const addsOnly = writes.every(({ value }) => value !== undefined)
  // After a client-side apply, kubectl takes its fields over into the next server-side one, and so away where it lacks them.
  const isApplied = look(live, at('metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration')) !== undefined
  const isSmall = JSON.stringify(live).length < LARGE
  const ways = [
    () => patch(name, 'json', toJsonPatch(live, writes), random),
    () => patch(name, 'merge', toMergePatch(live, after) ?? {}, random),
    // Its editor reads line by line, and a line has a limit.
    ...(isSmall ? [() => ({ args: ['edit', name, '-o', 'json'], manager: 'kubectl-edit', file: JSON.stringify(after) })] : []),
    () => ({ args: ['replace', '-f', '-'], stdin: JSON.stringify(after), manager: 'kubectl-replace' }),
    ...(addsOnly && !isApplied ? [() => applyOnServer(live, after, writes, random)] : []),
    ...(addsOnly && isSmall
      ? [() => ({ args: ['apply', '-f', '-'], stdin: JSON.stringify(strip(after)), manager: 'kubectl-client-side-apply' })]
      : []),
  ]
  return (random.pick(ways) ?? ways[0])?.() ?? patch(name, 'json', [], random)
}

function patch(name: string, type: string, body: Json, random: Random): Command {
  const manager = random.int(2) === 0 ? undefined : random.pick(OTHER_PROGRAMS)
  const args = ['patch', name, `--type=${type}`, `--patch-file=${FILE}`, ...(manager === undefined ? [] : [`--field-manager=${manager}`])]
  return { args, file: JSON.stringify(body), manager: manager ?? 'kubectl-patch' }
}

function applyOnServer(live: JsonObject, after: JsonObject, writes: readonly Write[], random: Random): Command {
  // An Apply takes away what its manager applied before and does not send again: everyone applies once.
  const manager = `ops-script-${random.int(1_000_000)}`
  const { apiVersion = '', kind = '', metadata } = live
  const { name = '', namespace } = isMap(metadata) ? metadata : {}
  const bare: JsonObject = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } }
  const args = ['apply', '--server-side', '--force-conflicts', `--field-manager=${manager}`, '-f', '-']
  // Who sends one key of an atomic map sends the whole map.
  const whole = writes.map(({ path, orAt, value }) => {
    const place = orAt?.at(-1)
    return place === undefined ? { path, value } : { path: place, value: look(after, place) }
  })
  return { args, stdin: JSON.stringify(applyWrites(bare, whole)), manager }
}

/** RFC 6902. What is missing on the way is added with the value. */
function toJsonPatch(live: JsonObject, writes: readonly Write[]): Json {
  let now: JsonObject = live
  return writes.map((write) => {
    const after = applyWrites(now, [write])
    const depth = write.value === undefined ? write.path.length : countExisting(now, write.path) + 1
    const place = write.path.slice(0, depth)
    const exists = look(now, place) !== undefined
    const path = toPointer(exists ? now : after, place, !exists)
    now = after
    if (write.value === undefined) return { op: 'remove', path }
    return { op: exists ? 'replace' : 'add', path, value: look(after, place) ?? null }
  })
}

function countExisting(object: JsonObject, path: Path): number {
  const missing = path.findIndex((_, index) => look(object, path.slice(0, index + 1)) === undefined)
  return missing < 0 ? path.length - 1 : missing
}

function toPointer(object: JsonObject, path: Path, isNew: boolean): string {
  return path
    .map((step, depth) => {
      if ('field' in step) return `/${step.field.replaceAll('~', '~0').replaceAll('/', '~1')}`
      return isNew && depth === path.length - 1 ? '/-' : `/${indexOf(look(object, path.slice(0, depth)), step)}`
    })
    .join('')
}

/** RFC 7386; undefined where nothing differs. */
function toMergePatch(before: Json | undefined, after: Json | undefined): Json | undefined {
  if (after === undefined) return null
  if (!isMap(before) || !isMap(after)) return JSON.stringify(before) === JSON.stringify(after) ? undefined : after
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changes = names.flatMap((name) => {
    const change = name in after ? toMergePatch(before[name], after[name]) : null
    return change === undefined ? [] : [[name, change] as const]
  })
  return changes.length === 0 ? undefined : Object.fromEntries(changes)
}

/** As a file would be kept: without what the server alone writes. */
function strip({ status: _, metadata, ...rest }: JsonObject): JsonObject {
  if (!isMap(metadata)) return rest
  const { managedFields, resourceVersion, uid, creationTimestamp, generation, ...kept } = metadata
  return { ...rest, metadata: kept }
}
