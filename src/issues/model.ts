import type { Persistence } from '../memory/lasting.ts'
import type { BodyParts } from '../memory/marker.ts'
import type { AcceptanceRecord, TargetMemory } from '../memory/model.ts'
import type { IssueNews, TargetReport } from '../model.ts'
import type { EndOfAcceptance } from '../report/issue-comments.ts'

/** One of our issues, as GitHub has it now. Which are ours is settled before: by author and marker. */
export type TrackedIssue = {
  readonly number: number
  readonly url: string
  readonly state: 'open' | 'closed'
  readonly reason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null
  /** RFC 3339. */
  readonly closedAt: string | null
  readonly title: string
  readonly locked: boolean
  readonly labels: readonly string[]
  /** How many comments it has. */
  readonly comments: number
  readonly parts: BodyParts
}

/** One request that changes something. They are made in this order, and those of one issue stop at the first that fails. */
export type IssueStep =
  | {
      readonly type: 'file'
      readonly title: string
      readonly body: string
      readonly labels: readonly string[]
      readonly assignees: readonly string[]
    }
  | { readonly type: 'comment'; readonly number: number; readonly body: string }
  | { readonly type: 'edit'; readonly number: number; readonly title?: string; readonly body?: string; readonly state?: IssueState }
  | { readonly type: 'add-labels'; readonly number: number; readonly labels: readonly string[] }
  | { readonly type: 'remove-label'; readonly number: number; readonly label: string }
export type IssueState = 'open' | 'completed' | 'not_planned' | 'duplicate'

/** What is to happen with the issue of one target (or with the detector's), and why. */
export type IssueDecision = {
  /** Null for the detector's issue. */
  readonly target: string | null
  readonly action: IssueAction
  /** A sentence that says why, for the report. */
  readonly why: string
  /** The issue that it is about; null where there is none yet. */
  readonly issue: { readonly number: number; readonly url: string } | null
  readonly steps: readonly IssueStep[]
  /** What to remember of the target once the steps are done. */
  readonly memory: TargetMemory | null
}
export type IssueAction = Exclude<IssueNews['action'], 'failed'>

/** What all decisions of a run share. */
export type IssueSettings = {
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** RFC 3339: the time of the reading. */
  readonly at: string
  /** RFC 3339: when the issues are about to be written, which is some time after the reading. */
  readonly writingAt: string
  readonly runUrl: string | null
  readonly runId: number | null
  /** The page that lists all runs of this workflow. */
  readonly runsUrl: string | null
  readonly version: string
  /** The commit that the configuration is of. */
  readonly commit: string | null
  /** The config file that names the targets; null where inputs do. */
  readonly config: string | null
}

/** One target with everything that its decision depends on. */
export type TargetCase = {
  /** With acceptances applied, and `since` and `lasting` set. */
  readonly target: TargetReport
  readonly commit: string | null
  readonly persistence: Persistence
  /** Why this run must not speak for the target, as a sentence; null where it may. */
  readonly silent: string | null
  readonly before: TargetMemory
  readonly after: TargetMemory
  readonly ended: readonly { readonly record: AcceptanceRecord; readonly why: EndOfAcceptance }[]
  /** Those of this target, open and closed. */
  readonly issues: readonly TrackedIssue[]
  /** What Git says now at the place of a streak, as a fingerprint; undefined where nothing is known. */
  readonly desiredNow: (key: string) => string | null | undefined
}
