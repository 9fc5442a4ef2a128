import type { DesiredObject, Preview, PreviewKind } from '../model.ts'
import type { PlacedChange } from './model.ts'

/** What the files say that changed, one for each. */
export type FileSort = 'values' | 'templates' | 'dependencies' | 'definitions' | 'manifests' | 'other'

/** A file of a target that a pull request changes, from the repository's root. */
export type PreviewFile = { readonly path: string; readonly sort: FileSort }

/**
 * Names what a pull request changes in a target: by its files, and an image bump by what they render.
 *
 * @param sides whether the chart exists on each
 */
export function nameKinds(
  sorts: readonly FileSort[],
  placed: readonly PlacedChange[],
  sides: { readonly base: readonly DesiredObject[] | null; readonly head: readonly DesiredObject[] | null },
): Preview['kinds'] {
  if (sides.base === null) return ['new chart']
  if (sides.head === null) return ['removed chart']
  const named: readonly PreviewKind[] = ['values', 'templates', 'dependencies', 'definitions', 'manifests']
  return [...(placed.some(isImageBump) ? (['image'] as const) : []), ...named.filter((kind) => sorts.some((sort) => sort === kind))]
}

/** Another version of the same image; another image under the same name is a change like others. */
function isImageBump({ path, base, head, ours }: PlacedChange): boolean {
  const last = path.at(-1)
  if (!ours || last === undefined || !('field' in last) || last.field !== 'image') return false
  return typeof base === 'string' && typeof head === 'string' && nameImage(base) === nameImage(head)
}

function nameImage(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
}
