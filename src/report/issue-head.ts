import type { TargetReport } from '../model.ts'
import { formatDay } from './describe-time.ts'
import { describeVerdict } from './describe-verdict.ts'
import { keepOpen } from './keep-open.ts'
import { toLink } from './links.ts'
import { formatHeadline } from './markdown-advice.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'
import { shorten } from './values.ts'

/** One check of a target: RFC 3339, the commit that it compared with, and the page of the run. */
export type Checked = { readonly at: string; readonly commit: string | null; readonly runUrl: string | null }
/** What an issue's text is written from. */
export type IssueInput = {
  /** Its findings carry `since`, `lasting` and `acceptance`. */
  readonly target: TargetReport
  /** What earlier readings saw and this one could not read, in words: still open, for all that is known. Hostile. */
  readonly unseen?: readonly string[]
  /** The last complete reading without drift; null when none is on record. `at` is RFC 3339. */
  readonly cleanAt: { readonly at: string; readonly commit: string | null } | null
  /** Null leaves out the one line that changes with every run: so that two texts can be told to say the same. */
  readonly checked: Checked | null
  /** The page that lists all runs of the workflow. */
  readonly runsUrl: string | null
  /** Plumbline's. */
  readonly version: string
}

/**
 * The verdict as a sentence, the advice in two, since when, when it was last clean, and when it was last checked.
 *
 * @param write makes the verdict safe, and as short as the form of the text wants it
 */
export function formatIssueHead({ target, cleanAt, checked, runsUrl }: IssueInput, write?: (text: string) => string): readonly string[] {
  const since = findEarliest(target.findings.flatMap((finding) => (finding.drift && finding.since !== undefined ? [finding.since] : [])))
  const clean = cleanAt === null ? 'no reading without drift is on record' : `${formatTime(cleanAt.at)}${formatCommit(cleanAt.commit)}`
  const lines = [
    ...(since === null ? [] : [`- Drifted since: **${formatTime(since)}**`]),
    `- Last clean: ${clean}`,
    ...(checked === null ? [] : [formatChecked(checked, runsUrl)]),
  ]
  const verdict = (write ?? escapeMarkdown)(describeVerdict(target))
  return [`**${verdict}**`, ...formatHeadline(keepOpen(target), write), lines.join('\n')]
}

/** When it was last checked, with links to that run and to all: the only line of an issue that changes with every run. */
export function formatChecked({ at, commit, runUrl }: Checked, runsUrl: string | null): string {
  const links = [
    ...(runUrl === null ? [] : [toLink('this run', runUrl, 'run')]),
    ...(runsUrl === null ? [] : [toLink('all runs', runsUrl, 'runs')]),
  ]
  return `- Last checked: ${formatTime(at)}${formatCommit(commit)}${links.length === 0 ? '' : ` (${links.join(', ')})`}`
}

/** `, commit` and its first characters, as code; empty for none. */
export function formatCommit(commit: string | null): string {
  return commit === null ? '' : `, ${nameCommit(commit)}`
}

/** `commit` and its first characters, as code. */
export function nameCommit(commit: string): string {
  return `commit ${toCode(commit.slice(0, 10))}`
}

/** A time to the minute, or a date without a time of day, made safe; what is neither is a text from outside, and is cut short. */
export function formatTime(time: string): string {
  return escapeMarkdown(shorten(formatDay(time).replace(/:\d\d UTC$/, ' UTC'), 40))
}

/** The earliest of times in RFC 3339; null for none. */
export function findEarliest(times: readonly string[]): string | null {
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}
