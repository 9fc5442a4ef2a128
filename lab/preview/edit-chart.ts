import type { JsonObject, ObjectRef } from '../../src/model.ts'
import type { Kube } from '../kube.ts'
import type { Scene } from '../model.ts'
import { applyWrites, at, look } from '../places.ts'
import { nameObject } from '../read-release.ts'
import { keyOf } from '../refs.ts'
import { rename } from './freeze.ts'
import type { ChartObject, GitEdit } from './model.ts'

/** A chart after some edits in Git, and those edits that the API server takes. */
export type Edited = { readonly objects: readonly ChartObject[]; readonly made: readonly GitEdit[] }

/**
 * Makes edits to the objects of a chart. An edit after which an object could not even be created is left out: that a chart
 * is broken by itself is nobody's question here.
 */
export async function editChart(
  objects: readonly ChartObject[],
  edits: readonly GitEdit[],
  { namespace }: Scene,
  kube: Kube,
): Promise<Edited> {
  const chart = new Map(
    objects.map((one, index) => {
      const ref = nameObject(one.object, namespace, kube)
      return [ref === null ? String(index) : keyOf(ref), one] as const
    }),
  )
  const made: GitEdit[] = []
  for (const edit of edits) {
    const key = keyOf(edit.target.ref)
    const one = chart.get(key)
    if (one === undefined) continue
    if (edit.writes.some(({ path }) => path.length === 0)) {
      chart.delete(key)
      made.push(edit)
      continue
    }
    const object = applyWrites(one.object, edit.writes)
    if (isEmptied(one.object, object) || !(await isAcceptable({ ...one, object }, namespace, kube))) continue
    chart.set(key, { ...one, object })
    made.push(edit)
  }
  return { objects: [...chart.values()], made }
}

/** Out of a map that it still declares, the API server makes null when an apply takes everything, and may refuse that. */
function isEmptied(before: JsonObject, after: JsonObject): boolean {
  const countEmpty = (object: JsonObject) => JSON.stringify(object).split('{}').length
  return String(after.apiVersion).includes('example.com') && countEmpty(after) > countEmpty(before)
}

async function isAcceptable({ object }: ChartObject, namespace: string, kube: Kube): Promise<boolean> {
  const ref = nameObject(object, namespace, kube)
  const path = ref === null ? null : kube.pathOf({ ...ref, name: '' })
  if (ref === null || path === null) return false
  if (ref.kind === 'CustomResourceDefinition') return isAcceptedDefinition(ref, object, kube)
  const { status } = await kube.call('POST', `${path}?${DRY}`, rename(object, `${ref.name}-tried`))
  return status < 300
}

const DRY = 'dryRun=All&fieldValidation=Strict'

/** Its name follows from what it defines: only the one that is there can be tried. */
async function isAcceptedDefinition(ref: ObjectRef, object: JsonObject, kube: Kube): Promise<boolean> {
  const live = (await kube.get(ref)) ?? undefined
  const resourceVersion = look(live, at('metadata', 'resourceVersion'))
  if (resourceVersion === undefined) return false
  const metadata = { ...(object.metadata as JsonObject), resourceVersion }
  const { status } = await kube.call('PUT', `${kube.pathOf(ref)}?${DRY}`, { ...object, metadata })
  return status < 300
}
