import { closestMatch } from 'leven'
import { formatCommand } from './format-command.ts'
import type { Command, Mistyped, Which } from './model.ts'
import { parseAccept } from './parse-accept.ts'
import { readWhich } from './read-which.ts'
import { findReason, splitWords, toPlain } from './words.ts'

const VERBS = ['accept', 'unaccept', 'recheck', 'help'] as const
type Verb = (typeof VERBS)[number]
/** Other words for the same. They are proposed and not acted upon: a slip must not accept anything. */
const MEANT: Readonly<Record<string, Verb>> = {
  ...{ ack: 'accept', allow: 'accept', keep: 'accept', ignore: 'accept', snooze: 'accept', mute: 'accept' },
  ...{ reject: 'unaccept', revoke: 'unaccept', withdraw: 'unaccept', cancel: 'unaccept', unignore: 'unaccept', undo: 'unaccept' },
  ...{ check: 'recheck', run: 'recheck', refresh: 'recheck', retry: 'recheck', rerun: 'recheck', status: 'recheck' },
}
const KNOWN_VERBS = 'Known here: /drift accept, /drift unaccept, /drift recheck and /drift help.'
/** Longer lines are not read: no command needs it, and some searches take the square of the length. */
const LONGEST_LINE = 2000

/** Reads one line that starts with `/drift`; `text` of the result is that line, cut if it is too long to be one. */
export function parseLine(line: string): Command {
  if (line.length > LONGEST_LINE) {
    const problem = `The line is longer than ${LONGEST_LINE.toLocaleString('en')} characters.`
    return { type: 'mistyped', text: line.slice(0, 100), problem, hint: 'Say it in fewer words, or in several commands.', instead: null }
  }
  const [, spoken = '', rest = ''] = /^\/drift[\s,.:;!]*([^\s,.:;!—–]*)(.*)$/is.exec(toPlain(line)) ?? []
  const verb = spoken.toLowerCase().replace(/^(un|re)-/, '$1')
  if (verb === '' || verb === '?') return { type: 'help', text: line }
  if (verb === 'help' || verb === 'recheck') return { type: verb, text: line }
  if (verb === 'unaccept') return parseUnaccept(line, rest)
  if (verb === 'accept') return parseAccept(line, rest, propose)
  const nearest = MEANT[verb] ?? closestMatch(verb, VERBS, { maxDistance: Math.max(1, Math.ceil(verb.length / 3)) })
  const problem = `"${spoken}" is not a command.`
  if (nearest === undefined) return { type: 'mistyped', text: line, problem, hint: KNOWN_VERBS, instead: '/drift help' }
  return {
    type: 'mistyped',
    text: line,
    problem,
    hint: `Did you mean "${nearest}"? ${KNOWN_VERBS}`,
    instead: propose(`/drift ${nearest}${rest}`),
  }
}

/** A line that stands for another one, as it is best written. */
function propose(line: string): string | null {
  const command = parseLine(line)
  return command.type === 'mistyped' ? command.instead : formatCommand(command)
}

function parseUnaccept(line: string, rest: string): Command {
  const [head] = findReason(rest)
  const words = splitWords(head)
  const end = words.findIndex((word) => word === 'for' || word === 'until')
  const which: Which | Mistyped = readWhich(line, end === -1 ? words : words.slice(0, end), (fixed) => propose(`/drift unaccept ${fixed}`))
  if (typeof which === 'object' && 'problem' in which) return which
  return { type: 'unaccept', text: line, which }
}
