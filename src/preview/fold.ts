import type { ObjectRef, Path, PreviewChange, Prospect } from '../model.ts'

/** Labels and annotations that follow the chart's version: what says nothing on its own. */
const VERSIONS = new Set(['helm.sh/chart', 'app.kubernetes.io/version', 'chart', 'version', 'heritage'])
/** What nobody may miss, wherever it is. */
const LOUD: readonly Prospect[] = ['fails', 'undoes', 'deletes', 'unknown']

/** Why nobody needs to look at a change on its own; undefined where somebody does. */
export function foldChange(
  { object, path, prospect }: { readonly object: ObjectRef; readonly path: Path; readonly prospect: Prospect },
  isRandom: boolean,
): PreviewChange['folded'] {
  if (isRandom && prospect !== 'fails') return 'unstable'
  if (LOUD.includes(prospect)) return undefined
  const [map, name] = path.slice(-2).map((step) => ('field' in step ? step.field : ''))
  const isMark = map === 'labels' || map === 'annotations'
  if (isMark && name?.startsWith('checksum/') === true) return 'checksum'
  if (isMark && name !== undefined && VERSIONS.has(name)) return 'version-label'
  return object.kind === 'CustomResourceDefinition' ? 'definition' : undefined
}
