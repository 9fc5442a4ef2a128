import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isList, isObject } from '../compare/json.ts'
import type { Json } from '../model.ts'
import { parseYaml } from './parse-yaml.ts'

/** One entry of a chart's `dependencies`. */
export type Dependency = { readonly name: string; readonly version: string; readonly repository: string }
export type Dependencies = {
  readonly declared: readonly Dependency[]
  readonly missing: readonly Dependency[]
  /** True when `Chart.lock` (or `requirements.lock`) pins what to fetch. */
  readonly locked: boolean
}

/**
 * Reads which charts a chart depends on, and which of them `charts/` lacks. Helm wants every one of them there, also
 * those whose `condition` is false, and looks only at the name, not at the version.
 * @param chart folder of the chart
 * @throws UserError when Chart.yaml (or a v1 chart's requirements.yaml) is no YAML
 */
export async function readDependencies(chart: string): Promise<Dependencies> {
  const [names, present] = await Promise.all([readdir(chart), listPresent(join(chart, 'charts'))])
  const files = ['Chart.yaml', 'requirements.yaml'].filter((name) => names.includes(name))
  const declared = (await Promise.all(files.map((name) => readDeclared(join(chart, name), name)))).flat()
  return {
    declared,
    missing: declared.filter(({ name }) => !present.some((entry) => entry === name || isArchiveOf(entry, name))),
    locked: names.includes('Chart.lock') || names.includes('requirements.lock'),
  }
}

async function readDeclared(path: string, where: string): Promise<readonly Dependency[]> {
  const value = parseYaml(await readFile(path, 'utf8'), where).documents[0]?.value
  const list = isObject(value) ? value.dependencies : undefined
  return isList(list)
    ? list.filter(isObject).map((entry) => ({ name: text(entry.name), version: text(entry.version), repository: text(entry.repository) }))
    : []
}

/** Names of the unpacked charts (as their Chart.yaml says) and of the archives in `charts/`. Helm skips `_` and `.`. */
async function listPresent(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder).catch(() => [])
  const names = entries.filter((name) => !/^[_.]/.test(name))
  return Promise.all(names.map(async (name) => (name.endsWith('.tgz') ? name : ((await readChartName(join(folder, name))) ?? ''))))
}

async function readChartName(folder: string): Promise<string | null> {
  const content = await readFile(join(folder, 'Chart.yaml'), 'utf8').catch(() => null)
  const value = content === null ? undefined : parseYaml(content, join(folder, 'Chart.yaml')).documents[0]?.value
  return isObject(value) ? text(value.name) : null
}

function isArchiveOf(entry: string, name: string): boolean {
  return entry.endsWith('.tgz') && entry.startsWith(`${name}-`) && /^v?\d/.test(entry.slice(name.length + 1))
}

function text(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value)
}
