import type { Json } from '../../model.ts'
import { getOwn } from '../json.ts'
import kubernetes from './kubernetes.json' with { type: 'json' }
import type { FindSchema, Schema } from './schema.ts'
import { readSpelling } from './spelling.ts'

/** A spelling, with the default where there is one. */
type Field = string | readonly [spelling: string, value: Json]
/** The struct of a kind, with the defaults that hold in this kind only, by pattern. */
type Kind = string | readonly [struct: string, defaults: { readonly [pattern: string]: Json }]
type Table = {
  readonly kubernetes: string
  readonly kinds: { readonly [kind: string]: Kind }
  readonly structs: { readonly [name: string]: { readonly [field: string]: Field } }
}
/** The defaults of one kind only, from one place in it downwards. */
type Overlay = { readonly default: Json | undefined; readonly below: { readonly [step: string]: Overlay } }

const table = kubernetes as unknown as Table

/** The version of Kubernetes that the table was generated from, such as `v1.34.4`. */
export const TABLE_VERSION = table.kubernetes

const roots = new Map<string, Schema>()
const shared = new Map<string, Schema>()

/**
 * Finds the schema of a built-in kind in the generated table; null for every other kind, and for versions that servers of
 * the table's minor do not serve. Gives the same object each time it is asked.
 */
export const findBuiltInSchema: FindSchema = (kind) => {
  const name = `${kind.apiVersion}/${kind.kind}`
  const known = roots.get(name)
  if (known !== undefined) return known
  const entry = getOwn(table.kinds, name)
  if (entry === undefined) return null
  const [struct, defaults] = typeof entry === 'string' ? [entry, {}] : entry
  const schema = makeSchema(`*${struct}`, undefined, layOver(defaults))
  roots.set(name, schema)
  return schema
}

/** Where no kind differs, one object stands for all places of the same spelling and default. */
function findSchema([spelling, value]: readonly [string, Json?], overlay: Overlay | undefined): Schema {
  if (overlay !== undefined) return makeSchema(spelling, value, overlay)
  const key = value === undefined ? spelling : `${spelling} ${JSON.stringify(value)}`
  const known = shared.get(key) ?? makeSchema(spelling, value, undefined)
  shared.set(key, known)
  return known
}

function makeSchema(spelling: string, value: Json | undefined, overlay: Overlay | undefined): Schema {
  const { type, format, list, atomic, pointer, struct, inner } = readSpelling(spelling)
  const fields = (struct === null ? undefined : getOwn(table.structs, struct)) ?? {}
  const children = new Map<string, Schema | undefined>()
  const remember = (step: string, make: () => Schema | undefined) => {
    if (!children.has(step)) children.set(step, make())
    return children.get(step)
  }
  // What a list or a map holds is there or not: Go keeps an empty value in them.
  const makeInner = (step: string) => (inner === null ? undefined : findSchema([`*${inner.replace(/^\*/, '')}`], overlay?.below[step]))
  return {
    type,
    format,
    list,
    atomic,
    emptyIsAbsent: !pointer,
    keepsUnknown: type === 'map' || type === 'any',
    default: overlay?.default ?? value,
    field: (name) => {
      if (type === 'map') return remember('*', () => makeInner('*'))
      const field = getOwn(fields, name)
      return field === undefined ? undefined : remember(name, () => findSchema(toPair(field), getOwn(overlay?.below ?? {}, name)))
    },
    fieldNames: Object.keys(fields),
    get items() {
      return type === 'list' ? remember('[]', () => makeInner('[]')) : undefined
    },
  }
}

/** Turns `{'a.b[].c': 1}` into a tree; `[]` is any element of a list, `*` any value of a map. */
function layOver(defaults: { readonly [pattern: string]: Json }): Overlay | undefined {
  type Draft = { default: Json | undefined; below: { [step: string]: Draft } }
  const root: Draft = { default: undefined, below: {} }
  for (const [pattern, value] of Object.entries(defaults)) {
    let place = root
    for (const step of pattern.replaceAll('[]', '.[]').split('.')) {
      const next: Draft = getOwn(place.below, step) ?? { default: undefined, below: {} }
      place.below[step] = next
      place = next
    }
    place.default = value
  }
  return Object.keys(root.below).length === 0 ? undefined : root
}

function toPair(field: Field): readonly [string, Json?] {
  return typeof field === 'string' ? [field] : field
}
