import type { TrackedIssue } from '../issues/model.ts'
import { parseBody } from '../memory/marker.ts'
import type { IssueComment, Reaction } from '../triage/model.ts'
import { isSelf } from './is-self.ts'
import { type OctokitOptions, openOctokit } from './open-octokit.ts'
import { explainRefusal, RefusalError, refuseAnswer } from './refusal.ts'

export type Repository = { readonly isPublic: boolean; readonly hasIssues: boolean; readonly defaultBranch: string }
export type IssueQuery = { readonly state: 'open' | 'closed'; readonly creator?: string; readonly label?: string }
export type IssueEdit = {
  readonly title?: string
  readonly body?: string
  readonly state?: 'open' | 'closed'
  readonly state_reason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened'
}
export type NewIssue = {
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
}

/** The repository's issues, as far as they are ours. Every function throws RefusalError. */
export type Tracker = {
  /** The login that our issues and comments carry. */
  readonly readSelf: () => Promise<string>
  readonly readRepository: () => Promise<Repository>
  /** Ours by author and marker; `complete` is false where there are more pages than are read. */
  readonly listIssues: (
    self: string,
    query: IssueQuery,
  ) => Promise<{ readonly issues: readonly TrackedIssue[]; readonly complete: boolean }>
  /** Null where it is not ours, was deleted or was moved away. */
  readonly readIssue: (self: string, number: number) => Promise<TrackedIssue | null>
  readonly listComments: (number: number) => Promise<{ readonly comments: readonly IssueComment[]; readonly complete: boolean }>
  readonly mayWrite: (login: string) => Promise<boolean>
  readonly createIssue: (issue: NewIssue) => Promise<{ readonly number: number; readonly url: string }>
  readonly editIssue: (number: number, edit: IssueEdit) => Promise<void>
  readonly createComment: (number: number, body: string) => Promise<{ readonly id: number; readonly url: string }>
  readonly editComment: (id: number, body: string) => Promise<void>
  /** Nothing happens where it is gone already. */
  readonly deleteComment: (id: number) => Promise<void>
  readonly addLabels: (number: number, labels: readonly string[]) => Promise<void>
  readonly removeLabel: (number: number, label: string) => Promise<void>
  readonly react: (comment: number, reaction: Reaction) => Promise<void>
  /** REST requests sent so far. */
  readonly countCalls: () => number
}

const PAGE = 100
/** Pages of a list that are read: a thousand issues of one author, or comments of one issue. */
const MOST_PAGES = 10
/** Writes are never sent again blindly. */
const ONCE = { request: { retries: 0 } }

/** Opens the issues of a repository over GitHub's REST API. Nothing is sent yet. */
export function openTracker(place: { readonly owner: string; readonly repo: string }, options: OctokitOptions): Tracker {
  const { octokit, countCalls } = openOctokit(options)
  const { owner, repo } = place
  const { rest } = octokit
  const isOurs = (issue: ApiIssue, self: string) => issue.pull_request === undefined && isSelf(issue.user?.login, self)

  async function readPages<Item>(readPage: (page: number) => Promise<{ readonly data: readonly Item[] }>) {
    const items: Item[] = []
    for (let page = 1; page <= MOST_PAGES; page++) {
      const { data } = await refuse(() => readPage(page))
      // A page for people, from a proxy in between, must not be taken for an empty list: what is there would be filed again.
      if (!Array.isArray(data)) throw refuseAnswer()
      items.push(...data)
      if (data.length < PAGE) return { items, complete: true }
    }
    return { items, complete: false }
  }

  return {
    readSelf: async () => {
      // GET /user is refused for the tokens of workflows and apps; this one query answers for all kinds of token.
      const { viewer } = await refuse(() => octokit.graphql<{ readonly viewer: { readonly login: string } }>('{ viewer { login } }'))
      return viewer.login
    },
    readRepository: async () => {
      const { data } = await refuse(() => rest.repos.get({ owner, repo }))
      if (typeof data.has_issues !== 'boolean') throw refuseAnswer()
      return {
        isPublic: data.visibility === undefined ? !data.private : data.visibility === 'public',
        hasIssues: data.has_issues,
        defaultBranch: data.default_branch,
      }
    },
    listIssues: async (self, { state, creator, label }) => {
      const query = {
        owner,
        repo,
        state,
        per_page: PAGE,
        ...(creator === undefined ? {} : { creator }),
        ...(label === undefined ? {} : { labels: label }),
      }
      const { items, complete } = await readPages((page) => rest.issues.listForRepo({ ...query, page }))
      return { issues: items.filter((issue) => isOurs(issue, self)).flatMap(toTracked), complete }
    },
    readIssue: async (self, issue_number) => {
      try {
        const { data } = await refuse(() => rest.issues.get({ owner, repo, issue_number }))
        if (typeof data.number !== 'number') throw refuseAnswer()
        return isOurs(data, self) ? (toTracked(data)[0] ?? null) : null
      } catch (error) {
        if (['gone', 'not-found'].includes(explainRefusal(error).kind)) return null
        throw error
      }
    },
    listComments: async (issue_number) => {
      const { items, complete } = await readPages((page) => rest.issues.listComments({ owner, repo, issue_number, per_page: PAGE, page }))
      return { comments: items.map(toComment), complete }
    },
    mayWrite: async (username) => {
      try {
        const { data } = await refuse(() => rest.repos.getCollaboratorPermissionLevel({ owner, repo, username }))
        // `maintain` is told as write, `triage` as read. https://docs.github.com/rest/collaborators/collaborators
        return data.permission === 'admin' || data.permission === 'write'
      } catch (error) {
        if (explainRefusal(error).kind === 'not-found') return false
        throw error
      }
    },
    createIssue: async ({ title, body, labels, assignees }) => {
      const { data } = await refuse(() =>
        rest.issues.create({ owner, repo, title, body, labels: [...labels], assignees: [...assignees], ...ONCE }),
      )
      if (typeof data.number !== 'number') throw refuseAnswer()
      return { number: data.number, url: data.html_url }
    },
    editIssue: async (issue_number, edit) => {
      await refuse(() => rest.issues.update({ owner, repo, issue_number, ...edit, ...ONCE }))
    },
    createComment: async (issue_number, body) => {
      const { data } = await refuse(() => rest.issues.createComment({ owner, repo, issue_number, body, ...ONCE }))
      if (typeof data.id !== 'number') throw refuseAnswer()
      return { id: data.id, url: data.html_url }
    },
    editComment: async (comment_id, body) => {
      await refuse(() => rest.issues.updateComment({ owner, repo, comment_id, body, ...ONCE }))
    },
    deleteComment: async (comment_id) => {
      try {
        await refuse(() => rest.issues.deleteComment({ owner, repo, comment_id, ...ONCE }))
      } catch (error) {
        // Another run was quicker.
        if (explainRefusal(error).kind !== 'not-found') throw error
      }
    },
    addLabels: async (issue_number, labels) => {
      await refuse(() => rest.issues.addLabels({ owner, repo, issue_number, labels: [...labels], ...ONCE }))
    },
    removeLabel: async (issue_number, name) => {
      try {
        await refuse(() => rest.issues.removeLabel({ owner, repo, issue_number, name, ...ONCE }))
      } catch (error) {
        // Somebody was quicker.
        if (explainRefusal(error).kind !== 'not-found') throw error
      }
    },
    react: async (comment_id, content) => {
      await refuse(() => rest.reactions.createForIssueComment({ owner, repo, comment_id, content, ...ONCE }))
    },
    countCalls,
  }
}

type ApiIssue = {
  readonly number: number
  readonly html_url: string
  readonly state: string
  readonly state_reason?: string | null | undefined
  readonly closed_at: string | null
  readonly title: string
  readonly body?: string | null | undefined
  readonly locked: boolean
  readonly labels: readonly (string | { readonly name?: string | null | undefined })[]
  readonly comments: number
  readonly user: { readonly login: string } | null
  readonly pull_request?: unknown
}

function toTracked(issue: ApiIssue): readonly TrackedIssue[] {
  const parts = parseBody(issue.body ?? '')
  if (parts === null) return []
  const reason = (['completed', 'not_planned', 'duplicate', 'reopened'] as const).find((one) => one === issue.state_reason) ?? null
  return [
    {
      ...{
        number: issue.number,
        url: issue.html_url,
        state: issue.state === 'open' ? 'open' : 'closed',
        reason,
        closedAt: issue.closed_at,
      },
      ...{ title: issue.title, locked: issue.locked, comments: issue.comments, parts },
      labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    },
  ]
}

function toComment(comment: {
  readonly id: number
  readonly html_url: string
  readonly user: { readonly login: string; readonly type?: string } | null
  readonly body?: string | undefined
  readonly created_at: string
  readonly updated_at: string
  readonly author_association?: string
}): IssueComment {
  const { id, html_url: url, user, body = '', created_at: createdAt, updated_at: updatedAt, author_association: association = '' } = comment
  const isMember = ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association)
  return { id, url, author: user?.login ?? '', isBot: user?.type === 'Bot', isMember, body, createdAt, updatedAt }
}

async function refuse<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw new RefusalError(explainRefusal(error))
  }
}
