import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject, ObjectRef } from '../src/model.ts'
import type { Kube } from './kube.ts'
import { at, isMap, look } from './places.ts'
import { type Release, uninstallRelease } from './release.ts'

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/** The definitions that are there, to know afterwards which ones a chart brought along. */
export async function listDefinitions(kube: Kube): Promise<readonly string[]> {
  const items = look((await kube.call('GET', DEFINITIONS)).body, at('items'))
  return Array.isArray(items) ? items.flatMap((item) => String(look(item, at('metadata', 'name')) ?? '')) : []
}

/**
 * Takes away all that a release brought, so that the next chart finds the cluster as this one did: finalizers that nobody
 * here would act on, the release, what it keeps, its namespace, and the definitions it added.
 *
 * @param before the definitions that were there before it
 */
export async function cleanUp(release: Release, refs: readonly ObjectRef[], before: readonly string[], kube: Kube): Promise<void> {
  // APIs that nobody serves hold up everyone who asks what is served, helm included.
  for (const ref of refs.filter(({ kind }) => kind === 'APIService' || kind.endsWith('WebhookConfiguration'))) await remove(kube, ref)
  await Promise.all(refs.map((ref) => dropFinalizers(kube, ref)))
  await uninstallRelease(release)
  await Promise.all(refs.map((ref) => remove(kube, ref)))
  await kube.call('DELETE', `/api/v1/namespaces/${release.namespace}`)
  const added = (await listDefinitions(kube)).filter((name) => !before.includes(name))
  await Promise.all(added.map((name) => removeDefinition(kube, name)))
  for (const giveUp = Date.now() + 15_000; Date.now() < giveUp; await sleep(200)) {
    const left = await listDefinitions(kube)
    if (!added.some((name) => left.includes(name))) break
  }
}

async function remove(kube: Kube, ref: ObjectRef): Promise<void> {
  const path = kube.pathOf(ref)
  if (path !== null) await kube.call('DELETE', `${path}?propagationPolicy=Background`)
}

async function dropFinalizers(kube: Kube, ref: ObjectRef): Promise<void> {
  const [path, live] = [kube.pathOf(ref), await kube.get(ref)]
  if (path === null || live === null || ref.kind === 'Namespace' || !isMap(live.metadata) || live.metadata.finalizers === undefined) return
  await kube.call('PATCH', path, { metadata: { finalizers: null } }, { 'content-type': 'application/merge-patch+json' })
}

/** A definition goes only when its objects are gone, and these may wait for a controller that does not run. */
async function removeDefinition(kube: Kube, name: string): Promise<void> {
  const { body } = await kube.call('GET', `${DEFINITIONS}/${name}`)
  const version = look(body, at('spec', 'versions'))
  const served = Array.isArray(version) ? version.map((each) => look(each, at('name'))) : []
  const group = look(body, at('spec', 'group'))
  const plural = look(body, at('spec', 'names', 'plural'))
  const { body: list } = await kube.call('GET', `/apis/${group}/${served[0]}/${plural}`)
  const items = look(list, at('items'))
  for (const item of (Array.isArray(items) ? items : []) as readonly JsonObject[]) {
    const { namespace, name: own } = (isMap(item.metadata) ? item.metadata : {}) as { namespace?: string; name?: string }
    const path = `/apis/${group}/${served[0]}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}/${own}`
    await kube.call('PATCH', path, { metadata: { finalizers: null } }, { 'content-type': 'application/merge-patch+json' })
    await kube.call('DELETE', path)
  }
  await kube.call('DELETE', `${DEFINITIONS}/${name}`)
  // The server would look for objects again and again before it lets go; there are none left.
  await kube.call('PATCH', `${DEFINITIONS}/${name}`, { metadata: { finalizers: null } }, { 'content-type': 'application/merge-patch+json' })
}
