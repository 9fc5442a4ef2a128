import type { AuditQuery, ClusterInfo, ObjectRef } from '../../model.ts'
import { quoteShell } from '../../quote.ts'
import { groupOf, keyOfRef } from '../../refs.ts'
import type { AuditObject } from './audit-event.ts'
import { nameResource } from './witnesses.ts'

/** RFC 3339. Without a beginning: the last seven days; without an end: until now. */
export type QueryWindow = { readonly from: string | null; readonly to: string | null }
type Wanted = Pick<AuditObject, 'group' | 'resource' | 'namespace' | 'name'>
type Span = { readonly from: Date | null; readonly to: Date | null }

/** Around the minutes of an act: clocks differ, and a log may be dated when it arrived. */
const MARGIN = 60_000
/** More names than this make a query that nobody reads. */
const MOST_OBJECTS = 20
const WRITES = ['create', 'update', 'patch', 'delete', 'deletecollection']

/**
 * Queries for the writes to some objects, ready to run, one for each kind of log. Names are hostile text: each is written
 * as a literal of the query's language.
 */
export function writeQueries(
  objects: readonly ObjectRef[],
  window: QueryWindow,
  info: Pick<ClusterInfo, 'resources'>,
): readonly AuditQuery[] {
  const unique = new Map(objects.map((ref) => [keyOfRef(ref), ref]))
  const wanted = [...unique.values()].slice(0, MOST_OBJECTS).map(
    (ref): Wanted => ({
      group: groupOf(ref.apiVersion),
      resource: nameResource(ref, info),
      namespace: ref.namespace ?? '',
      name: ref.name,
    }),
  )
  const span: Span = { from: shift(window.from, -MARGIN), to: shift(window.to, MARGIN) }
  return [
    { where: 'Kubernetes audit log', text: forJq(wanted, span) },
    { where: 'Amazon EKS', text: forInsights(wanted, span) },
    { where: 'Google GKE', text: forCloudLogging(wanted, span) },
    { where: 'Azure AKS', text: forLogAnalytics(wanted, span) },
  ]
}

function shift(time: string | null, by: number): Date | null {
  return time === null || Number.isNaN(Date.parse(time)) ? null : new Date(Date.parse(time) + by)
}

/** JSON's escapes are understood by all four languages; what JSON leaves as it is, and a page may read as a line's end, is escaped too. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `jq` reads the API server's own log, a JSON value in each line. https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/ */
function forJq(wanted: readonly Wanted[], { from, to }: Span): string {
  const isOne = wanted.map(
    ({ group, resource, namespace, name }) =>
      `((.apiGroup // "") == ${quote(group)} and .resource == ${quote(resource)} and (.namespace // "") == ${quote(namespace)} and (.name == ${quote(name)} or (.name // "") == ""))`,
  )
  const time = '.requestReceivedTimestamp'
  const conditions = [
    '.stage == "ResponseComplete"',
    `(.verb | IN(${WRITES.map(quote).join(', ')}))`,
    '.responseStatus.code < 300',
    from === null ? `${time} >= (now - 7 * 86400 | todate)` : `${time} >= ${quote(from.toISOString())}`,
    ...(to === null ? [] : [`${time} <= ${quote(to.toISOString())}`]),
    `(.objectRef // {} | ${isOne.join(' or ')})`,
  ]
  const shown =
    '{time: .requestReceivedTimestamp, user: (.impersonatedUser.username // .user.username), by: .user.username, verb, what: .objectRef, userAgent, sourceIPs, requestURI}'
  return `jq -c ${quoteShell(`select(${conditions.join(' and ')}) | ${shown}`)} audit.log`
}

/**
 * CloudWatch Logs Insights on the log group `/aws/eks/CLUSTER/cluster`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
function forInsights(wanted: readonly Wanted[], { from, to }: Span): string {
  const isOne = wanted.map(({ resource, namespace, name }) => {
    const inNamespace = namespace === '' ? [] : [`objectRef.namespace = ${quote(namespace)}`]
    return `(${[`objectRef.resource = ${quote(resource)}`, ...inNamespace, `(objectRef.name = ${quote(name)} or verb = "deletecollection")`].join(' and ')})`
  })
  return [
    `# Log group /aws/eks/CLUSTER/cluster; time range: ${describe({ from, to })}.`,
    'fields @timestamp, user.username, impersonatedUser.username, verb, objectRef.resource, objectRef.subresource, objectRef.name, userAgent, sourceIPs.0, requestURI',
    '| filter @logStream like /^kube-apiserver-audit/ and stage = "ResponseComplete"',
    `| filter verb in [${WRITES.map(quote).join(', ')}] and responseStatus.code < 300`,
    ...(from === null ? [] : [`| filter toMillis(@timestamp) >= ${from.getTime()}`]),
    ...(to === null ? [] : [`| filter toMillis(@timestamp) <= ${to.getTime()}`]),
    `| filter ${isOne.join(' or ')}`,
    '| sort @timestamp asc',
  ].join('\n')
}

/**
 * A filter for Cloud Logging's Logs Explorer, or `gcloud logging read`.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging
 * @see https://cloud.google.com/logging/docs/view/logging-query-language
 */
function forCloudLogging(wanted: readonly Wanted[], { from, to }: Span): string {
  const names = wanted.map(({ group, resource, namespace, name }) => {
    const within = namespace === '' ? '' : `namespaces/${escapePattern(namespace)}/`
    const pattern = `^${escapePattern(group === '' ? 'core' : group)}/[^/]+/${within}${escapePattern(resource)}(/${escapePattern(name)}(/[a-z]+)?)?$`
    return `protoPayload.resourceName=~${quote(pattern)}`
  })
  return [
    `-- Time range: ${describe({ from, to })}. The account is in protoPayload.authenticationInfo.principalEmail.`,
    'resource.type="k8s_cluster"',
    'log_id("cloudaudit.googleapis.com/activity")',
    `protoPayload.methodName=~"\\\\.(${WRITES.join('|')})$"`,
    ...(from === null ? [] : [`timestamp>=${quote(from.toISOString())}`]),
    ...(to === null ? [] : [`timestamp<=${quote(to.toISOString())}`]),
    `(${names.join(' OR ')})`,
  ].join('\n')
}

/** For RE2, whose special characters these are. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/**
 * KQL for Log Analytics: the table of today's diagnostic settings, and that of older ones.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/tables/aksaudit
 * @see https://learn.microsoft.com/azure/aks/monitor-aks-reference
 */
function forLogAnalytics(wanted: readonly Wanted[], { from, to }: Span): string {
  const isOne = wanted.map(({ group, resource, namespace, name }) =>
    [
      ...[`tostring(What.apiGroup) == ${quote(group)}`, `tostring(What.resource) == ${quote(resource)}`],
      ...[`tostring(What.namespace) == ${quote(namespace)}`, `tostring(What.name) in (${quote(name)}, "")`],
    ].join(' and '),
  )
  const start = from === null ? 'ago(7d)' : `datetime(${from.toISOString()})`
  const end = to === null ? 'now()' : `datetime(${to.toISOString()})`
  return [
    'union isfuzzy=true',
    '  (AKSAudit | project Time = RequestReceivedTime, Stage, Verb, What = ObjectRef, Status = ResponseStatus, User, UserAgent, SourceIps, RequestUri),',
    '  (AzureDiagnostics | where Category in ("kube-audit", "kube-audit-admin") | extend Event = parse_json(column_ifexists("log_s", ""))',
    '  | project Time = todatetime(Event.requestReceivedTimestamp), Stage = tostring(Event.stage), Verb = tostring(Event.verb), What = Event.objectRef,',
    '    Status = Event.responseStatus, User = Event.user, UserAgent = tostring(Event.userAgent), SourceIps = Event.sourceIPs, RequestUri = tostring(Event.requestURI))',
    `| where Time between (${start} .. ${end}) and Stage == "ResponseComplete"`,
    `| where Verb in (${WRITES.map(quote).join(', ')}) and toint(Status.code) < 300`,
    `| where ${isOne.map((one) => `(${one})`).join('\n    or ')}`,
    '| project Time, User = tostring(User.username), Verb, What, UserAgent, SourceIps, RequestUri',
    '| order by Time asc',
  ].join('\n')
}

function describe({ from, to }: Span): string {
  if (from === null) return 'the last seven days'
  return to === null ? `since ${from.toISOString()}` : `${from.toISOString()} to ${to.toISOString()}`
}
