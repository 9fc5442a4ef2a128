import type { Json, JsonObject, Path } from '../../src/model.ts'
import { type EditKind, edit, listUnique, writeOne } from '../edits/kind.ts'
import { TEMPLATED } from '../edits/pods.ts'
import type { Released, Write } from '../model.ts'
import { at, isMap, look } from '../places.ts'
import type { Random } from '../random.ts'

/** What people do in Git beside what they do by hand: take out, spell otherwise, say aloud what is the default. */
export const gitEdits: readonly EditKind[] = [
  onDeclared('take-out', ({ declared }, random) => {
    const place = random.pick(listPlaces(declared).filter(({ path }) => path.length > 2))
    return place === undefined ? null : writeOne(place.path, undefined)
  }),
  onDeclared('take-out-map', ({ declared }, random) => {
    const place = random.pick(listPlaces(declared).filter(({ path, value }) => path.length > 1 && isMap(value)))
    return place === undefined ? null : writeOne(place.path, undefined)
  }),
  onDeclared('change', ({ declared }, random) => {
    const place = random.pick(listPlaces(declared).filter(({ path, value }) => path.length > 1 && varyValue(value) !== undefined))
    return place === undefined ? null : writeOne(place.path, varyValue(place.value))
  }),
  onDeclared('spell-otherwise', ({ declared }, random) => {
    const places = listPlaces(declared).flatMap(({ path, value }) => {
      const text = typeof value === 'string' ? respell(value) : null
      return text === null ? [] : [{ path, text }]
    })
    const place = random.pick(places)
    return place === undefined ? null : writeOne(place.path, place.text)
  }),
  onDeclared('say-aloud', ({ declared, live }, random) => {
    const places = listPlaces(live).filter(
      ({ path, value }) =>
        path.length > 1 && !isMap(value) && look(declared, path) === undefined && look(declared, path.slice(0, -1)) !== undefined,
    )
    const place = random.pick(places)
    return place === undefined ? null : writeOne(place.path, place.value)
  }),
  edit('other-selector', ['Deployment', 'DaemonSet', 'StatefulSet'], () => ({
    writes: [
      { path: at('spec', 'selector', 'matchLabels', 'lab'), value: 'other' },
      { path: at('spec', 'template', 'metadata', 'labels', 'lab'), value: 'other' },
    ],
  })),
  edit('bump', TEMPLATED, (target, random) => {
    const places = listPlaces(target.declared).filter(({ path, value }) => isImage(path) && typeof value === 'string')
    const place = random.pick(places)
    return place === undefined ? null : writeOne(place.path, `${String(place.value).replace(/[:@].*$/, '')}:9.9.9`)
  }),
]

function isImage(path: Path): boolean {
  const last = path.at(-1)
  return last !== undefined && 'field' in last && last.field === 'image'
}

function onDeclared(id: string, propose: (target: Released, random: Random) => ReturnType<EditKind['propose']>): EditKind {
  return { id, weight: 3, propose: (target, random) => propose(target, random) }
}

type Place = { readonly path: Path; readonly value: Json }
/** Whether a volume may grow lies in its class: what is refused for it is refused in another object. */
const LEFT_ALONE = new Set(['apiVersion', 'kind', 'status', 'allowVolumeExpansion'])

/** Every place of an object that may be named by a path: fields, and list elements that have a name of their own. */
function listPlaces(object: JsonObject): readonly Place[] {
  return Object.entries(object).flatMap(([name, value]) => {
    if (LEFT_ALONE.has(name)) return []
    if (name !== 'metadata' || !isMap(value)) return listBelow(value, at(name))
    return ['labels', 'annotations'].flatMap((map) => listBelow(value[map] ?? {}, at('metadata', map)).slice(1))
  })
}

function listBelow(value: Json, path: Path): readonly Place[] {
  if (isMap(value))
    return [{ path, value }, ...Object.entries(value).flatMap(([name, child]) => (child === null ? [] : listBelow(child, at(path, name))))]
  if (!Array.isArray(value)) return [{ path, value }]
  const elements = listUnique(value as Json, 'name').filter(({ name }) => typeof name === 'string')
  return [
    { path, value: value as Json },
    ...(elements.length < value.length ? [] : elements.flatMap((one) => listBelow(one, at(path, { name: String(one.name) })))),
  ]
}

/** Another value of the same sort; undefined where it takes more than a look. */
export function varyValue(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return `${value}x`
  if (typeof value === 'number') return value + 3
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) {
    const [first, ...rest] = value as readonly Json[]
    const other = varyValue(first)
    return other === undefined ? undefined : [other, ...rest]
  }
  if (!isMap(value)) return undefined
  // What names an element stays; the last field that can be another one is.
  const name = Object.keys(value)
    .filter((key) => !['name', 'containerPort', 'protocol', 'port', 'mountPath', 'ip'].includes(key))
    .findLast((key) => varyValue(value[key]) !== undefined)
  return name === undefined ? undefined : { ...value, [name]: varyValue(value[name]) as Json }
}

/** The same writes with other values; null where there is none. */
export function varyWrites(writes: readonly Write[], declared: JsonObject): readonly Write[] | null {
  const others = writes.map(({ path, value }): Write | null => {
    // Who deleted it does not stop Git from changing it.
    if (path.length === 0) return { path: at('metadata', 'labels', 'lab.example.com/other'), value: 'yes' }
    const other = varyValue(value === undefined ? look(declared, path) : value)
    return other === undefined ? null : { path, value: other }
  })
  const all = others.filter((write) => write !== null)
  return all.length === writes.length ? all : null
}

const SPELLINGS: readonly (readonly [RegExp, (number: number) => string])[] = [
  [/^(\d+)000m$/, (number) => `${number}`],
  [/^(\d+)m$/, (number) => `0.${String(number).padStart(3, '0')}`],
  [/^(\d+)Gi$/, (number) => `${number * 1024}Mi`],
  [/^(\d+)Mi$/, (number) => `${number * 1024}Ki`],
]

function respell(text: string): string | null {
  for (const [pattern, spell] of SPELLINGS) {
    const found = pattern.exec(text)
    if (found !== null) return spell(Number(found[1]))
  }
  return null
}
