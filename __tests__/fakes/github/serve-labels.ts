import { answer, refuse } from './answers.ts'
import { patchIssue } from './changes.ts'
import { type Context, findIssue, type Operations } from './context.ts'
import { refuseLabels } from './limits.ts'
import { answerPage } from './pages.ts'
import { renderLabel } from './render-issue.ts'
import { namesOf } from './serve-issues.ts'
import type { Issue } from './types.ts'

/** What is asked of labels. */
export const LABEL_OPERATIONS: Operations = {
  'issues/add-labels': {
    needs: 'write issues',
    run(context) {
      const { repository, token, body } = context
      const issue = findIssue(context)
      const labels = [...issue.labels, ...namesOf((body.labels ?? []) as readonly string[])]
      refuseLabels(labels)
      return answerLabels(context, patchIssue(repository, token.login, issue, { labels }))
    },
  },
  'issues/remove-label': {
    needs: 'write issues',
    run(context) {
      const { repository, token, params } = context
      const issue = findIssue(context)
      const name = decodeURIComponent(params.name ?? '').toLowerCase()
      const labels = issue.labels.filter((one) => one.toLowerCase() !== name)
      if (labels.length === issue.labels.length) refuse(404, 'Label does not exist')
      return answerLabels(context, patchIssue(repository, token.login, issue, { labels }))
    },
  },
  'issues/list-labels-for-repo': {
    needs: 'read issues',
    run(context) {
      const { repository, base } = context
      return answerPage(context, [...repository.labels.values()], (label) => renderLabel(repository, label.name, base))
    },
  },
}

function answerLabels({ repository, base }: Context, issue: Issue) {
  return answer(
    200,
    issue.labels.map((name) => renderLabel(repository, name, base)),
  )
}
