import { getAt } from '../../compare/json.ts'
import type { JsonObject, ObjectRef } from '../../model.ts'

type Told = { readonly [kind: string]: string }

const PODS_STOP = 'All its pods stop.'
const MADE: Told = {
  PersistentVolumeClaim: 'It comes back empty, unless its old volume was kept and is bound to it again.',
  Service: 'It gets a new address, unless Git declares one.',
  ServiceAccount: 'Tokens of the old one stay invalid: pods that use it may have to restart.',
  CustomResourceDefinition: 'The objects of its kind are gone, and do not come back with it.',
  Namespace: 'What was in it is gone, and does not come back with it.',
}
const DELETED: Told = {
  Deployment: PODS_STOP,
  StatefulSet: `${PODS_STOP} Its volume claims stay.`,
  DaemonSet: PODS_STOP,
  Job: PODS_STOP,
  Pod: 'The pod stops.',
  PersistentVolumeClaim: 'Its data is lost, unless its volume is kept (reclaim policy Retain).',
  Namespace: 'Everything in it is deleted.',
  CustomResourceDefinition: 'All objects of its kind are deleted, in every namespace.',
  ConfigMap: 'Pods that need it do not start any more.',
  Secret: 'Pods that need it do not start any more.',
  ServiceAccount: 'Pods that run as it lose their rights.',
  Service: 'Nobody reaches through it any more.',
  Ingress: 'Nobody reaches through it any more.',
}
const REMADE: Told = {
  ...DELETED,
  StatefulSet: 'All its pods stop meanwhile. Its volume claims stay.',
  Deployment: 'All its pods stop meanwhile.',
  DaemonSet: 'All its pods stop meanwhile.',
  Job: 'It runs anew.',
  ConfigMap: 'Pods that start meanwhile wait for it.',
  Secret: 'Pods that start meanwhile wait for it.',
  Service: 'Nobody reaches through it meanwhile, and it may get another address.',
  RoleBinding: 'Whoever relies on it has no rights meanwhile.',
  ClusterRoleBinding: 'Whoever relies on it has no rights meanwhile.',
}

/** What it costs to make an object that is missing. */
export function tellMaking(ref: ObjectRef, desired: JsonObject): readonly string[] {
  const replicas = getAt(desired, [{ field: 'spec' }, { field: 'replicas' }])
  const pods = /^(Deployment|StatefulSet)$/.test(ref.kind)
    ? [`Starts ${Number(replicas ?? 1) === 1 ? '1 pod' : `${Number(replicas)} pods`}.`]
    : []
  return [...pods, ...of(MADE, ref)]
}

/** What it costs to delete one that Git does not have. */
export function tellDeleting(ref: ObjectRef): readonly string[] {
  return of(DELETED, ref)
}

/** What it costs to delete one and to make it again. */
export function tellRemaking(ref: ObjectRef): readonly string[] {
  return of(REMADE, ref)
}

function of(told: Told, { kind }: ObjectRef): readonly string[] {
  return Object.hasOwn(told, kind) ? [told[kind] ?? ''] : []
}
