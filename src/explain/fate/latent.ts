import { getAt } from '../../compare/json.ts'
import type { FieldsEntry } from '../../compare/managed-fields.ts'
import { toPattern } from '../../compare/pattern.ts'
import { isWithin, overlaps } from '../../compare/same-place.ts'
import type { Finding, Note, ObjectRef, Path } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { type ActorRules, classifyActor } from '../actors.ts'
import { formatConflicts } from './conflict-text.ts'
import { listMembers } from './members.ts'
import type { Outlook, Scene } from './model.ts'

/** A field on which a server-side deploy fails already, though nothing is found there. */
export type Stop = {
  readonly object: ObjectRef
  readonly path: Path
  readonly entry: FieldsEntry
  /** The message with which the deploy will fail. */
  readonly conflict: string
}

/**
 * What no finding tells and the next server-side deploy fails on all the same: a field that somebody's tool owns, and that
 * the chart spells differently than the API server stores it.
 *
 * @param findings of this object
 */
export function listStops({ wanted }: Scene, { conflicts }: Outlook, findings: readonly Finding[]): readonly Stop[] {
  return conflicts
    .filter(({ path }) => !isTold(path, findings))
    .map((conflict) => ({ object: wanted.ref, ...conflict, conflict: formatConflicts([conflict], conflicts.length) }))
}

/**
 * What a server-side deploy trips over though no finding tells it: what it fails on already, and fields that the chart
 * declares, whose value is as declared, and that somebody's tool owns. A deploy that changes these will fail.
 *
 * @param findings of this object
 */
export function noteLatent(scene: Scene, outlook: Outlook, findings: readonly Finding[], rules: ActorRules): readonly Note[] {
  const now = listStops(scene, outlook, findings).map(({ path, entry, conflict }) =>
    note(
      scene,
      path,
      `${describe(entry)} owns this field, whose value is as the chart declares it but for its spelling or defaults. The next server-side deploy fails: ${conflict.replaceAll('\n', ' ')}.`,
    ),
  )
  const later = scene.entries.filter(isForeignUpdate).flatMap((entry) =>
    listMembers(entry.fields).flatMap((path): Note[] => {
      if (
        !isDeclaredLeaf(scene, path) ||
        isTold(path, findings) ||
        outlook.conflicts.some((one) => one.entry === entry && isWithin(one.path, path))
      )
        return []
      const actor = classifyActor(entry, scene.wanted.ref, toPattern(path), rules)
      if (actor === 'controller' || actor === 'deployer') return []
      return [
        note(
          scene,
          path,
          `${describe(entry)} owns this field beside the chart. Its value is as declared, so nothing fails now; a server-side deploy that changes it will.`,
        ),
      ]
    }),
  )
  return [...now, ...later]
}

function isTold(path: Path, findings: readonly Finding[]): boolean {
  return findings.some((finding) => overlaps(path, finding.path))
}

function note({ wanted }: Scene, path: Path, message: string): Note {
  return { kind: 'latent-conflict', object: wanted.ref, path: formatPath(path), message }
}

function isForeignUpdate({ operation }: FieldsEntry): boolean {
  return operation === 'Update'
}

function isDeclaredLeaf({ desired, live }: Scene, path: Path): boolean {
  const [declared, is] = [getAt(desired, path), getAt(live, path)]
  return declared !== undefined && is !== undefined && (typeof declared !== 'object' || Array.isArray(declared))
}

function describe({ manager, subresource }: FieldsEntry): string {
  return subresource === null ? manager : `${manager} (${subresource})`
}
