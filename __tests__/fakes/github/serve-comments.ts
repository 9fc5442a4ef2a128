import { answer, refuse } from './answers.ts'
import { addComment, addReaction, deleteComment, editComment } from './changes.ts'
import { findComment, findIssue, type Operations } from './context.ts'
import { refuseTooLong } from './limits.ts'
import { answerPage } from './pages.ts'
import { refuseOtherComments } from './permit.ts'
import { renderComment, renderReaction } from './render-issue.ts'
import type { Repository } from './repository.ts'
import type { Comment, Issue, ReactionContent } from './types.ts'

/** What is asked of comments and reactions to them. */
export const COMMENT_OPERATIONS: Operations = {
  'issues/list-comments': {
    needs: 'read comments',
    run(context) {
      const { repository, query, base } = context
      const since = query.since === undefined ? null : Date.parse(String(query.since))
      const comments = repository.commentsOf(findIssue(context).number)
      const kept = comments.filter((comment) => since === null || Date.parse(comment.updatedAt) >= since)
      return answerPage(context, kept, (comment) => renderComment(repository, comment, base))
    },
  },
  'issues/create-comment': {
    needs: 'write comments',
    run(context) {
      const { repository, token, body, base } = context
      const issue = findIssue(context)
      refuseOtherComments(token, issue)
      if (issue.locked) refuse(403, 'Unable to create comment because issue is locked.')
      refuseTooLong('IssueComment', body)
      const rendered = renderComment(repository, addComment(repository, token.login, issue, String(body.body)), base)
      return answer(201, rendered, { location: rendered.url })
    },
  },
  'issues/get-comment': {
    needs: 'read comments',
    run: (context) => answer(200, renderComment(context.repository, findComment(context), context.base)),
  },
  'issues/update-comment': {
    needs: 'write comments',
    run(context) {
      const { repository, token, body, base } = context
      const comment = findComment(context)
      refuseOtherComments(token, issueOf(repository, comment))
      refuseTooLong('IssueComment', body)
      return answer(200, renderComment(repository, editComment(repository, comment, String(body.body)), base))
    },
  },
  'issues/delete-comment': {
    needs: 'write comments',
    run(context) {
      const { repository, token } = context
      const comment = findComment(context)
      refuseOtherComments(token, issueOf(repository, comment))
      deleteComment(repository, comment)
      return answer(204, null)
    },
  },
  'reactions/create-for-issue-comment': {
    needs: 'write issues',
    run(context) {
      const { repository, token, body, base } = context
      const { reaction, existed } = addReaction(repository, token.login, findComment(context), body.content as ReactionContent)
      return answer(existed ? 200 : 201, renderReaction(repository, reaction, base))
    },
  },
}

function issueOf(repository: Repository, { issue }: Comment): Issue {
  return repository.issues.get(issue) ?? refuse(404, 'Not Found')
}
