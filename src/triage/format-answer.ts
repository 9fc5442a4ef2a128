import { count } from '../count.ts'
import type { Streak } from '../memory/model.ts'
import { formatUtc } from '../report/describe-time.ts'
import { escapeMarkdown, toCode } from '../report/sanitize.ts'
import { shorten } from '../report/values.ts'
import { findEntries } from './find-entries.ts'
import { formatHelp } from './format-help.ts'
import type { Answer, NamedFinding } from './model.ts'
import { shortenId } from './shorten-id.ts'

const MARKER = '<!-- plumbline answer v1 -->'
/** GitHub takes 65,536. */
const MOST_CHARACTERS = 60_000
const MOST_ANSWERS = 20
/** Strangers must not be able to push the others' answers out. */
const MOST_STRANGERS = 3
const MOST_FACTS = 10
/** A proposal is shown whole or not at all. */
const LONGEST_LINE = 2000

/** Whether a comment is the one that `formatAnswers` wrote. The author must be asked for as well: anybody can write the marker. */
export function isAnswer(body: string): boolean {
  return body.trimStart().startsWith(MARKER)
}

/**
 * The one comment that answers all commands of an issue, as Markdown: newest first, at most 20 answers and 60,000 characters. The
 * same answers give the same text. Nothing in it mentions anybody, and no line of it is a command.
 *
 * @param answers in the order of the comments, as `replayCommands` gives them
 * @param known what the issue shows, for help
 * @param previous what it said before, which is kept of commands that were settled then
 */
export function formatAnswers({ answers, known, previous = '' }: AnswersInput): string {
  const kept = keepSettled(answers, previous)
  const newest = answers.toReversed()
  const strangers = new Set(newest.filter(({ type }) => type === 'no-write-access').slice(MOST_STRANGERS))
  const shown = newest.filter((answer) => !strangers.has(answer)).slice(0, MOST_ANSWERS)
  const ids = [...known.map(({ id }) => id), ...shown.flatMap(listIds)]
  const help = shown.some(({ type }) => type === 'help') ? [formatHelp(known)] : []
  const head = [MARKER, '**What I understood**, newest first:']
  const entries = shown.map((answer) => kept.get(answer) ?? formatAnswer(answer, ids))
  for (let most = entries.length; ; most--) {
    const left = answers.length - most
    const rest = left === 0 ? [] : [`${count(left, 'more answer is', 'more answers are')} not shown.`]
    const text = [...head, entries.slice(0, most).join('\n'), ...rest, ...help].join('\n\n')
    if (text.length <= MOST_CHARACTERS || most === 0) return `${text}\n`
  }
}

type AnswersInput = { readonly answers: readonly Answer[]; readonly known: readonly Streak[]; readonly previous?: string }

/** Only where a comment has as many entries as before, so that it is sure which is which. */
function keepSettled(answers: readonly Answer[], previous: string): ReadonlyMap<Answer, string> {
  const entries = findEntries(previous)
  const kept = new Map<Answer, string>()
  for (const [id, own] of Map.groupBy(answers, ({ comment }) => comment.id)) {
    const before = entries.get(id) ?? []
    if (before.length !== own.length) continue
    for (const [index, answer] of own.entries()) if (answer.type === 'settled') kept.set(answer, before[index] ?? '')
  }
  return kept
}

function formatAnswer(answer: Answer, ids: readonly string[]): string {
  const { url, author, createdAt } = answer.comment
  const when = formatMinute(createdAt)
  // Only what GitHub calls a comment's address, so that no text can become a link.
  const link = /^https:\/\/[\w.:-]+\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/\d+#issuecomment-\d+$/.test(url) ? `[${when}](${url})` : when
  return `- ${link}, ${escapeMarkdown(shorten(`@${author}`, 100))}: ${tell(answer, ids)}`
}

function tell(answer: Answer, ids: readonly string[]): string {
  switch (answer.type) {
    case 'accepted': {
      const findings = count(answer.findings.length, 'finding')
      const because = escapeMarkdown(shorten(answer.because, 500))
      const sentence = `accepted ${findings} until ${formatMinute(answer.until)}, because ${because}`
      return `${sentence}${/[.!?…]$/.test(because) ? '' : '.'}${STANDING[answer.standing]}${answer.verified ? '' : UNVERIFIED}${list(answer.findings, ids)}`
    }
    case 'unaccepted':
      return `withdrew the acceptance of ${count(answer.findings.length, 'finding')}.${answer.verified ? '' : UNVERIFIED}${list(answer.findings, ids)}`
    case 'mistyped': {
      const instead = answer.instead === null || answer.instead.length > LONGEST_LINE ? '' : `\n  - Write: ${toCode(answer.instead)}`
      const shown = toCode(shorten(answer.text, 200))
      return `**no effect**: ${shown}. ${escapeMarkdown(shorten(`${answer.problem} ${answer.hint}`, 1000))}${instead}${list(answer.candidates, ids)}`
    }
    case 'recheck':
      return 'asked for a new check.'
    case 'help':
      return 'help is below.'
    case 'settled':
      return `${toCode(shorten(answer.text, 200))}: settled when it was first read; nothing new comes of it. Write a new comment to decide anew.`
    case 'no-write-access':
      return '**no effect**: only people with write access to this repository decide here.'
    case 'access-unknown':
      return '**no effect for now**: whether the author has write access could not be asked. The next run asks again.'
    case 'edited':
      return '**no effect**: an edited comment is no command, and what it once accepted has ended. Write a new comment.'
  }
}

const STANDING = {
  'in-force': '',
  partly: ' Some of it was withdrawn or replaced since.',
  ended: ' It was withdrawn or replaced since.',
  expired: ' It has expired.',
} as const
const UNVERIFIED = ' Whether the author has write access could not be asked, so only what was so at the last run still holds.'

/** A list within the answer's list item. */
function list(findings: readonly NamedFinding[], ids: readonly string[]): string {
  const lines = findings.slice(0, MOST_FACTS).map(({ id, fact }) => {
    const text = fact === null ? 'no longer there in this form' : escapeMarkdown(shorten(fact, 120))
    return `\n  - ${toCode(shortenId(id, ids))} ${text}`
  })
  const left = findings.length - lines.length
  return `${lines.join('')}${left === 0 ? '' : `\n  - and ${left} more`}`
}

function listIds(answer: Answer): readonly string[] {
  if (answer.type === 'mistyped') return answer.candidates.map(({ id }) => id)
  return 'findings' in answer ? answer.findings.map(({ id }) => id) : []
}

/** `2026-12-01 00:00 UTC` */
function formatMinute(time: string): string {
  return escapeMarkdown(shorten(formatUtc(time).trim(), 40).replace(/(?<=:\d\d):\d\d UTC$/, ' UTC'))
}
