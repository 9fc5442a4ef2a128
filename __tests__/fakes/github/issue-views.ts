import type { Change, Issue, Lag } from './types.ts'

/** A state of an issue, null for not being there, and from when on lists may show it. */
type View = { readonly issue: Issue | null; readonly fromList: number; readonly fromTime: number }

/** What lists show of issues while they lag behind. */
export class IssueViews {
  /** By number, oldest first; only of issues that some list may still show as they were. */
  readonly #views = new Map<number, View[]>()
  #lists = 0

  /** Takes note of a change. One without lag is seen at once, and so is all that happened before it. */
  note(before: Issue | null, after: Issue, change: Change, lag: Lag | null, now: number): void {
    if (lag === null || !(lag.of ?? [change]).includes(change)) {
      this.#views.delete(after.number)
      return
    }
    const views = this.#views.get(after.number) ?? [{ issue: before, fromList: 0, fromTime: 0 }]
    views.push({ issue: after, fromList: this.#lists + (lag.lists ?? 0), fromTime: now + (lag.ms ?? 0) })
    this.#views.set(after.number, views)
  }

  /** What one list request sees of these issues. */
  list(issues: ReadonlyMap<number, Issue>, now: number): readonly Issue[] {
    const seen = this.#views.size === 0 ? [...issues.values()] : [...issues.values()].flatMap((issue) => this.#see(issue, now) ?? [])
    this.#lists += 1
    return seen
  }

  #see(issue: Issue, now: number): Issue | null {
    const views = this.#views.get(issue.number)
    if (views === undefined) return issue
    const newest = views.findLastIndex((view) => view.fromList <= this.#lists && view.fromTime <= now)
    views.splice(0, Math.max(newest, 0))
    if (views.length === 1) this.#views.delete(issue.number)
    return views[0]?.issue ?? null
  }
}
