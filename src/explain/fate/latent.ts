import { getAt } from '../../compare/json.ts'
import type { FieldsEntry } from '../../compare/managed-fields.ts'
import { toPattern } from '../../compare/pattern.ts'
import { isWithin } from '../../compare/same-place.ts'
import type { Finding, Note, Path } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { type ActorRules, classifyActor } from '../actors.ts'
import { formatConflicts } from './conflict-text.ts'
import { listMembers } from './members.ts'
import type { Outlook, Scene } from './model.ts'

/**
 * What no finding tells and a server-side deploy trips over all the same: a field that the chart declares, whose value is
 * as declared, and that somebody's tool owns. A deploy that changes it will fail; one that spells it differently than the
 * API server stores it fails already.
 *
 * @param findings of this object
 */
export function noteLatent(scene: Scene, outlook: Outlook, findings: readonly Finding[], rules: ActorRules): readonly Note[] {
  const isTold = (path: Path) => findings.some((finding) => isWithin(path, finding.path) || isWithin(finding.path, path))
  const now = outlook.conflicts
    .filter(({ path }) => !isTold(path))
    .map(({ path, entry }): Note => {
      const text = formatConflicts([{ path, entry }], outlook.conflicts.length)
      return note(
        scene,
        path,
        `${describe(entry)} owns this field, whose value is as the chart declares it but for its spelling or defaults. The next server-side deploy fails: ${text.replaceAll('\n', ' ')}.`,
      )
    })
  const later = scene.entries.filter(isForeignUpdate).flatMap((entry) =>
    listMembers(entry.fields).flatMap((path): Note[] => {
      if (!isDeclaredLeaf(scene, path) || isTold(path) || outlook.conflicts.some((one) => one.entry === entry && isWithin(one.path, path)))
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
