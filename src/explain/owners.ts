import { descend, type Grip, gripOf, type Holds, holdRoot } from '../compare/holds.ts'
import type { FieldsEntry } from '../compare/managed-fields.ts'
import { toPattern } from '../compare/pattern.ts'
import type { Evidence, ObjectRef, Path } from '../model.ts'
import { type Actor, type ActorRules, classifyActor } from './actors.ts'

/** The entry that speaks for a value: who wrote it, and whether the record names the value itself or an atomic ancestor. */
export type Owner = {
  readonly entry: FieldsEntry
  readonly actor: Actor
  readonly grip: Grip
  /** How many steps of the path the record has. */
  readonly depth: number
}

/** Several managers may own one value. A person's tool is named before an unknown one, and a deployer last of all. */
const PRECEDENCE: readonly Actor[] = ['human', 'stranger', 'merged', 'controller', 'deployer']

/**
 * The owner of a value, or null when nobody is recorded. The nearest recorded ancestor counts; entries that only own
 * something below the path count when nothing nearer is recorded.
 *
 * @param holds how each entry holds the place
 * @param pattern the place as text without list keys, by which controllers are recognised
 */
export function findOwner(holds: Holds, ref: ObjectRef, pattern: string, rules: ActorRules): Owner | null {
  if (holds.length === 0) return null
  const deepest = Math.max(...holds.map(({ depth }) => depth))
  const nearest = holds
    .filter(({ depth }) => depth === deepest)
    .map(
      (hold): Owner => ({
        entry: hold.entry,
        grip: gripOf(hold),
        depth: hold.depth,
        actor: classifyActor(hold.entry, ref, pattern, rules),
      }),
    )
  const named = nearest.filter(({ grip }) => grip !== 'below')
  return (named.length > 0 ? named : nearest).toSorted(compareHolders)[0] ?? null
}

/**
 * The owner of a field of an object, or null when nobody is recorded.
 *
 * @param path of fields alone, such as one annotation
 */
export function findOwnerAt(entries: readonly FieldsEntry[], ref: ObjectRef, path: Path, rules: ActorRules): Owner | null {
  const holds = path.reduce<Holds>((at, step) => descend(at, step, false), holdRoot(entries))
  return findOwner(holds, ref, toPattern(path), rules)
}

function compareHolders(a: Owner, b: Owner): number {
  return PRECEDENCE.indexOf(a.actor) - PRECEDENCE.indexOf(b.actor) || (b.entry.time ?? '').localeCompare(a.entry.time ?? '')
}

/** What a report says of an owner. */
export function toEvidence(owner: Owner | null): Evidence {
  if (owner === null) return { manager: null, operation: null, subresource: null, time: null }
  const { manager, operation, subresource, time } = owner.entry
  return { manager, operation, subresource, time }
}
