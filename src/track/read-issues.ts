import { explainRefusal } from '../github/refusal.ts'
import type { TrackedIssue } from '../issues/model.ts'
import type { Note } from '../model.ts'
import { type Access, noteRefusal } from './access.ts'

/** Our issues; null where they could not be read, and then none may be filed or changed. */
export type ReadIssues = { readonly issues: readonly TrackedIssue[] | null; readonly notes: readonly Note[] }

export const UNREAD = 'The issues cannot be read, so none is filed or changed'

/** All open issues of ours, by their author. */
export async function readOpenIssues(access: Access): Promise<ReadIssues> {
  if (!access.open) return { issues: null, notes: [access.note] }
  const { tracker, self } = access
  return refuseAsNote(async () => {
    const { issues, complete } = await tracker.listIssues(self, { state: 'open', creator: self })
    if (complete) return { issues, notes: [] }
    const message = `No issue is filed or changed: \`${self}\` has more than 1,000 open issues and pull requests here, so ours cannot be told for sure. Give Plumbline a token of its own.`
    return { issues: null, notes: [{ kind: 'too-many-issues', message }] }
  })
}

/**
 * Adds closed issues of ours. They are looked for by label, since there may be years of them.
 *
 * @param labels an undefined one stands for no label at all
 */
export async function addClosedIssues(
  access: Access,
  known: readonly TrackedIssue[] | null,
  labels: readonly (string | undefined)[],
): Promise<ReadIssues> {
  if (!access.open || known === null || labels.length === 0) return { issues: known, notes: [] }
  const { tracker, self } = access
  return refuseAsNote(async () => {
    const issues = new Map(known.map((issue) => [issue.number, issue]))
    for (const label of labels) {
      const by = label === undefined ? {} : { label }
      const closed = await tracker.listIssues(self, { state: 'closed', creator: self, ...by })
      // Should GitHub not know the creator by this name, the label still finds what was filed.
      const open = label === undefined ? { issues: [] } : await tracker.listIssues(self, { state: 'open', label })
      for (const issue of [...closed.issues, ...open.issues]) issues.set(issue.number, issue)
    }
    return { issues: [...issues.values()], notes: [] }
  })
}

async function refuseAsNote(read: () => Promise<ReadIssues>): Promise<ReadIssues> {
  try {
    return await read()
  } catch (error) {
    return { issues: null, notes: [noteRefusal(explainRefusal(error), UNREAD)] }
  }
}
