import { createHash } from 'node:crypto'
import { type BodyParts, type DriftMarker, MARKER_CHARS, writeBody } from '../memory/marker.ts'
import { formatIssueBody, type IssueInput } from '../report/issue-body.ts'
import { formatIssueTitle } from '../report/issue-title.ts'
import type { IssueSettings, TargetCase, TrackedIssue } from './model.ts'

/** GitHub refuses a longer text. */
export const GITHUB_CHARS = 65_536
/** The rest is a margin, and for the two comments around our part. */
const MOST_CHARS = GITHUB_CHARS - 500
const LEAST_MARKER = 1000
/** What the visible part takes at most: longer texts are slow to show on a phone. */
const MOST_VISIBLE = 60_000
const LEAST_VISIBLE = 2000

/** What an issue should say, before it is known whether it has to be written. */
export type Composed = {
  readonly title: string
  /** Fingerprint of title and visible text without the line of the last check. */
  readonly digest: string
  /** The whole text with its marker. */
  readonly write: (marker: Pick<DriftMarker, 'memory' | 'labels' | 'closed'>) => string
}

/**
 * Writes title and text of a target's issue.
 *
 * @param issue the one that it is for, whose own text and title by humans are kept; null for a new one
 */
export function composeIssue(one: TargetCase, issue: TrackedIssue | null, settings: IssueSettings): Composed {
  const title = chooseTitle(one, issue)
  const around = issue?.parts ?? { before: '', after: '' }
  const maxChars = measureRoom(around)
  const input: IssueInput = {
    ...{ target: one.target, unseen: listUnseen(one), cleanAt: one.before.clean },
    ...{ runsUrl: settings.runsUrl, version: settings.version },
    checked: { at: settings.at, commit: one.commit, runUrl: settings.runUrl },
  }
  const digest = hash(title, formatIssueBody({ ...input, checked: null }, { maxChars }))
  const visible = formatIssueBody(input, { maxChars })
  return {
    title,
    digest,
    write: (marker) =>
      writeBody(
        {
          ...{ kind: 'drift', target: one.target.name, config: settings.config, title, digest, writtenAt: settings.at },
          visible: hash(visible.trim()),
          ...marker,
        },
        visible,
        around,
        Math.max(LEAST_MARKER, Math.min(MARKER_CHARS, MOST_CHARS - visible.length - around.before.length - around.after.length)),
      ),
  }
}

/** What could not be read again is still open: the title goes on naming it. */
function chooseTitle(one: TargetCase, issue: TrackedIssue | null): string {
  const known = listUnseen(one).length > 0 ? issue?.parts.marker?.title : undefined
  return known ?? formatIssueTitle(one.target)
}

/** What earlier readings saw and this one could not read: still open, for all that is known. */
export function listUnseen({ target, after }: TargetCase): readonly string[] {
  if (target.complete) return []
  const seen = new Set(target.findings.map(({ id }) => id))
  return after.streaks.filter(({ id }) => !seen.has(id)).map(({ fact }) => fact)
}

/** Characters that are left for the visible part beside the marker and a human's text. */
export function measureRoom({ before, after }: Pick<BodyParts, 'before' | 'after'>): number {
  return Math.max(LEAST_VISIBLE, Math.min(MOST_VISIBLE, MOST_CHARS - MARKER_CHARS - before.length - after.length))
}

/** Fingerprint of texts, for telling whether what an issue says has changed. */
export function hash(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16)
}
