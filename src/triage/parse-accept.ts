import { findSlip } from './find-slip.ts'
import type { Command, Mistyped, Which } from './model.ts'
import { guessEnd, KNOWN_ENDS, parseEnd } from './parse-end.ts'
import { readWhich } from './read-which.ts'
import { findReason, splitWords } from './words.ts'

/** A reason is kept and shown at every run. */
const LONGEST_REASON = 500
const OWN_WORDS = 'because REASON'
const NO_REASON = 'Say on the same line, after "because", why the difference may stay; others will read it.'

/**
 * Reads what follows `/drift accept`.
 *
 * @param line the whole line
 * @param rest after the verb, as `toPlain` gives it
 * @param propose gives the best form of a whole line, or what stands for it if that is mistyped, too
 */
export function parseAccept(line: string, rest: string, propose: (line: string) => string | null): Command {
  const mistyped = (problem: string, hint: string, better: string | null): Mistyped => {
    return { type: 'mistyped', text: line, problem, hint, instead: better === null ? null : (propose(`/drift accept ${better}`) ?? null) }
  }
  const [head, reason] = findReason(rest)
  const words = splitWords(head)
  const at = words.findIndex((word) => word === 'for' || word === 'until' || word === 'till')
  const slip = findSlip(rest, words, [...(reason === null ? ['because'] : []), ...(at === -1 ? ['for', 'until'] : [])])
  if (slip !== null) return mistyped(`"${slip.word}" is not understood.`, `Did you mean "${slip.meant}"?`, slip.fixed)

  const [named, ending] = at === -1 ? splitEnding(words) : [words.slice(0, at), words.slice(at)]
  const because = reason === null ? OWN_WORDS : `because ${reason}`
  const which: Which | Mistyped = readWhich(line, named, (fixed) => propose(`/drift accept ${[fixed, ...ending].join(' ')} ${because}`))
  if (typeof which === 'object' && 'problem' in which) return which
  if (at === -1) {
    const [, shorter, end] = /^(.*\S) ((?:for|until) [^ ]+(?: [^ ]+)?)$/i.exec(reason ?? '') ?? []
    const better = shorter === undefined ? `${guessEnd(ending.join(' ')) ?? 'for 7d'} ${because}` : `${end} because ${shorter}`
    return mistyped('It does not say until when.', `Say it before the reason. ${KNOWN_ENDS}`, `${named.join(' ')} ${better}`)
  }
  const end = parseEnd(ending[0] === 'for' ? 'for' : 'until', ending.slice(1).join(' '))
  if ('problem' in end) {
    const told = reason === null ? findUnmarkedReason(head, ending) : null
    if (told !== null) return mistyped('"because" is missing before the reason.', NO_REASON, `${named.join(' ')} ${told}`)
    return mistyped(end.problem, KNOWN_ENDS, end.better === null ? null : `${named.join(' ')} ${end.better} ${because}`)
  }
  if (reason === 'REASON' || !/[\p{L}\p{N}]/u.test(reason ?? '')) {
    return {
      type: 'mistyped',
      text: line,
      problem: 'It gives no reason.',
      hint: NO_REASON,
      instead: ['/drift accept', ...named, ...ending, OWN_WORDS].join(' '),
    }
  }
  return { type: 'accept', text: line, which, end, because: cut(reason ?? '') }
}

/** Parts words without `for` or `until` before what looks like an end: `7d`, `2 weeks`, `2026-12-31`. */
function splitEnding(words: readonly string[]): readonly [readonly string[], readonly string[]] {
  const length = [2, 1].find((last) => words.length >= last && guessEnd(words.slice(-last).join(' ')) !== null) ?? 0
  return [words.slice(0, words.length - length), words.slice(words.length - length)]
}

/** `for 7d load test`, with the word that is missing before the reason. */
function findUnmarkedReason(head: string, ending: readonly string[]): string | null {
  const raw = head.slice(head.search(/(?<![\p{L}\p{N}])(?:for|until|till)(?![\p{L}\p{N}])/iu)).split(' ')
  const keyword = ending[0] === 'for' ? 'for' : 'until'
  const length = [2, 1].find(
    (words) => ending.length > words + 1 && !('problem' in parseEnd(keyword, ending.slice(1, 1 + words).join(' '))),
  )
  return length === undefined ? null : `${raw.slice(0, length + 1).join(' ')} because ${raw.slice(length + 1).join(' ')}`
}

function cut(reason: string): string {
  const characters = [...reason]
  return characters.length > LONGEST_REASON ? `${characters.slice(0, LONGEST_REASON).join('')}…` : reason
}
