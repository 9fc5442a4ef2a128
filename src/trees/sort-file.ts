import { readDependencies } from '../chart/read-dependencies.ts'
import { readTemplates } from '../chart/search-chart.ts'
import type { FileSort } from '../preview/kinds.ts'

/** What helm itself reads of a chart. It hands every other file to templates, which may or may not read it. */
const READ_BY_HELM = /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values\.yaml|values\.schema\.json|\.helmignore)$/

/** The sort of a file in a chart's folder. @param path from the chart's folder, with slashes */
export function sortChartFile(path: string): FileSort {
  const [first = '', ...rest] = path.split('/')
  if (rest.length === 0 && first === 'values.yaml') return 'values'
  if (rest.length === 0 && /^(?:Chart\.lock|requirements\.(?:yaml|lock))$/.test(first)) return 'dependencies'
  if (rest.length === 0) return 'other'
  if (first === 'templates') return 'templates'
  if (first === 'charts') return 'dependencies'
  return first === 'crds' ? 'definitions' : 'other'
}

/**
 * Whether a file in a chart's folder can change what the chart renders. Where a template mentions `.Files`, any can; so can a
 * README.md then. When in doubt it can: a target that is previewed for nothing costs less than one that is passed over.
 */
export function canChangeRender(path: string, readsFiles: boolean): boolean {
  return readsFiles || READ_BY_HELM.test(path) || /^(?:templates|charts|crds)\//.test(path)
}

/**
 * Whether a template of a chart, or of a dependency in its `charts/`, may read files of the chart. Only the word is looked for,
 * since there are many ways to get at it: `.Files`, `$.Files`, `$root.Files`, `index . "Files"`.
 */
export async function readsFiles(chart: string): Promise<boolean> {
  const texts = await readTemplates(chart).catch(() => null)
  return texts === null || [...texts].some(([path, text]) => /\bFiles\b/.test(text) || path.endsWith('.tgz'))
}

/** What a chart declares as its dependencies, to be compared; null where it cannot be read. */
export async function describeDependencies(chart: string): Promise<string | null> {
  return readDependencies(chart).then(
    ({ declared }) => JSON.stringify(declared),
    () => null,
  )
}
