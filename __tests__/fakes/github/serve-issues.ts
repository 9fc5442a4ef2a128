import { answer, refuse, refuseFields } from './answers.ts'
import { addIssue, type IssuePatch, patchIssue } from './changes.ts'
import { type Context, findIssue, type Operations, refuseDisabled } from './context.ts'
import { filterIssues } from './filter-issues.ts'
import { refuseAssignees, refuseLabels, refuseTooLong } from './limits.ts'
import { NotServed } from './not-served.ts'
import { answerPage } from './pages.ts'
import { renderIssue } from './render-issue.ts'

/** Properties that GitHub knows and this fake does nothing with. */
const LEFT_OUT = ['milestone', 'type', 'issue_field_values', 'assignee', 'duplicate_issue_id']

/** What is asked of issues. */
export const ISSUE_OPERATIONS: Operations = {
  'issues/list-for-repo': {
    needs: 'read issues',
    run(context) {
      const { repository, query, base } = context
      refuseDisabled(repository)
      return answerPage(context, filterIssues(repository.listIssues(), query), (issue) => renderIssue(repository, issue, base))
    },
  },
  'issues/create': {
    needs: 'write issues',
    run(context) {
      const { repository, token, body, base } = context
      refuseDisabled(repository)
      const { labels = [], assignees = [], title } = readChange(context)
      const issue = addIssue(repository, token.login, {
        title: String(title),
        body: (body.body ?? null) as string | null,
        labels,
        assignees,
      })
      const rendered = renderIssue(repository, issue, base)
      return answer(201, rendered, { location: rendered.url })
    },
  },
  'issues/get': {
    needs: 'read issues',
    run: (context) => answer(200, renderIssue(context.repository, findIssue(context), context.base)),
  },
  'issues/update': {
    needs: 'write issues',
    run(context) {
      const { repository, token, base } = context
      const issue = findIssue(context)
      const patch = readChange(context)
      if (issue.locked && patch.state === 'closed' && issue.state === 'open' && !repository.settings.closesLocked) {
        refuse(403, 'Unable to close issue because issue is locked.')
      }
      return answer(200, renderIssue(repository, patchIssue(repository, token.login, issue, patch), base))
    },
  },
}

/** What a body asks for, within GitHub's limits. A title of null changes nothing, and one may be a number. */
function readChange({ repository, body }: Context): IssuePatch {
  const leftOut = LEFT_OUT.filter((name) => body[name] !== undefined)
  if (leftOut.length > 0) throw new NotServed(`The fake GitHub does nothing with ${leftOut.join(', ')} of an issue.`)
  refuseTooLong('Issue', body)
  const labels = body.labels === undefined ? undefined : namesOf(body.labels as readonly Named[])
  const assignees = body.assignees === undefined ? undefined : loginsOf(body.assignees as readonly Named[])
  if (labels !== undefined) refuseLabels(labels)
  if (assignees !== undefined) refuseAssignees(repository, assignees)
  return {
    ...(body.title === undefined || body.title === null ? {} : { title: String(body.title) }),
    ...(body.body === undefined ? {} : { body: body.body as string | null }),
    ...(body.state === undefined ? {} : { state: body.state as 'open' | 'closed' }),
    ...(body.state_reason === undefined || body.state_reason === null ? {} : { stateReason: body.state_reason as 'completed' }),
    ...(labels === undefined ? {} : { labels }),
    ...(assignees === undefined ? {} : { assignees }),
  }
}

/** A label or person in a body: the name alone, or in an object. */
type Named = string | { readonly name?: string; readonly login?: string }

/** The names of labels in a body. @throws Refused with 422 for one without a name */
export function namesOf(labels: readonly Named[]): readonly string[] {
  return labels.map((label) =>
    typeof label === 'string' ? label : (label.name ?? refuseFields({ resource: 'Label', field: 'name', code: 'missing_field' })),
  )
}

function loginsOf(people: readonly Named[]): readonly string[] {
  return people.map((one) => (typeof one === 'string' ? one : (one.login ?? '')))
}
