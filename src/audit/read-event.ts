import { type AuditEvent, isComponent } from '../explain/acts/audit-event.ts'

/** What is looked for: nothing else is kept. */
export type Wanted = {
  /** Objects without a namespace are wanted, too. */
  readonly namespaces: ReadonlySet<string>
  /** RFC 3339; null: as far as the log goes. */
  readonly since: string | null
}
/** What one JSON text is: a change that may matter, an event that does not, or no event at all. */
export type ReadEvent =
  | { readonly is: 'change'; readonly event: AuditEvent; readonly time: string; readonly id: string }
  | { readonly is: 'other'; readonly time: string | null }
  | { readonly is: 'broken' }

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete', 'deletecollection'])
/** What Kubernetes writes all day long, and no chart's object. */
const CHATTER: ReadonlySet<string> = new Set(['events', 'leases', 'tokenreviews', 'subjectaccessreviews', 'endpointslices'])
/** Writes through these change no declared field. */
const ASIDE: ReadonlySet<string> = new Set(['status', 'binding', 'eviction', 'exec', 'attach', 'portforward', 'log', 'proxy', 'token'])
/** Longer texts come from nobody who wants to be understood. */
const LONGEST_TEXT = 512

type Fields = { readonly [name: string]: unknown }

/**
 * Reads one event of audit.k8s.io/v1. Bodies are not kept; that of a deletion is asked whether it is a dry run.
 *
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
export function readEvent(text: string, wanted: Wanted): ReadEvent {
  const event = parse(text)
  if (event === null || (event.kind !== 'Event' && event.kind !== 'EventList')) return { is: 'broken' }
  const [received, answered] = [readTime(event.requestReceivedTimestamp), readTime(event.stageTimestamp)]
  const user = readText(asMap(event.user).username)
  if (event.kind === 'EventList') return { is: 'other', time: null }
  if (received === null) return { is: 'broken' }
  const other = { is: 'other', time: received } as const
  const verb = readText(event.verb) ?? ''
  const object = asMap(event.objectRef)
  if (!WRITES.has(verb) || event.stage !== 'ResponseComplete' || event.objectRef === undefined || !hasSucceeded(event)) return other
  // Whoever is refused may have no name; whoever changes something has one.
  if (user === null) return { is: 'broken' }
  const [resource, subresource] = [readText(object.resource) ?? '', readText(object.subresource)]
  const namespace = readText(object.namespace) ?? ''
  if (CHATTER.has(resource) || ASIDE.has(subresource ?? '') || !(namespace === '' || wanted.namespaces.has(namespace))) return other
  const parameters = readParameters(event.requestURI)
  if (isDryRun(event, parameters)) return other
  if (wanted.since !== null && Date.parse(answered ?? received) < Date.parse(wanted.since)) return other
  const impersonated = readText(asMap(event.impersonatedUser).username)
  if (isComponent(impersonated ?? user)) return other
  return {
    is: 'change',
    time: received,
    id: `${readText(event.auditID) ?? text.length}`,
    event: {
      received,
      answered: answered ?? received,
      verb: verb as AuditEvent['verb'],
      user: impersonated ?? user,
      impersonatedBy: impersonated === null ? null : user,
      userAgent: readText(event.userAgent),
      sources: Array.isArray(event.sourceIPs) ? event.sourceIPs.slice(0, 8).flatMap((one) => readText(one) ?? []) : [],
      fieldManager: parameters.get('fieldManager')?.slice(0, LONGEST_TEXT) || null,
      object: { group: readText(object.apiGroup) ?? '', resource, subresource, namespace, name: readText(object.name) ?? '' },
    },
  }
}

function parse(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : null
  } catch {
    // Whoever asks counts it.
    return null
  }
}

function asMap(value: unknown): Fields {
  return value !== null && typeof value === 'object' ? (value as Fields) : {}
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_TEXT) : null
}

function readTime(value: unknown): string | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

function hasSucceeded(event: Fields): boolean {
  const { code } = asMap(event.responseStatus)
  return typeof code === 'number' && code >= 200 && code < 300
}

function readParameters(uri: unknown): URLSearchParams {
  const query = typeof uri === 'string' ? uri.indexOf('?') : -1
  return new URLSearchParams(query === -1 ? '' : (uri as string).slice(query + 1))
}

/** In the address, or, for a deletion, in the body, which is in the log only where its policy asks for bodies. */
function isDryRun(event: Fields, parameters: URLSearchParams): boolean {
  const { dryRun } = asMap(event.requestObject)
  return parameters.has('dryRun') || (String(event.verb).startsWith('delete') && Array.isArray(dryRun) && dryRun.length > 0)
}
