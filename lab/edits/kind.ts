import type { Json, JsonObject, Path } from '../../src/model.ts'
import type { Proposal, Released, Scene } from '../model.ts'
import { at, isMap, look } from '../places.ts'
import type { Random } from '../random.ts'

/** A kind of edit: makes one up for an object, or gives null where this object has no place for it. */
export type EditKind = {
  readonly id: string
  /** How much more often than others it is chosen: kinds that few charts have room for are heavier. */
  readonly weight: number
  readonly propose: (target: Released, random: Random, scene: Scene) => Proposal | null
}

/** A kind of edit for objects of some kinds. */
export function edit(id: string, kinds: readonly string[], propose: EditKind['propose'], weight = 1): EditKind {
  return { id, weight, propose: (target, random, scene) => (kinds.includes(target.ref.kind) ? propose(target, random, scene) : null) }
}

/** An edit that writes one place. */
export function writeOne(
  path: Path,
  value: Json | undefined,
  more: Partial<Proposal> & { readonly orAt?: readonly Path[] } = {},
): Proposal {
  const { orAt, ...rest } = more
  return { writes: [{ path, value, ...(orAt === undefined ? {} : { orAt }) }], ...rest }
}

/** An edit that one kubectl command makes. */
export function byKubectl(manager: string, ...args: readonly string[]): Pick<Proposal, 'tool'> {
  return { tool: { manager, args } }
}

/** `deployments.apps/web`, as kubectl takes it. */
export function nameForKubectl({ resource, ref }: Released): string {
  return `${resource}/${ref.name}`
}

/** The elements of a list that are maps. */
export function listMaps(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isMap) : []
}

/** Those elements whose key no other has: two of one key have no name of their own. */
export function listUnique(value: Json | undefined, ...keys: readonly string[]): readonly JsonObject[] {
  const name = (item: JsonObject) => JSON.stringify(keys.map((key) => item[key] ?? null))
  const items = listMaps(value)
  return items.filter((item) => items.filter((other) => name(other) === name(item)).length === 1)
}

/** The number at a path, or a default. */
export function numberAt(value: JsonObject, path: Path, otherwise: number): number {
  const found = look(value, path)
  return typeof found === 'number' ? found : otherwise
}

/** Keys of the map at a path that the chart declares with a text, and that are live. */
export function declaredTexts({ declared, live }: Released, path: Path): readonly string[] {
  const map = look(declared, path)
  return isMap(map) ? Object.keys(map).filter((key) => typeof map[key] === 'string' && look(live, at(path, key)) !== undefined) : []
}
