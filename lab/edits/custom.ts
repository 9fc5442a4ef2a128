import type { Json, JsonObject, Path } from '../../src/model.ts'
import type { Released, Scene } from '../model.ts'
import { at, isMap, look } from '../places.ts'
import type { Random } from '../random.ts'
import { type EditKind, edit, listMaps, writeOne } from './kind.ts'

/** Edits of custom resources and of their definitions. */
export const customEdits: readonly EditKind[] = [
  edit(
    'crd-schema',
    ['CustomResourceDefinition'],
    ({ live }) => {
      const [first, ...others] = listMaps(look(live, at('spec', 'versions')))
      const schema = look(first, at('schema', 'openAPIV3Schema'))
      if (first === undefined || !isMap(schema)) return null
      const changed = { ...first, schema: { openAPIV3Schema: { ...schema, description: 'changed by hand' } } }
      return writeOne(at('spec', 'versions'), [changed, ...others])
    },
    2,
  ),
  edit(
    'crd-printer-column',
    ['CustomResourceDefinition'],
    ({ live }) => {
      const [first, ...others] = listMaps(look(live, at('spec', 'versions')))
      if (first === undefined) return null
      const columns = [...listMaps(first.additionalPrinterColumns), { name: 'Lab', type: 'string', jsonPath: '.metadata.name' }]
      return writeOne(at('spec', 'versions'), [{ ...first, additionalPrinterColumns: columns }, ...others])
    },
    2,
  ),
  edit(
    'crd-short-name',
    ['CustomResourceDefinition'],
    ({ live }) => {
      const before = look(live, at('spec', 'names', 'shortNames'))
      return writeOne(at('spec', 'names', 'shortNames'), [...(Array.isArray(before) ? (before as readonly Json[]) : []), 'labshort'])
    },
    2,
  ),
  onCustom('custom-change', ({ declared }, schema, random) => {
    const leaf = random.pick(listLeaves(declared.spec, schema, at('spec')))
    if (leaf === undefined) return null
    const { value } = leaf
    const changed = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : `${String(value)}x`
    return writeOne(leaf.path, changed, { orAt: leaf.orAt })
  }),
  onCustom('custom-remove', ({ declared }, schema, random) => {
    const leaf = random.pick(
      listLeaves(declared.spec, schema, at('spec')).filter((each) => !isMap(each.schema) || each.schema.default === undefined),
    )
    return leaf === undefined ? null : writeOne(leaf.path, undefined, { orAt: leaf.orAt })
  }),
  onCustom('custom-add', ({ live, declared }, schema, random) => {
    const properties = look(schema, at('properties', 'spec', 'properties'))
    const free = Object.entries(isMap(properties) ? properties : {}).flatMap(([name, field]) => {
      const value = inventValue(field)
      return look(live, at('spec', name)) === undefined && look(declared, at('spec', name)) === undefined && value !== null
        ? [{ name, value }]
        : []
    })
    const field = random.pick(free)
    return field === undefined ? null : writeOne(at('spec', field.name), field.value)
  }),
  onCustom('custom-list-add', ({ declared, live }, schema, random) => {
    const list = random.pick(listLists(declared.spec, schema, at('spec')))
    const before = list === undefined ? undefined : look(live, list.path)
    const first = Array.isArray(before) ? (before as readonly Json[])[0] : undefined
    if (list === undefined || first === undefined) return null
    const type = isMap(list.schema) ? list.schema['x-kubernetes-list-type'] : undefined
    if (type === 'map') return addKeyed(list, first)
    const added = isMap(first) ? first : typeof first === 'string' ? `${first}-lab` : typeof first === 'number' ? first + 1 : null
    if (added === null) return null
    if (type === 'set') return writeOne([...list.path, { value: added as string }], added)
    return writeOne(list.path, [...(before as readonly Json[]), added])
  }),
]

type Place = { readonly path: Path; readonly value: Json; readonly schema: Json | undefined; readonly orAt: readonly Path[] }

function onCustom(
  id: string,
  propose: (target: Released, schema: Json | undefined, random: Random) => ReturnType<EditKind['propose']>,
): EditKind {
  return {
    id,
    weight: 6,
    propose: (target, random, scene) => {
      const schema = findSchema(target, scene)
      return schema === undefined ? null : propose(target, schema, random)
    },
  }
}

/** The schema of a custom resource, from the live definition among the release's own objects. */
function findSchema({ ref }: Released, { released }: Scene): Json | undefined {
  const [group, version] = ref.apiVersion.split('/')
  const definition = released.find(
    ({ ref: other, live }) =>
      other.kind === 'CustomResourceDefinition' &&
      look(live, at('spec', 'group')) === group &&
      look(live, at('spec', 'names', 'kind')) === ref.kind,
  )
  return look(definition?.live, at('spec', 'versions', { name: version ?? '' }, 'schema', 'openAPIV3Schema'))
}

/** Declared scalars that are reached through maps alone. */
function listLeaves(value: Json | undefined, root: Json | undefined, path: Path, orAt: readonly Path[] = []): readonly Place[] {
  const schema = schemaAt(root, path)
  if (isMap(value)) {
    const above = isMap(schema) && schema['x-kubernetes-map-type'] === 'atomic' ? [...orAt, path] : orAt
    return Object.entries(value).flatMap(([name, child]) => listLeaves(child, root, at(path, name), above))
  }
  return value === undefined || value === null || Array.isArray(value) ? [] : [{ path, value, schema, orAt }]
}

function listLists(value: Json | undefined, root: Json | undefined, path: Path): readonly Place[] {
  if (isMap(value)) return Object.entries(value).flatMap(([name, child]) => listLists(child, root, at(path, name)))
  return Array.isArray(value) ? [{ path, value: value as Json, schema: schemaAt(root, path), orAt: [] }] : []
}

function schemaAt(root: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((schema, step) => {
    const name = 'field' in step ? step.field : ''
    return look(schema, at('properties', name)) ?? look(schema, at('additionalProperties'))
  }, root)
}

function addKeyed(list: Place, first: Json): ReturnType<EditKind['propose']> {
  const keys =
    isMap(list.schema) && Array.isArray(list.schema['x-kubernetes-list-map-keys']) ? list.schema['x-kubernetes-list-map-keys'] : []
  if (!isMap(first)) return null
  const key: { [name: string]: string | number } = {}
  for (const name of keys as readonly string[]) {
    const before = first[name]
    if (typeof before !== 'string' && typeof before !== 'number') return null
    key[name] = typeof before === 'number' ? before + 1 : `${before}-lab`
  }
  return writeOne(at(list.path, key), { ...first, ...key } as JsonObject)
}

/** A value that a simple schema allows; null where that takes more than a look. */
function inventValue(schema: Json): Json {
  if (!isMap(schema) || schema.enum !== undefined || schema.pattern !== undefined || schema.format !== undefined) return null
  if (schema.default !== undefined || schema['x-kubernetes-validations'] !== undefined) return null
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer') return typeof schema.minimum === 'number' ? schema.minimum + 1 : 1
  return schema.type === 'string' ? 'lab' : null
}
