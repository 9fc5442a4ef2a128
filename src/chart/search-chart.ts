import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Note } from '../model.ts'

const unzip = promisify(gunzip)
/** Larger archives hold something else than templates; unpacking is bounded, whatever the archive says. */
const MAX_ARCHIVE = 64 * 1024 * 1024

const TEMPLATES = /(?:^|\/)templates\/.*\.(?:ya?ml|tpl|txt|json)$/
/** `lookup "v1" "Secret" ...` as an action; the word alone may be anything. */
const LOOKUP = /\{\{(?:(?!\}\}).)*\blookup\s+["`$.(]/s
const SCHEMAS = /(?:^|\/)values\.schema\.json$/
const REMOTE_REFERENCE = /"\$(?:ref|schema)"\s*:\s*"(?:https?|file):/
/** The names of the specification's own schemas, which every validator carries with it. */
const OWN_SCHEMAS = /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\/[^"]*"/g

/**
 * Notes the templates that use `lookup`. It reads the cluster at deploy time and gives nothing in `helm template`, so
 * what depends on it may be rendered otherwise than it was deployed.
 * @param chart a chart folder or .tgz; dependencies in `charts/` are searched too
 * @param shown how messages name the chart
 */
export async function findLookups(chart: string, shown: string): Promise<readonly Note[]> {
  const found = await searchChart(chart, shown, TEMPLATES, (text) => LOOKUP.test(text))
  return found.map((path) => ({
    kind: 'lookup',
    message: `${path} uses lookup, which finds nothing while rendering: what depends on it may differ from what was deployed.`,
  }))
}

/**
 * Notes the values schemas that refer to another address. Helm would fetch it while rendering (measured with 3.17), and
 * a render must not reach into the network or the file system, so such charts are rendered without the schema check.
 */
export async function findRemoteSchemas(chart: string, shown: string): Promise<readonly Note[]> {
  const found = await searchChart(chart, shown, SCHEMAS, (text) => REMOTE_REFERENCE.test(text.replace(OWN_SCHEMAS, '')))
  return found.map((path) => ({
    kind: 'schema-not-checked',
    message: `${path} refers to another address, which helm would fetch; the values were not checked against the schema.`,
  }))
}

/**
 * Reads every template of a chart, dependencies included.
 *
 * @returns the texts by their path below the chart; an archive is one text, under its own path
 */
export async function readTemplates(chart: string): Promise<ReadonlyMap<string, string>> {
  const names = chart.endsWith('.tgz') ? [''] : await listNames(chart, TEMPLATES)
  return new Map(await Promise.all(names.map(async (name): Promise<[string, string]> => [name, await readText(join(chart, name))])))
}

async function searchChart(chart: string, shown: string, files: RegExp, matches: (text: string) => boolean): Promise<readonly string[]> {
  const names = chart.endsWith('.tgz') ? [''] : await listNames(chart, files)
  const found = await Promise.all(names.map(async (name) => (matches(await readText(join(chart, name))) ? [name] : [])))
  return found.flat().map((name) => (name === '' ? shown : `${shown}/${name}`))
}

/** Paths below the chart, with slashes: the files that are wanted, and archives of dependencies. */
async function listNames(chart: string, files: RegExp): Promise<readonly string[]> {
  const entries = await readdir(chart, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(chart, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((name) => files.test(name) || /(?:^|\/)charts\/[^/]+\.tgz$/.test(name))
    .sort()
}

/** A tar stores its files as they are, so the text in it can be searched without taking it apart. */
async function readText(path: string): Promise<string> {
  const bytes = await readFile(path)
  const plain = path.endsWith('.tgz') ? await unzip(bytes, { maxOutputLength: MAX_ARCHIVE }).catch(() => Buffer.alloc(0)) : bytes
  return plain.toString('latin1')
}
