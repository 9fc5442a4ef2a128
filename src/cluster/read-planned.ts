import type { JsonObject, Note, Reading } from '../model.ts'
import { toObject, toText } from '../shapes.ts'
import type { ClusterClient } from './client.ts'
import { getObject, listObjects } from './fetch.ts'
import type { PlannedRead } from './plan.ts'
import { formatMissingRule } from './rbac-rule.ts'

/** What one planned read gave: a reading per wanted name, and every object of the LIST when there was one. */
export type ReadResult = {
  readonly readings: ReadonlyMap<string, Reading>
  readonly listed: readonly JsonObject[]
  /** The server's own warnings, such as a deprecated version. */
  readonly warnings: readonly string[]
  readonly notes: readonly Note[]
}
type NamedReading = { readonly reading: Reading; readonly warnings: readonly string[] }

/**
 * Carries out a planned read. A refused LIST is tried by name and a refused GET as a LIST of one name: RBAC may allow either alone.
 * Only when both are refused is the object unreadable, with the rule that is missing.
 */
export async function readPlanned(client: ClusterClient, plan: PlannedRead): Promise<ReadResult> {
  if (plan.by === 'get') return readByName(client, plan, [])
  const listing = await listObjects(client, plan.resource, plan.namespace)
  if (listing.outcome === 'listed') {
    const byName = new Map(listing.items.map((item) => [toText(toObject(item.metadata).name) ?? '', item]))
    const readings = plan.names.map((name): [string, Reading] => {
      const object = byName.get(name)
      return [name, object === undefined ? { outcome: 'missing' } : { outcome: 'found', object }]
    })
    return { readings: new Map(readings), listed: listing.items, warnings: listing.warnings, notes: [] }
  }
  if (listing.outcome !== 'unusable') return readByName(client, plan, [noteNoList(plan, WHY_NO_LIST[listing.outcome])])
  const notes =
    plan.names.length === 0 ? [noteNoList(plan, 'detail' in listing.reading ? listing.reading.detail : listing.reading.outcome)] : []
  return { readings: new Map(plan.names.map((name) => [name, listing.reading])), listed: [], warnings: [], notes }
}

const WHY_NO_LIST = {
  forbidden: 'the credential may not list them',
  expired: 'the list kept expiring while it was read',
  'too-large': 'the list is too large',
} as const

async function readByName(client: ClusterClient, plan: PlannedRead, notes: readonly Note[]): Promise<ReadResult> {
  const results = await Promise.all(
    plan.names.map(async (name): Promise<[string, NamedReading]> => [name, await readOne(client, plan, name)]),
  )
  return {
    readings: new Map(results.map(([name, { reading }]) => [name, reading])),
    listed: [],
    warnings: results.flatMap(([, { warnings }]) => warnings),
    notes,
  }
}

async function readOne(client: ClusterClient, plan: PlannedRead, name: string): Promise<NamedReading> {
  const got = await getObject(client, plan.resource, plan.namespace, name)
  if (got.outcome === 'read') return got
  const listing = await listObjects(client, plan.resource, plan.namespace, `fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`)
  if (listing.outcome === 'listed') {
    // Some API servers ignore a fieldSelector they do not support, so the name is looked at again.
    const object = listing.items.find((item) => toObject(item.metadata).name === name)
    return { reading: object === undefined ? { outcome: 'missing' } : { outcome: 'found', object }, warnings: listing.warnings }
  }
  return {
    reading: { outcome: 'unreadable', reason: 'forbidden', detail: got.detail, remedy: formatMissingRule(neededRule(plan)) },
    warnings: [],
  }
}

/** The least that would do. `list` would show every Secret of the namespace, so those are asked for by name. */
function neededRule(plan: PlannedRead): Parameters<typeof formatMissingRule>[0] {
  const { resource, namespace } = plan
  if (resource.kind === 'Secret' && resource.apiVersion === 'v1') return { resource, namespace, verbs: ['get'], names: plan.names }
  return { resource, namespace, verbs: plan.by === 'list' ? ['get', 'list'] : ['get'] }
}

/** Without a LIST, objects beyond the rendered ones cannot be seen: a reader must know. */
function noteNoList({ resource, namespace }: PlannedRead, why: string): Note {
  const place = namespace === null ? '' : ` in namespace ${namespace}`
  return {
    kind: 'extra-objects-unseen',
    message: `Objects of kind ${resource.kind}${place} that the chart does not render could not be looked for: ${why}.`,
  }
}
