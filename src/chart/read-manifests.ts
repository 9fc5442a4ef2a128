import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import type { Fault, ManifestSource, Note } from '../model.ts'
import { showPath } from './check-source.ts'
import type { Place } from './collect-objects.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'

/**
 * Reads pre-rendered manifests: one file, or every .yaml, .yml and .json file of a folder and its folders, by name.
 * @throws UserError with the faults of all files; when a folder holds no such file
 */
export async function readManifests(
  source: ManifestSource,
  workspace: string,
): Promise<{ readonly places: readonly Place[]; readonly notes: readonly Note[] }> {
  const isFolder = (await stat(source.path)).isDirectory()
  const files = isFolder ? await listFiles(source.path) : [source.path]
  if (files.length === 0) {
    const message = `${showPath(source.path, workspace)} holds no .yaml, .yml or .json file.`
    throw new UserError({ message, where: 'manifests', remedy: 'Give the folder with the rendered manifests.' })
  }
  const read = await Promise.all(files.map((path) => readOne(path, showPath(path, workspace))))
  const [first, ...rest] = read.flatMap(({ faults }) => faults)
  if (first !== undefined) throw new UserError(first, ...rest)
  return {
    places: read.flatMap(({ parsed, where }) => parsed.documents.map((document) => ({ document, where }))),
    notes: read.flatMap(({ parsed }) => parsed.warnings),
  }
}

type ReadFile = { readonly where: string; readonly parsed: ParsedYaml; readonly faults: readonly Fault[] }

async function readOne(path: string, where: string): Promise<ReadFile> {
  try {
    return { where, parsed: parseYaml(await readFile(path, 'utf8'), where), faults: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { where, parsed: { documents: [], warnings: [] }, faults: error.faults }
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.git/'))
    .sort()
}
