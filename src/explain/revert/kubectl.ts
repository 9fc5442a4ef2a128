import type { ClusterInfo, ObjectRef } from '../../model.ts'
import { quoteShell } from '../../quote.ts'
import { groupOf } from '../../refs.ts'

/** Where commands go: the kubeconfig context, and what the cluster serves. */
export type Place = { readonly context: string | null; readonly info: Pick<ClusterInfo, 'resources'> }

/** `--name=value` for a shell; the value may hold anything. */
export function flag(name: string, value: string): string {
  return `--${name}=${quoteShell(value)}`
}

/** `kubectl`, with the context that the target names and the object's own namespace, and with words that are quoted already. */
export function kubectl({ context }: Pick<Place, 'context'>, namespace: string | null, ...words: readonly string[]): string {
  const where = [...(context === null ? [] : [flag('context', context)]), ...(namespace === null ? [] : [flag('namespace', namespace)])]
  return ['kubectl', ...where, ...words].join(' ')
}

/**
 * The object as kubectl takes it: `deployments.apps/web`. The version is named where the group serves the kind in several,
 * since a patch is written in the terms of one of them.
 */
export function nameObject(ref: ObjectRef, info: Place['info']): string {
  const { apiVersion, kind, name } = ref
  const group = groupOf(apiVersion)
  const served = info.resources.filter((one) => one.kind === kind && groupOf(one.apiVersion) === group)
  const plural = served.find((one) => one.apiVersion === apiVersion)?.resource ?? kind.toLowerCase()
  const version = served.length > 1 ? `.${apiVersion.split('/').at(-1)}` : ''
  return quoteShell(`${group === '' ? plural : `${plural}${version}.${group}`}/${name}`)
}

/** The path of the object's URL, for `--raw`; null when the kind is not served. */
export function rawPath({ apiVersion, kind, namespace, name }: ObjectRef, info: Place['info']): string | null {
  const served = info.resources.find((one) => one.kind === kind && one.apiVersion === apiVersion)
  if (served === undefined) return null
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const within = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `${root}${within}/${served.resource}/${encodeURIComponent(name)}`
}
