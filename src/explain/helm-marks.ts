import { getAt, isObject } from '../compare/json.ts'
import { prepareObject } from '../compare/prepare.ts'
import type { Delivery, DesiredObject, JsonObject } from '../model.ts'

const RELEASE_NAME = 'meta.helm.sh/release-name'

/**
 * Adds what Helm adds to every object it applies, and what is not in the rendered manifest: a label and two annotations.
 * Helm refuses to touch an object that lost them. CRDs from `crds/` go without them.
 *
 * @see https://helm.sh/docs/topics/charts_tips_and_tricks/
 */
export function markAsHelms(object: JsonObject, target: { readonly release: string; readonly namespace: string }): JsonObject {
  const metadata = isObject(object.metadata) ? object.metadata : {}
  const annotations = {
    ...(isObject(metadata.annotations) ? metadata.annotations : {}),
    [RELEASE_NAME]: target.release,
    'meta.helm.sh/release-namespace': target.namespace,
  }
  const labels = { ...(isObject(metadata.labels) ? metadata.labels : {}), 'app.kubernetes.io/managed-by': 'Helm' }
  return { ...object, metadata: { ...metadata, annotations, labels } }
}

/** Whether a live object says that it is this release's: enough where a saved state has no record of who wrote it. */
export function isMarked(live: JsonObject, release: string): boolean {
  return getAt(live, [{ field: 'metadata' }, { field: 'annotations' }, { field: RELEASE_NAME }]) === release
}

/**
 * Gives what brings a rendered object into the form that its live object is compared in: prepared, and with Helm's marks
 * where Helm would set them.
 * @param live prepared
 */
export function choosePreparation(
  target: { readonly release: string; readonly namespace: string },
  { fromCrds }: DesiredObject,
  live: JsonObject,
  delivery: Delivery,
): (rendered: JsonObject) => JsonObject {
  const marked = !fromCrds && (delivery.startsWith('helm-') || isMarked(live, target.release))
  return (rendered) => prepareObject(marked ? markAsHelms(rendered, target) : rendered)
}
