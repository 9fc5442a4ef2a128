import { addComment, addIssue, addReaction, deleteComment, editComment, type IssuePatch, type NewIssue, patchIssue } from './changes.ts'
import type { Repository } from './repository.ts'
import type { ClosedBecause, Comment, Issue, ReactionContent } from './types.ts'

/** What people do on the web page. Whether they may is not asked: a test says who does what. */
export class People {
  readonly #repository: Repository

  constructor(repository: Repository) {
    this.#repository = repository
  }

  /** Opens an issue, be it with a body that somebody forged. */
  open(login: string, issue: NewIssue): Issue {
    return addIssue(this.#repository, this.#know(login), issue)
  }

  openPullRequest(login: string, issue: NewIssue): Issue {
    return addIssue(this.#repository, this.#know(login), issue, true)
  }

  /** Edits the title or body, or sets labels and assignees to these. */
  edit(login: string, number: number, patch: Pick<IssuePatch, 'title' | 'body' | 'labels' | 'assignees'>): Issue {
    return this.#patch(login, number, patch)
  }

  label(login: string, number: number, ...names: string[]): Issue {
    return this.#patch(login, number, { labels: [...this.issue(number).labels, ...names] })
  }

  unlabel(login: string, number: number, ...names: string[]): Issue {
    const taken = names.map((name) => name.toLowerCase())
    return this.#patch(login, number, { labels: this.issue(number).labels.filter((name) => !taken.includes(name.toLowerCase())) })
  }

  close(login: string, number: number, stateReason: ClosedBecause = 'completed'): Issue {
    return this.#patch(login, number, { state: 'closed', stateReason })
  }

  reopen(login: string, number: number): Issue {
    return this.#patch(login, number, { state: 'open' })
  }

  lock(login: string, number: number): Issue {
    return this.#patch(login, number, { locked: true })
  }

  unlock(login: string, number: number): Issue {
    return this.#patch(login, number, { locked: false })
  }

  comment(login: string, number: number, body: string): Comment {
    return addComment(this.#repository, this.#know(login), this.issue(number), body)
  }

  editComment(id: number, body: string): Comment {
    return editComment(this.#repository, this.commentById(id), body)
  }

  deleteComment(id: number): void {
    deleteComment(this.#repository, this.commentById(id))
  }

  react(login: string, id: number, content: ReactionContent): void {
    addReaction(this.#repository, this.#know(login), this.commentById(id), content)
  }

  /** For ever: whoever asks for it is told that it was deleted. */
  delete(number: number): void {
    this.#remove(number)
    this.#repository.gone.set(number, { kind: 'deleted' })
  }

  /** Into another repository: whoever asks for it here is sent there, where this fake knows nothing. */
  transfer(number: number, repositoryId = 815_000_002, newNumber = 1): void {
    this.#remove(number)
    this.#repository.gone.set(number, { kind: 'transferred', repositoryId, number: newNumber })
  }

  /** @throws when there is no such issue: a mistake of the test. */
  issue(number: number): Issue {
    const issue = this.#repository.issues.get(number)
    if (issue === undefined) throw new Error(`There is no issue ${number}.`)
    return issue
  }

  /** @throws when there is no such comment: a mistake of the test. */
  commentById(id: number): Comment {
    const comment = this.#repository.comments.get(id)
    if (comment === undefined) throw new Error(`There is no comment ${id}.`)
    return comment
  }

  #patch(login: string, number: number, patch: IssuePatch): Issue {
    return patchIssue(this.#repository, this.#know(login), this.issue(number), patch)
  }

  #know(login: string): string {
    return this.#repository.addUser(login).login
  }

  #remove(number: number): void {
    this.issue(number)
    this.#repository.issues.delete(number)
    for (const comment of this.#repository.commentsOf(number)) this.#repository.comments.delete(comment.id)
  }
}
