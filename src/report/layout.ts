import { styleText } from 'node:util'
import { showControls } from './sanitize.ts'

export type Tone = 'plain' | 'strong' | 'faint' | 'good' | 'bad' | 'warn' | 'minus' | 'plus' | 'hunk'
/** Writes lines of plain text for a terminal. Text given to it may be hostile; what it returns is not, except for its own colours. */
export type Pen = {
  readonly width: number
  /** One text, wrapped to the width; lines after the first stand at `hang` (by default at `indent`). */
  readonly wrap: (text: string, options?: { readonly indent?: number; readonly hang?: number; readonly tone?: Tone }) => readonly string[]
  /** One line of differently toned parts, if it fits into the width; else null. */
  readonly line: (indent: number, ...parts: readonly (readonly [Tone, string])[]) => string | null
}

const STYLES = {
  plain: [],
  strong: ['bold'],
  faint: ['dim'],
  good: ['green', 'bold'],
  bad: ['red', 'bold'],
  warn: ['yellow', 'bold'],
  minus: ['red'],
  plus: ['green'],
  hunk: ['cyan'],
} as const

/** A pen for a terminal of `width` columns; without colour it writes no escape sequence at all. */
export function makePen(width: number, color: boolean): Pen {
  // The caller has decided about colour; styleText must not ask the stream again.
  const paint = (tone: Tone, text: string) =>
    color && tone !== 'plain' ? styleText([...STYLES[tone]], text, { validateStream: false }) : text
  return {
    width,
    wrap: (text, { indent = 0, hang = indent, tone = 'plain' } = {}) =>
      wrapText(showControls(text), width - indent, width - hang).map(
        (line, index) => ' '.repeat(index === 0 ? indent : hang) + paint(tone, line),
      ),
    line: (indent, ...parts) => {
      const visible = parts.map(([tone, text]) => [tone, showControls(text)] as const)
      const length = indent + visible.reduce((sum, [, text]) => sum + countColumns(text), 0)
      return length > width ? null : ' '.repeat(indent) + visible.map(([tone, text]) => paint(tone, text)).join('')
    },
  }
}

/** How many columns a text takes, roughly: East Asian wide characters and emoji take two. */
export function countColumns(text: string): number {
  return [...text].reduce((sum, character) => sum + countCharacter(character), 0)
}

/** Whether a text takes more columns; of a long one only the start is looked at, or a word of a megabyte would take hours to wrap. */
function isWider(text: string, columns: number): boolean {
  let sum = 0
  for (const character of text) {
    sum += countCharacter(character)
    if (sum > columns) return true
  }
  return false
}

function countCharacter(character: string): number {
  return WIDE.test(character) ? 2 : /\p{Mn}/u.test(character) ? 0 : 1
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

/** Breaks at spaces; a word that is too long breaks after punctuation where it has any, so that paths break between fields. */
function wrapText(text: string, firstWidth: number, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/(?<= )(?=[^ ])/)) {
    const room = () => Math.max(8, lines.length === 0 ? firstWidth : width)
    if (line !== '' && isWider(line + word.trimEnd(), room()) && !isWider(word, width)) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += word
    while (isWider(line.trimEnd(), room())) {
      const cut = findBreak(line, room())
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
    }
  }
  return [...lines, line.trimEnd()]
}

function findBreak(word: string, room: number): number {
  let end = 0
  let columns = 0
  let soft = 0
  for (const character of word) {
    columns += countCharacter(character)
    if (columns > room && end > 0) break
    end += character.length
    if (/[./,;:&?\]}=-]/.test(character)) soft = end
  }
  return soft > end / 2 ? soft : end
}
