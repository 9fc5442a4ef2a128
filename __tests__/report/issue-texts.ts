import { formatDetectorBody, formatDetectorClosing } from '../../src/report/detector-issue.ts'
import { formatIssueBody } from '../../src/report/issue-body.ts'
import {
  formatChangeComment,
  formatClosingComment,
  formatDuplicateComment,
  formatRemovedComment,
  formatReopenComment,
  formatStaleComment,
} from '../../src/report/issue-comments.ts'
import {
  BODIES,
  makeChange,
  makeClosing,
  makeDetector,
  makeHostileChange,
  makeHostileDetector,
  makeHostileIssue,
  makeHostileMoved,
  NASTY,
  RUN_URL,
  RUNS_URL,
} from './make-issue.ts'

/** Every text that ever stands in an issue, by the name of its golden file. */
export function writeSamples(): Readonly<Record<string, string>> {
  const bodies = Object.entries(BODIES).map(([name, { input, maxChars }]) => [name, formatIssueBody(input, { maxChars })] as const)
  const closing = makeClosing()
  const at = closing.at
  return {
    ...Object.fromEntries(bodies),
    'comment-change': formatChangeComment(makeChange()),
    'comment-closing': formatClosingComment(closing),
    'comment-reopen': formatReopenComment({ back: makeChange().came, closedAt: at, went: true, values: 'same' }),
    'comment-reopen-other': formatReopenComment({ back: makeChange().came, closedAt: at, went: true, values: 'other' }),
    'comment-reopen-unknown': formatReopenComment({ back: makeChange().came, closedAt: at, went: false, values: 'unknown' }),
    'comment-removed': formatRemovedComment({ name: 'grokdevops', at, commit: closing.commit, runUrl: RUN_URL }),
    'comment-duplicate': formatDuplicateComment(12),
    'comment-stale': formatStaleComment({ checkedAt: at, days: 9, runsUrl: RUNS_URL }),
    detector: formatDetectorBody(makeDetector()),
    'detector-closing': formatDetectorClosing({ names: ['search', 'grokdevops'], at, commit: closing.commit, runUrl: RUN_URL }),
    ...prefix('hostile', writeHostile(NASTY)),
  }
}

/** Every text with the same text from outside in all its fields. */
export function writeHostile(text: string, maxChars = 60_000): Readonly<Record<string, string>> {
  const fields = { at: text, commit: text, runUrl: text }
  const input = makeHostileIssue(text)
  return {
    body: formatIssueBody(input, { maxChars }),
    'comment-change': formatChangeComment(makeHostileChange(text)),
    'comment-closing': formatClosingComment({ ...fields, target: input.target, since: text, moved: makeHostileMoved(text) }),
    'comment-reopen': formatReopenComment({ back: input.target.findings, closedAt: text, went: true, values: 'same' }),
    'comment-removed': formatRemovedComment({ ...fields, name: text }),
    'comment-stale': formatStaleComment({ checkedAt: text, days: 9, runsUrl: text }),
    detector: formatDetectorBody(makeHostileDetector(text), { maxChars }),
    'detector-closing': formatDetectorClosing({ ...fields, names: [text] }),
  }
}

function prefix(name: string, texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}-${key}`, text]))
}
