/** A change in the API server's audit log, as far as it takes to say who made it. No body is ever kept. */
export type AuditEvent = {
  /** RFC 3339: when the request arrived, and when it was answered. */
  readonly received: string
  readonly answered: string
  readonly verb: 'create' | 'update' | 'patch' | 'delete' | 'deletecollection'
  /** In whose name it was made. */
  readonly user: string
  /** Who made it in that user's name; null for nobody. */
  readonly impersonatedBy: string | null
  readonly userAgent: string | null
  readonly sources: readonly string[]
  /** What the client asked to be called with `fieldManager`; null where it did not ask. */
  readonly fieldManager: string | null
  readonly object: AuditObject
}
/** `name` is empty for a whole collection, `namespace` for what has none. */
export type AuditObject = {
  readonly group: string
  readonly resource: string
  readonly subresource: string | null
  readonly namespace: string
  readonly name: string
}

/**
 * The name under which the API server records a write: what the client asked for, else its user agent up to the slash.
 *
 * @returns null where neither is in the log
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers
 */
export function nameWriter({ fieldManager, userAgent }: Pick<AuditEvent, 'fieldManager' | 'userAgent'>): string | null {
  return fieldManager ?? userAgent?.split('/')[0] ?? null
}

/** `system:` names that people and pipelines do use: the administrator of k3s and OpenShift, nobody in particular, service accounts. */
const CORE = /^system:(?!admin$|anonymous$|serviceaccount:)/

/** Whether a user is one of Kubernetes' own components, which write all day long. */
export function isComponent(user: string): boolean {
  return CORE.test(user)
}

/** The same, with the controllers that run as service accounts. One elsewhere may be a pipeline, or a person with its token. */
export function isPartOfKubernetes(user: string): boolean {
  return isComponent(user) || user.startsWith('system:serviceaccount:kube-system:')
}
