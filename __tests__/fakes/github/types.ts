/** What a person may do in a repository, as GitHub names the roles. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

export type Access = 'write' | 'read' | 'none'

export type User = { readonly login: string; readonly id: number; readonly type: 'User' | 'Bot' }

/** A credential: whose it is, and what it may do. A bot's login makes it an installation's, like `GITHUB_TOKEN`. */
export type Token = {
  readonly login: string
  readonly permissions: {
    readonly issues: Access
    readonly contents: Access
    readonly metadata: Access
    /** None unless given, as in a workflow that names some permissions. */
    readonly actions?: Access
    readonly deployments?: Access
    readonly pulls?: Access
  }
}

export type Label = { readonly id: number; readonly name: string; readonly color: string; readonly description: string | null }

export type ClosedBecause = 'completed' | 'not_planned' | 'duplicate'

/** An issue or pull request as it is at a moment. Never changed in place, so an old one can still be listed. Times are RFC 3339, in seconds. */
export type Issue = {
  readonly number: number
  readonly id: number
  readonly title: string
  readonly body: string | null
  readonly state: 'open' | 'closed'
  readonly stateReason: ClosedBecause | 'reopened' | null
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  readonly user: string
  readonly locked: boolean
  readonly comments: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly closedAt: string | null
  readonly closedBy: string | null
  readonly pullRequest: boolean
}

export const REACTIONS = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const
export type ReactionContent = (typeof REACTIONS)[number]
export type Reaction = { readonly id: number; readonly user: string; readonly content: ReactionContent; readonly createdAt: string }

/** Never changed in place, like an issue. */
export type Comment = {
  readonly id: number
  readonly issue: number
  readonly user: string
  readonly body: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly reactions: readonly Reaction[]
}

/** What became of an issue that is no more: deleted, or moved to another repository, where the token may see it or not. */
export type Gone = { readonly kind: 'deleted' } | { readonly kind: 'transferred'; readonly repositoryId: number; readonly number: number }

/** What kind of change an issue went through; the lag of lists can be had for some of them. */
export type Change = 'create' | 'state' | 'edit'

/** How long lists do not show a change: for so many further list requests, or for so long; both, when both are given. */
export type Lag = { readonly lists?: number; readonly ms?: number; readonly of?: readonly Change[] }

/** What differs from repository to repository, and what GitHub is not known to do in one way only. Change it in place. */
export type Settings = {
  visibility: 'public' | 'private'
  hasIssues: boolean
  archived: boolean
  defaultBranch: string
  /** Whether a token may close an issue that is locked; reports differ, and the wording of a refusal is not known. */
  closesLocked: boolean
  /** Seconds by which a new comment's `updated_at` is later than its `created_at` although nobody edited it, which was seen. */
  commentSkew: number
  /** Requests per hour and token. */
  rateLimit: number
}
