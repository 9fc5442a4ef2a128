import { MAX_DEPTH } from '../compare/depth.ts'
import { refuseHandover, show } from './refuse-handover.ts'

/** The envelope around an object, and the deepest place in it, `rendered` of an unstable path. */
const DEEPEST = MAX_DEPTH + 20
/** Twenty megabytes of `[],` would become hundreds of megabytes of objects; real texts have a value every 20 characters or so. */
const MOST_VALUES = 2_000_000
/** Kubernetes has 64-bit numbers; reading an integer costs the square of its digits. */
const LONGEST_NUMBER = 64

/** The names seen so far in an object; null in a list. */
type Level = Set<string> | null

/**
 * Looks through a JSON text before it is parsed, for what the parser takes without a word: what would cost more than it is
 * worth, and what two programs would read in two ways.
 *
 * Whether it is JSON at all is left to the parser. Of a text that is, no place is missed here.
 *
 * @throws UserError: nested too deep, too many values, a number beyond every type, a name twice in one object, `__proto__`
 */
export function checkJsonText(text: string): void {
  const levels: Level[] = []
  let values = 1
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') {
      const end = findEnd(text, at)
      const names = levels.at(-1)
      if (names && isName(text, end)) noteName(names, text.slice(at, end + 1))
      at = end
    } else if (character === '{' || character === '[') {
      values += 1
      if (levels.push(character === '{' ? new Set() : null) > DEEPEST) {
        throw refuseHandover(`It nests more than ${DEEPEST} levels deep, which no Kubernetes object does.`)
      }
    } else if (character === '}' || character === ']') levels.pop()
    else if (character === ',') values += 1
    else if (character === '-' || isDigit(text.charCodeAt(at))) at = checkNumber(text, at) - 1
    if (values > MOST_VALUES) throw refuseHandover(`It has more than ${MOST_VALUES} values, more than charts render.`)
  }
}

/** Where a string ends: at the next quote with an even number of backslashes before it. */
function findEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let first = end
    while (text[first - 1] === '\\') first--
    if ((end - first) % 2 === 0) return end
  }
  return text.length
}

function isName(text: string, end: number): boolean {
  for (let at = end + 1; at < text.length; at++) {
    const character = text[at]
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return character === ':'
  }
  return false
}

function noteName(names: Set<string>, quoted: string): void {
  const name = quoted.includes('\\') ? decode(quoted) : quoted.slice(1, -1)
  if (name === '__proto__') throw refuseHandover('It has the name "__proto__", which is none in Kubernetes and a trap for programs.')
  if (names.has(name)) throw refuseHandover(`It has the name ${show(name)} twice in one object, so it means two things at once.`)
  names.add(name)
}

/** What is no string is for the parser to tell. */
function decode(quoted: string): string {
  try {
    return JSON.parse(quoted) as string
  } catch {
    return quoted
  }
}

/** @returns where it ends */
function checkNumber(text: string, start: number): number {
  let end = start + 1
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end++
  const number = text.slice(start, end)
  if (number.length > LONGEST_NUMBER) throw refuseHandover(`It has a number of ${number.length} characters, more than Kubernetes reads.`)
  if (Math.abs(Number(number)) === Number.POSITIVE_INFINITY)
    throw refuseHandover(`It has the number ${number}, which is beyond every type of Kubernetes.`)
  return end
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** Digits, `+`, `-`, `.`, `E` and `e`. */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === 43 || code === 45 || code === 46 || code === 69 || code === 101
}
