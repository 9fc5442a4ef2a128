import type { ObjectRef } from '../src/model.ts'

/** One text for an object, whatever version of its API it is named in. */
export function keyOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
  return [group, kind, namespace ?? '', name].join('|')
}

/** Whether two names are of one object. */
export function isSame(one: ObjectRef, other: ObjectRef): boolean {
  return keyOf(one) === keyOf(other)
}

/** `Deployment/web`, for people. */
export function nameOf({ kind, name }: ObjectRef): string {
  return `${kind}/${name}`
}
