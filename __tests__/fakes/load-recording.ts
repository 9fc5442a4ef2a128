import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flattenList } from '../../src/chart/flatten-list.ts'
import { parseYaml } from '../../src/chart/parse-yaml.ts'
import type { JsonObject } from '../../src/model.ts'
import type { Recording } from './kubernetes-api.ts'

/** The states of the example that `npm run record` saves. */
export type RecordedState = 'helm3-in-sync' | 'helm3-drifted' | 'helm4-in-sync' | 'helm4-drifted'

/**
 * Puts a recording together from a saved state and what the API server served.
 *
 * @param folder `examples/live`
 */
export async function loadRecording(folder: string, state: RecordedState): Promise<Recording> {
  const discovery = JSON.parse(await readFile(join(folder, 'discovery.json'), 'utf8')) as Omit<Recording, 'objects'>
  const { documents } = parseYaml(await readFile(join(folder, `${state}.yaml`), 'utf8'), state)
  return { ...discovery, objects: documents.flatMap(({ value }) => flattenList(value)) as readonly JsonObject[] }
}
