import { type FieldError, refuseFields } from './answers.ts'
import type { Repository } from './repository.ts'

/** What GitHub refuses although its description does not say so. Lengths in UTF-16 units. The wording for too many is not known. */
const LIMITS = { title: 256, body: 65_536, label: 50, labels: 100, assignees: 10 }

/** Properties of a new or changed issue or comment, as they were sent. */
type Sent = { readonly [name: string]: unknown }

/**
 * Holds a title and body against the limits.
 * @throws Refused with 422
 */
export function refuseTooLong(resource: 'Issue' | 'IssueComment', sent: Sent): void {
  const errors = [...tooLong(resource, 'title', sent.title, LIMITS.title), ...tooLong(resource, 'body', sent.body, LIMITS.body)]
  if (resource === 'IssueComment' && typeof sent.body === 'string' && sent.body.trim() === '') errors.push(blank(resource, 'body'))
  if (typeof sent.title === 'string' && sent.title.trim() === '') errors.push(blank(resource, 'title'))
  if (errors.length > 0) refuseFields(...errors)
}

/**
 * Holds all labels that an issue would have against the limits.
 * @throws Refused with 422
 */
export function refuseLabels(names: readonly string[]): void {
  const errors = names.flatMap((name) => tooLong('Label', 'name', name, LIMITS.label))
  if (names.some((name) => name.trim() === '')) errors.push(blank('Label', 'name'))
  if (names.length > LIMITS.labels)
    errors.push({ resource: 'Issue', field: 'labels', code: 'custom', message: `too many labels (maximum is ${LIMITS.labels})` })
  if (errors.length > 0) refuseFields(...errors)
}

/**
 * Only collaborators can be assigned.
 * @throws Refused with 422
 */
export function refuseAssignees(repository: Repository, logins: readonly string[]): void {
  const unknown = logins.filter(
    (login) => (repository.collaborators.get(login.toLowerCase()) ?? 'none') === 'none' && login !== repository.owner,
  )
  const errors: FieldError[] = unknown.map((value) => ({ value, resource: 'Issue', field: 'assignees', code: 'invalid' }))
  if (logins.length > LIMITS.assignees)
    errors.push({ resource: 'Issue', field: 'assignees', code: 'custom', message: `cannot be more than ${LIMITS.assignees}` })
  if (errors.length > 0) refuseFields(...errors)
}

function tooLong(resource: string, field: string, value: unknown, maximum: number): FieldError[] {
  if (typeof value !== 'string' || value.length <= maximum) return []
  return [{ resource, field, code: 'custom', message: `${field} is too long (maximum is ${maximum} characters)` }]
}

function blank(resource: string, field: string): FieldError {
  return { resource, field, code: 'missing_field' }
}
