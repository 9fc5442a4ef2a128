import type { ObjectRef } from './model.ts'

/** `apps` of `apps/v1`; empty for the core group (`v1`). */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? '' : apiVersion.slice(0, slash)
}

/** `Deployment/web`, for a sentence. */
export function nameOf({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>): string {
  return `${kind}/${name}`
}

/** Identity without the version: the same object may be served, rendered and recorded in several. */
export function keyOfRef({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return [groupOf(apiVersion), kind, namespace ?? '', name].join('|')
}
