import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { isObject } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { JsonObject } from '../model.ts'
import { toText } from '../shapes.ts'
import { type Kubeconfig, mergeKubeconfigs, parseKubeconfig } from './parse-kubeconfig.ts'

/** Environment variables by name; `process.env` is one. */
export type Environment = { readonly [name: string]: string | undefined }

/**
 * Finds and reads kubeconfigs as kubectl does: the given file, else the files of `KUBECONFIG`, else `~/.kube/config`.
 * Files of `KUBECONFIG` that do not exist are passed over. Relative paths inside a file count from its folder.
 * @param file the `--kubeconfig` given, or null
 * @throws UserError when none exists, or one cannot be read or is no kubeconfig
 */
export function loadDefaultKubeconfig(file: string | null, env: Environment): Kubeconfig {
  const listed = (env.KUBECONFIG ?? '').split(path.delimiter).filter((one) => one !== '')
  const home = path.join(env.HOME ?? homedir(), '.kube', 'config')
  const candidates = file !== null ? [file] : listed.length > 0 ? listed : [home]
  const found = candidates.flatMap((candidate) => {
    const text = readIfExists(candidate)
    if (text === null) return []
    return [anchorPaths(parseKubeconfig(text, `kubeconfig (${candidate})`), path.dirname(path.resolve(candidate)))]
  })
  if (found.length > 0) return mergeKubeconfigs(found)
  throw new UserError({
    message: `There is no kubeconfig at ${candidates.join(', ')}.`,
    where: 'kubeconfig',
    remedy: 'Name a file with --kubeconfig, or set KUBECONFIG.',
  })
}

/** A file's text; null when there is no such file. */
function readIfExists(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError({
      message: `The kubeconfig ${file} cannot be read: ${reason}.`,
      where: 'kubeconfig',
      remedy: 'Check the path and its permissions.',
    })
  }
}

/** Makes file references absolute, and a plugin's command too when it is a path (a bare name is looked up on PATH). */
function anchorPaths(config: Kubeconfig, folder: string): Kubeconfig {
  const anchor = (object: JsonObject, fields: readonly string[]): JsonObject => {
    const changed = fields.flatMap((field): [string, string][] => {
      const value = toText(object[field])
      return value === null ? [] : [[field, path.resolve(folder, value)]]
    })
    return { ...object, ...Object.fromEntries(changed) }
  }
  const anchorUser = (user: JsonObject): JsonObject => {
    const anchored = anchor(user, ['tokenFile', 'client-certificate', 'client-key'])
    const exec = anchored.exec
    return isObject(exec) && /[/\\]/.test(toText(exec.command) ?? '') ? { ...anchored, exec: anchor(exec, ['command']) } : anchored
  }
  return {
    ...config,
    clusters: new Map([...config.clusters].map(([name, cluster]) => [name, anchor(cluster, ['certificate-authority'])])),
    users: new Map([...config.users].map(([name, user]) => [name, anchorUser(user)])),
  }
}
