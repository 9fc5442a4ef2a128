/** The words of triage from the tracker: what people wrote, what was understood, and what became of it. Plain data. */
import type { AcceptanceRecord } from '../memory/model.ts'

/** The longest that a difference can be accepted for, in days. */
export const LONGEST_DAYS = 90

/** Which findings a command is about. `only`: it names none, so it means the only one that there is. */
export type Which = 'all' | 'only' | readonly string[]
/** When an acceptance ends, as written: hours after the comment, or the last day (UTC) on which it holds, `YYYY-MM-DD`. */
export type End = { readonly hours: number } | { readonly day: string }

/** One line that starts with `/drift`. `text` is that line as written: hostile. Ids are prefixes in lower case, without repeats. */
export type Command =
  | { readonly type: 'accept'; readonly text: string; readonly which: Which; readonly end: End; readonly because: string }
  | { readonly type: 'unaccept'; readonly text: string; readonly which: Which }
  | { readonly type: 'recheck'; readonly text: string }
  | { readonly type: 'help'; readonly text: string }
  | Mistyped
/** A command that was not understood. All texts may hold words of the person: hostile. */
export type Mistyped = {
  readonly type: 'mistyped'
  readonly text: string
  /** What is wrong, as a sentence. */
  readonly problem: string
  /** What would be understood, as a sentence. */
  readonly hint: string
  /** The whole line to write instead, where it can be told. Words in capitals stand for the person's own. */
  readonly instead: string | null
}

/** A comment on an issue, as GitHub's REST API gives it. */
export type IssueComment = {
  readonly id: number
  readonly url: string
  /** GitHub login. */
  readonly author: string
  /** What the API says of the author's account; a login that ends with `[bot]` is one in any case. */
  readonly isBot?: boolean
  /** Whether GitHub says that the author belongs to the repository. It says nothing about rights, only whom to ask about first. */
  readonly isMember?: boolean
  readonly body: string
  /** RFC 3339. */
  readonly createdAt: string
  /** RFC 3339. Much later than `createdAt` where the comment was edited. */
  readonly updatedAt: string
}
/** Whether a login may write to the repository; `unknown` when that could not be asked. */
export type WriteAccess = 'yes' | 'no' | 'unknown'

/** A finding by its id; `fact` is null when the issue does not show it any more. Facts are text from a cluster: hostile. */
export type NamedFinding = { readonly id: string; readonly fact: string | null }
/** What became of one command. All its texts are hostile. */
export type Answer = {
  readonly comment: Pick<IssueComment, 'id' | 'url' | 'author' | 'createdAt'>
} & (
  | {
      readonly type: 'accepted'
      /** What the command covered. */
      readonly findings: readonly NamedFinding[]
      /** RFC 3339. */
      readonly until: string
      readonly because: string
      /** Where it stands now. `ended`: withdrawn or replaced since; `partly`: that is so for some of it. */
      readonly standing: 'in-force' | 'partly' | 'ended' | 'expired'
      /** False when the author's access could not be asked, so that only what was granted before still holds. */
      readonly verified: boolean
    }
  | { readonly type: 'unaccepted'; readonly findings: readonly NamedFinding[]; readonly verified: boolean }
  | { readonly type: 'recheck' }
  | { readonly type: 'help' }
  /** `candidates` are the findings that the person may have meant. */
  | ({ readonly candidates: readonly NamedFinding[] } & Mistyped)
  /** The author may not write to the repository, so nothing was done. */
  | { readonly type: 'no-write-access' }
  /** It could not be asked whether the author may, and nothing was granted before. */
  | { readonly type: 'access-unknown' }
  | { readonly type: 'edited' }
  /** It was judged by an earlier run, and nothing of it holds (any more): it was refused then, has ended since, or ended others. */
  | { readonly type: 'settled'; readonly text: string }
)

/** Why something that was accepted at the last run is so no more. `not-said`: the comment, as it is now read, does not say it. */
export type EndedWhy = 'expired' | 'withdrawn' | 'comment-edited' | 'comment-deleted' | 'no-write-access' | 'not-said'
/** What of a record is in force no more: `record.ids` are only those. */
export type EndedAcceptance = { readonly record: AcceptanceRecord; readonly why: EndedWhy }

/** The reaction that a comment gets. */
export type Reaction = '+1' | 'eyes' | 'confused'
