import { readFileSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { isRecord } from './config-faults.ts'
import { isInside } from './workspace.ts'

/**
 * The files that a config file takes rules from: the Argo CD Applications of its targets. Whatever is wrong with it is told
 * when it is read.
 *
 * @param workspace the folder that its paths start from
 */
export function listConfigFiles(path: string, workspace: string): readonly string[] {
  try {
    const file = realpathSync(resolve(workspace, path))
    if (!isInside(file, realpathSync(workspace))) return []
    const raw: unknown = parseDocument(readFileSync(file, 'utf8').slice(0, 1024 * 1024), { merge: true, logLevel: 'silent' }).toJS()
    if (!isRecord(raw)) return []
    const layers = [raw.defaults, ...(Array.isArray(raw.targets) ? (raw.targets as unknown[]) : [])]
    const named = layers.map((layer) => (isRecord(layer) ? layer['argocd-application'] : undefined))
    return [...new Set(named.filter((one) => typeof one === 'string'))]
  } catch {
    return []
  }
}
