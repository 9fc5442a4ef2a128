/**
 * What outlives a run. The same values are kept in the issue's hidden marker and in the store between runs; the issue is
 * the stronger witness of the two.
 */

/** One finding through time. Streaks follow object and path, so a value that changes again keeps its streak. */
export type Streak = {
  /** `objectKey` and path: what the streak follows. */
  readonly key: string
  /** The finding's id when it was last seen: it changes with the live value. */
  readonly id: string
  /** RFC 3339: the reading that saw it first, in a row that no reading has broken since. */
  readonly since: string
  /** RFC 3339: when the text of the issue first showed this id, by the clock of who wrote it; null while none has. */
  readonly shownAt: string | null
  /** How many readings in a row have seen it. */
  readonly runs: number
  /** In words, to name it once it is gone: `Deployment/shop: replicas 3 → 5`. Plain text from a cluster: hostile. */
  readonly fact: string
  /** A fingerprint of what Git said at that place, to tell later whether Git or the cluster moved; null where that is secret. */
  readonly desired: string | null
  /** The same of what the cluster had. State written by earlier versions lacks it. */
  readonly live?: string | null | undefined
  /** The id that was last announced in the issue, in its first text or in a comment; null before. */
  readonly told: string | null
}

/** A decision to live with findings until a date, as read from a person's comment. It covers ids, so never another value. */
export type AcceptanceRecord = {
  readonly ids: readonly string[]
  /** GitHub login. */
  readonly by: string
  readonly because: string
  /** RFC 3339. */
  readonly at: string
  /** RFC 3339: it holds before this moment. */
  readonly until: string
  /** The comment that it stands in: without it, or once that is edited, it holds no more. */
  readonly comment: { readonly id: number; readonly url: string }
}

/** Which comments' commands were judged once and for all. What was not granted then never will be. */
export type Settled = {
  /** The highest id of a comment that was judged. Ids only rise. */
  readonly upTo: number
  /** Those below that still wait, since it could not be asked whether their authors may. */
  readonly waiting: readonly number[]
}

/** A target that could not be read, or not in full, for a while. */
export type Trouble = { readonly verdict: 'error' | 'incomplete'; readonly since: string; readonly runs: number }

/** What is remembered of one target. */
export type TargetMemory = {
  /** RFC 3339: the newest reading that this takes into account; null before the first. */
  readonly checkedAt: string | null
  /** The last complete reading without drift, and the commit that it compared with. */
  readonly clean: { readonly at: string; readonly commit: string | null } | null
  readonly streaks: readonly Streak[]
  /** There were more streaks than there was room for: one that is missing here may well have been told. */
  readonly cut?: true | undefined
  /** Those in force at the last reading. A cache: they are read from the comments again each time. */
  readonly acceptances: readonly AcceptanceRecord[]
  /** Belongs to `acceptances`: from the same replay. Null before any command. */
  readonly settled: Settled | null
  readonly trouble: Trouble | null
  /** Who read it last: the id of the workflow run, and a fingerprint of the API server's address. Null where that is not known. */
  readonly run: number | null
  readonly cluster: string | null
  /** The target's newest issue, open or closed: lists on GitHub may lag behind, and do not show what was closed. */
  readonly issue: number | null
}

export const NO_MEMORY: TargetMemory = {
  checkedAt: null,
  clean: null,
  streaks: [],
  acceptances: [],
  settled: null,
  trouble: null,
  run: null,
  cluster: null,
  issue: null,
}

/** Characters of a text that is remembered, and streaks of a target. What is longer is shortened when it is written, or could not be read back. */
export const MOST_TEXT = 2000
export const MOST_STREAKS = 20_000

/** More than the clocks of runners differ by: a reading that is dated later than that is not believed. */
export const MOST_SKEW_MS = 3_600_000
