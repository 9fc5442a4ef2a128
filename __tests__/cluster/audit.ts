// What the API server wrote down about who did what.

import { readFile } from 'node:fs/promises'

/** One request, as the audit log has it. Requests for no object, such as discovery, have an empty resource. */
export interface AuditEntry {
  readonly verb: string
  readonly resource: string
  readonly subresource: string
  readonly namespace: string
  readonly name: string
  /** The HTTP status of the answer. */
  readonly code: number
  readonly path: string
}

interface AuditEvent {
  readonly auditID: string
  readonly verb: string
  readonly requestURI: string
  readonly user: { readonly username: string }
  readonly objectRef?: { readonly resource?: string; readonly subresource?: string; readonly namespace?: string; readonly name?: string }
  readonly responseStatus?: { readonly code?: number }
}

/**
 * Reads all requests of one user, in the order of their beginning to be answered.
 * @param auditLog the file, of a control plane that may still be writing
 * @param user the full user name, such as `plumbline-reader`
 */
export async function readAuditEntries(auditLog: string, user: string): Promise<AuditEntry[]> {
  const text = await readFile(auditLog, 'utf8')
  const events = new Map<string, AuditEvent>()
  // The last line may be half written. A watch is there twice, when it begins and when it ends: it is one request.
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    if (line === '') continue
    const event: AuditEvent = JSON.parse(line)
    if (event.user.username === user) events.set(event.auditID, event)
  }
  return [...events.values()].map((event) => ({
    verb: event.verb,
    resource: event.objectRef?.resource ?? '',
    subresource: event.objectRef?.subresource ?? '',
    namespace: event.objectRef?.namespace ?? '',
    name: event.objectRef?.name ?? '',
    code: event.responseStatus?.code ?? 0,
    path: event.requestURI,
  }))
}
