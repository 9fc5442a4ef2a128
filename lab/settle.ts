import { setTimeout as sleep } from 'node:timers/promises'
import type { ObjectRef } from '../src/model.ts'
import type { Kube } from './kube.ts'
import { at, look } from './places.ts'

/** Only names and versions: https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

/** Waits until nobody has written to the kinds of a release for a while, or until the time is over. */
export async function waitUntilQuiet(kube: Kube, refs: readonly ObjectRef[], { quiet = 1200, most = 8000 } = {}): Promise<void> {
  const lists = [...new Set(refs.flatMap((ref) => kube.pathOf({ ...ref, name: '' }) ?? []))]
  const giveUp = Date.now() + most
  let before = ''
  let since = Date.now()
  while (Date.now() < giveUp) {
    const answers = await Promise.all(lists.map((list) => kube.call('GET', list, undefined, { accept: METADATA_ONLY })))
    const now = JSON.stringify(answers.map(({ body }) => readVersions(body)))
    if (now !== before) since = Date.now()
    else if (Date.now() - since >= quiet) return
    before = now
    await sleep(300)
  }
}

function readVersions(body: Parameters<typeof look>[0]): readonly unknown[] {
  const items = look(body, at('items'))
  return Array.isArray(items) ? items.map((item) => look(item, at('metadata', 'resourceVersion'))) : []
}
