import type { Path } from '../model.ts'
import { escapePattern } from './escape-pattern.ts'

/** Where a template writes a field. `isFixed`: there is nothing in that place that any value could change. */
export type PlaceInTemplate = { readonly line: number; readonly isFixed: boolean }

type Line = { readonly number: number; readonly indent: number; readonly text: string }

/**
 * Finds the line of a template that writes a field, or for what a template does not write, the map or list that it would be
 * in. By the text alone, so whatever is not plain is not found.
 *
 * @param kind of the object: a file may have several
 * @returns null where it cannot be told
 */
export function placeInTemplate(template: string, kind: string, path: Path): PlaceInTemplate | null {
  let lines = chooseDocument(readLines(template), kind)
  let at: Line | null = null
  for (const [index, step] of path.entries()) {
    const next = 'field' in step ? findField(lines, step.field) : 'key' in step ? findElement(lines, step.key) : null
    if (next === null) {
      // The last step is what was added, and the place is what holds it.
      if (index < path.length - 1 || at === null) return null
      return { line: at.number, isFixed: lines.every(({ text }) => !text.startsWith('{{')) && !/\{\{/.test(afterColon(at.text)) }
    }
    ;({ at, lines } = next)
  }
  return at === null ? null : { line: at.number, isFixed: !at.text.includes('{{') && lines.length === 0 && afterColon(at.text) !== '' }
}

function readLines(template: string): readonly Line[] {
  return template.split('\n').map((text, index) => ({ number: index + 1, indent: text.search(/\S|$/), text: text.trim() }))
}

function chooseDocument(lines: readonly Line[], kind: string): readonly Line[] {
  const documents: Line[][] = [[]]
  for (const line of lines) {
    if (line.text.startsWith('---')) documents.push([])
    else if (line.text !== '' && !line.text.startsWith('#')) documents.at(-1)?.push(line)
  }
  const fits = documents.filter((document) => document.some(({ text }) => text === `kind: ${kind}`))
  return fits.length === 1 ? (fits[0] ?? []) : []
}

type Step = { readonly at: Line; readonly lines: readonly Line[] }

/** Fields of one map stand equally far in; lines of the template language stand anywhere. */
function findField(lines: readonly Line[], field: string): Step | null {
  const plain = lines.filter(({ text }) => !text.startsWith('{{'))
  const indent = Math.min(...plain.map((line) => line.indent + (/^-\s+/.exec(line.text)?.[0].length ?? 0)))
  const fits = plain.filter(({ text, indent: own }) => {
    const dash = /^-\s+/.exec(text)?.[0].length ?? 0
    return own + dash === indent && (text.slice(dash).startsWith(`${field}:`) || text.slice(dash).startsWith(`"${field}":`))
  })
  const [at] = fits
  return fits.length === 1 && at !== undefined ? { at, lines: listBelow(lines, at, indent) } : null
}

function findElement(lines: readonly Line[], key: { readonly [name: string]: unknown }): Step | null {
  const starts = lines.filter(({ text }) => text.startsWith('- '))
  const indent = Math.min(...starts.map((line) => line.indent))
  const own = starts.filter((line) => line.indent === indent)
  const elements = own.map((at, index) => {
    const from = lines.indexOf(at)
    const next = own[index + 1]
    return { at, lines: lines.slice(from, next === undefined ? undefined : lines.indexOf(next)) }
  })
  const fits = elements.filter((element) =>
    Object.entries(key).some(([name, value]) =>
      element.lines.some(({ text }) => new RegExp(`^(?:- )?${escapePattern(name)}: ["']?${escapePattern(String(value))}["']?$`).test(text)),
    ),
  )
  // The name of the only one may be an expression.
  const chosen = fits.length > 0 || elements.length > 1 ? fits : elements.filter(({ at }) => at.text.includes('{{'))
  const [only] = chosen
  return chosen.length === 1 && only !== undefined ? only : null
}

function listBelow(lines: readonly Line[], at: Line, indent: number): readonly Line[] {
  const rest = lines.slice(lines.indexOf(at) + 1)
  const end = rest.findIndex(
    (line) => !line.text.startsWith('{{') && (line.indent < indent || (line.indent === indent && !line.text.startsWith('- '))),
  )
  return end < 0 ? rest : rest.slice(0, end)
}

function afterColon(text: string): string {
  return text.slice(text.indexOf(':') + 1).trim()
}
