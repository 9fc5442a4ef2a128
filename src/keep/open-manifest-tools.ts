import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Place } from '../chart/collect-objects.ts'
import { parseYaml } from '../chart/parse-yaml.ts'
import { UserError } from '../errors.ts'
import type { ClusterInfo, ManifestSource, Target } from '../model.ts'
import type { KeepTools, SourceFile } from './keep-tools.ts'
import type { OpenedTools } from './open-keep-tools.ts'
import { collectKept } from './render-trial.ts'

/** The same for manifests, which are what they are: nothing is rendered, only read again. */
export async function openManifestTools(
  target: Target,
  source: ManifestSource,
  cluster: ClusterInfo,
  workspace: string,
): Promise<OpenedTools> {
  const isFolder = (await stat(source.path)).isDirectory()
  const paths = isFolder ? await listFiles(source.path) : [source.path]
  const files = await Promise.all(paths.map(async (path): Promise<SourceFile> => ({ path, text: await readFile(path, 'utf8') })))
  const read = (texts: ReadonlyMap<string, string>) => {
    const places = files.flatMap(({ path, text }) =>
      parseYaml(texts.get(path) ?? text, path).documents.map((document): Place => ({ document, where: path })),
    )
    return collectKept(places, target.namespace, cluster)
  }
  const render: KeepTools['render'] = async ({ files: texts = new Map() }) => {
    try {
      return read(texts)
    } catch (error) {
      if (error instanceof UserError) return { failure: error.faults[0]?.message ?? error.message }
      throw error
    }
  }
  const base = read(new Map())
  const nothing = { values: null, templates: new Map(), aliases: new Map(), chart: null }
  return { ...{ workspace, files, ...nothing, base: [base, base], render, left: () => 60 }, close: async () => undefined }
}

/** Those that are read for the target, too (`readManifests`). */
async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory() && /\.(?:ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.git/'))
    .sort()
}
