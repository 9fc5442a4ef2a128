import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { readDependencies } from '../chart/read-dependencies.ts'
import { isInside } from '../inputs/workspace.ts'
import { isBelow } from '../is-below.ts'
import type { Target } from '../model.ts'
import type { FileSort } from '../preview/kinds.ts'
import { type Listed, type Listing, listFiles } from './list-files.ts'
import { canChangeRender, describeDependencies, readsFiles, sortChartFile } from './sort-file.ts'

export type ChangedFile = {
  /** From the repository's root, with slashes. */
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly sort: FileSort
}
export type ChangedFiles = {
  /** By path. */
  readonly files: readonly ChangedFile[]
  /** Whether any of them can change what the target renders. */
  readonly touched: boolean
}
/** A target on one side, and the folder that its paths lie in; the target is null where that side does not have it. */
export type Side = { readonly target: Target | null; readonly folder: string }

/**
 * Lists the files of a target that differ between base and pull request: chart, values, manifests, the charts of `file:`
 * dependencies, and what links lead to. Files are compared byte by byte, links by where they lead.
 *
 * @param prefix the folder of the checkout, from the workspace; empty where they are one
 * @throws UserError where there are too many files to be a chart
 */
export async function listChangedFiles(base: Side, head: Side, prefix = ''): Promise<ChangedFiles> {
  const [before, after] = await Promise.all([base, head].map(listSide))
  const differing = await compare(before?.files ?? new Map(), after?.files ?? new Map())
  if (differing.length === 0) return { files: [], touched: false }
  const sides = [before, after].flatMap((side) => (side === null || side === undefined ? [] : [side]))
  const isWhole = before !== null && after !== null
  const reads = (await Promise.all(sides.flatMap(({ charts, folder }) => charts.map((one) => readsFiles(join(folder, one)))))).includes(
    true,
  )
  const sorted = await Promise.all(
    differing.map(async ({ path, change }) => {
      const sort = await sortFile(path, sides)
      return { path: stripPrefix(path, prefix), change, sort, touches: !isWhole || canTouch(path, sort, sides, reads) }
    }),
  )
  const files = sorted.map(({ path, change, sort }) => ({ path, change, sort }))
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), touched: sorted.some(({ touches }) => touches) }
}

/** Paths from the side's folder. The target's own chart comes first among the charts; others are its `file:` dependencies. */
type ListedSide = {
  readonly folder: string
  readonly files: Listing['files']
  readonly linked: Listing['linked']
  readonly charts: readonly string[]
  readonly values: readonly string[]
  readonly manifests: string | null
}

async function listSide({ target, folder }: Side): Promise<ListedSide | null> {
  if (target === null) return null
  const { source } = target
  const toPath = (path: string) => relative(folder, path).split(sep).join('/')
  if (source.type === 'manifests') {
    const listing = await listFiles([source.path], folder)
    return { folder, ...listing, charts: [], values: [], manifests: toPath(source.path) }
  }
  const charts = [source.chart, ...(await listLocalCharts(source.chart, folder))]
  const listing = await listFiles([...charts, ...source.values], folder)
  return { folder, ...listing, charts: charts.map(toPath), values: source.values.map(toPath), manifests: null }
}

async function listLocalCharts(chart: string, folder: string): Promise<readonly string[]> {
  // Of a packaged chart, or one that cannot be read, the render has to say what is wrong.
  const { declared } = await readDependencies(chart).catch(() => ({ declared: [] }))
  return declared
    .filter(({ repository }) => repository.startsWith('file://'))
    .map(({ repository }) => join(chart, repository.slice('file://'.length)))
    .filter((path) => isInside(path, folder))
}

type Differing = Pick<ChangedFile, 'path' | 'change'>

async function compare(before: ReadonlyMap<string, Listed>, after: ReadonlyMap<string, Listed>): Promise<readonly Differing[]> {
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  const found: Differing[] = []
  for (const path of paths) {
    const [one, other] = [before.get(path), after.get(path)]
    if (one === undefined) found.push({ path, change: 'added' })
    else if (other === undefined) found.push({ path, change: 'removed' })
    else if (!(await isSame(one, other))) found.push({ path, change: 'changed' })
  }
  return found
}

async function isSame(one: Listed, other: Listed): Promise<boolean> {
  if (one.link !== other.link || one.size !== other.size) return false
  return one.link !== null || (await hashFile(one.file)) === (await hashFile(other.file))
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function sortFile(path: string, sides: readonly ListedSide[]): Promise<FileSort> {
  if (sides.some(({ manifests }) => manifests !== null && isBelow(path, manifests))) return 'manifests'
  if (sides.some(({ values }) => values.includes(path))) return 'values'
  if (sides.some(({ charts: [own] }) => own !== undefined && path === join(own, 'Chart.yaml'))) {
    const declared = await Promise.all(sides.map(({ folder, charts: [own = ''] }) => describeDependencies(join(folder, own))))
    // With one side, a new or removed chart, there is nothing that they differ from.
    return sides.length === 2 && declared[0] !== declared[1] ? 'dependencies' : 'other'
  }
  const [own] = sides.flatMap(({ charts: [chart] }) => (chart !== undefined && isBelow(path, chart) ? [chart] : []))
  if (own !== undefined) return sortChartFile(stripPrefix(path, own))
  return sides.some(({ charts }) => charts.some((chart) => isBelow(path, chart))) ? 'dependencies' : 'other'
}

function canTouch(path: string, sort: FileSort, sides: readonly ListedSide[], reads: boolean): boolean {
  if (sort === 'values' || sort === 'manifests') return true
  // What a link leads to is read under the link's name: it may be a template.
  if (sides.some(({ linked }) => linked.some((end) => isBelow(path, end)))) return true
  const [chart] = sides.flatMap(({ charts }) => charts.filter((one) => isBelow(path, one)))
  // A packaged chart is a file itself.
  return chart === undefined || chart === path || canChangeRender(stripPrefix(path, chart), reads)
}

function stripPrefix(path: string, folder: string): string {
  return folder !== '' && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path
}
