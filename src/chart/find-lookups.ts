import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Note } from '../model.ts'

const unzip = promisify(gunzip)
const TEMPLATE = /\.(?:ya?ml|tpl|txt|json)$/
/** `lookup "v1" "Secret" ...` as an action; the word alone may be anything. */
const LOOKUP = /\{\{(?:(?!\}\}).)*\blookup\s+["`$.(]/s
/** Larger archives hold something else than templates; unpacking is bounded, whatever the archive says. */
const MAX_ARCHIVE = 64 * 1024 * 1024

/**
 * Notes the templates that use `lookup`. It reads the cluster at deploy time and gives nothing in `helm template`, so
 * what depends on it may be rendered otherwise than it was deployed.
 * @param chart a chart folder or .tgz; dependencies in `charts/` are searched too
 * @param shown how messages name the chart
 */
export async function findLookups(chart: string, shown: string): Promise<readonly Note[]> {
  const files = chart.endsWith('.tgz') ? [chart] : await listTemplates(chart)
  const found = await Promise.all(files.map(async (path) => ((await usesLookup(path)) ? [nameFile(chart, path, shown)] : [])))
  return found.flat().map((path) => ({
    kind: 'lookup',
    message: `${path} uses lookup, which finds nothing while rendering: what depends on it may differ from what was deployed.`,
  }))
}

function nameFile(chart: string, path: string, shown: string): string {
  return path === chart ? shown : `${shown}/${relative(chart, path).replaceAll(sep, '/')}`
}

async function listTemplates(chart: string): Promise<readonly string[]> {
  const entries = await readdir(chart, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        (TEMPLATE.test(path) && path.includes(`${sep}templates${sep}`)) || (path.endsWith('.tgz') && path.includes(`${sep}charts${sep}`)),
    )
    .sort()
}

async function usesLookup(path: string): Promise<boolean> {
  const bytes = await readFile(path)
  // A tar stores its files as they are, so the text of the templates can be searched without unpacking them.
  const text = path.endsWith('.tgz') ? await unzip(bytes, { maxOutputLength: MAX_ARCHIVE }).catch(() => Buffer.alloc(0)) : bytes
  return LOOKUP.test(text.toString('latin1'))
}
