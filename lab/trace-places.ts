// Changes of values whose effect is known by rendering them, to ask for the key without telling it.

import { isComposite, isSame } from '../src/compare/json.ts'
import type { KeepRender, KeepTools } from '../src/keep/keep-tools.ts'
import { formatValuesKey, type Key, listKeys } from '../src/keep/keys.ts'
import { applyOperations, type Operation, toOverride } from '../src/keep/operations.ts'
import type { Json, JsonObject } from '../src/model.ts'
import type { Random } from './random.ts'

/** What a person might have put into the values, and what comes of it. */
export type Mutation = { readonly sort: string; readonly key: Key; readonly operations: readonly Operation[]; readonly render: KeepRender }

/** Names under which charts take lists and maps of anything, with something to put in. */
const ADDITIONS: readonly (readonly [name: RegExp, value: Json])[] = [
  [/env(?:ironment)?(?:vars?)?$/i, { name: 'LAB_DEBUG', value: 'true' }],
  [/args$|flags$/i, '--lab-debug'],
  [/tolerations$/i, { key: 'lab', operator: 'Exists' }],
  [/volumes$/i, { name: 'lab', emptyDir: {} }],
  [/volumeMounts$/i, { name: 'lab', mountPath: '/lab' }],
  [/annotations$|labels$|selector$|config$|data$/i, null],
]

/** A changed value of the same kind as a key's own; null where nobody would change it, or nothing fits. */
export function mutate(key: Key, value: Json | undefined, random: Random): { readonly sort: string; readonly operation: Operation } | null {
  const name = String(key.at(-1))
  if (typeof value === 'number') return { sort: 'number', operation: { op: 'set', key, value: value + 1 + random.int(5) } }
  if (typeof value === 'boolean') return { sort: 'boolean', operation: { op: 'set', key, value: !value } }
  if (typeof value === 'string' && value !== '') {
    const changed = changeText(value, random)
    return changed === null ? null : { sort: value.includes('\n') ? 'text' : 'string', operation: { op: 'set', key, value: changed } }
  }
  const fits = ADDITIONS.find(([pattern]) => pattern.test(name))
  if (fits === undefined || typeof value !== 'object' || value === null) return null
  const [, item] = fits
  if (Array.isArray(value)) return item === null ? null : { sort: 'list element', operation: { op: 'append', key, value: item } }
  if (item === null) return { sort: 'map entry', operation: { op: 'set', key: [...key, 'lab.example/by-hand'], value: 'yes please' } }
  return name.toLowerCase().includes('env')
    ? { sort: 'map entry', operation: { op: 'set', key: [...key, 'LAB_DEBUG'], value: 'on' } }
    : null
}

function changeText(value: string, random: Random): string | null {
  if (/^\d+(?:\.\d+)?(?:m|[kKMGT]i?|ms|s|h|d)$/.test(value))
    return value.replace(/^\d+/, (digits) => String(Number(digits) + 1 + random.int(9)))
  if (/^v?\d+\.\d+\.\d+/.test(value)) return value.replace(/\d+(?=[^\d]*$)/, (digits) => String(Number(digits) + 1 + random.int(9)))
  if (value.includes('\n')) {
    const lines = value.split('\n')
    const places = lines.flatMap((line, index) => (/^[\w "'.:=/-]+$/.test(line) && line.trim().length > 3 ? [index] : []))
    const place = random.pick(places)
    return place === undefined ? null : lines.with(place, `${lines[place]}x`).join('\n')
  }
  if (/\{\{/.test(value)) return null
  return `${value}${random.pick(['x', '-b', '2'])}`
}

/** Mutations that change at least one object and make none come or go, at random by the seed. */
export async function* findMutations(tools: KeepTools, values: JsonObject, random: Random, tries: number): AsyncGenerator<Mutation> {
  const keys = listKeys(values).filter(({ value }) => !isComposite(value ?? null) || (value !== undefined && isComposite(value)))
  // Big lists and maps have most keys, and are no more than one thing to a person.
  const order = random.shuffle(keys, ({ key }) => 1 / key.length ** 2)
  let left = tries
  for (const { key, value } of order) {
    if (left <= 0) return
    const mutation = mutate(key, value, random)
    if (mutation === null) continue
    left--
    const operations = [mutation.operation]
    const trial = { override: toOverride(values, operations) }
    const [render, again] = [await tools.render(trial, true), await tools.render(trial, true)]
    if ('failure' in render || 'failure' in again || !isSteady(tools, render, again)) continue
    yield { sort: mutation.sort, key, operations, render }
  }
}

/** What a few charts make of some values is another thing each time: nothing can be wanted of them. */
function isSteady({ base: [first, second] }: KeepTools, render: KeepRender, again: KeepRender): boolean {
  return [...render].every(([id, { object }]) => {
    const isWild = !isSame(first.get(id)?.object, second.get(id)?.object)
    return isWild || isSame(object, again.get(id)?.object)
  })
}

/** For a line of the report. */
export function describeKey({ key }: Mutation): string {
  return formatValuesKey(key)
}

/** What an edit makes of the values, for comparing edits by their effect. */
export function editValues(values: JsonObject, operations: readonly Operation[]): JsonObject {
  return applyOperations(values, operations)
}
