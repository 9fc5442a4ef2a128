/** What is wrong with a path, and what to write instead. */
export type PathFault = { readonly message: string; readonly remedy: string }

/** A name that needs no quotes, wildcards included. */
export const PLAIN_NAME = /^[A-Za-z0-9_$*?-]+/

/** A line that was never meant as a path may be of any length. */
const MOST_SHOWN = 200

/** Says what stands at a character of a path, counted from 1, and guesses from the whole text what was meant. */
export function tellFault(text: string, at: number, problem: string): PathFault {
  const place = at < text.length ? `\`${text.slice(at, at + (text.startsWith('**', at) ? 2 : 1))}\` at character ${at + 1}` : 'the end'
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
  return { message: `\`${shown}\` is not a path: ${place} ${problem}.`, remedy: suggestRemedy(text, at) }
}

function suggestRemedy(text: string, at: number): string {
  if (text.trim() === '') return 'Write a path such as `spec.replicas`.'
  if (/^[/]./.test(text)) return `Write it as \`${suggestPath(text.replace(/[:\s].*/s, ''))}\`.`
  if (/^[.$]/.test(text)) return `Begin with the first field: \`${text.replace(/^\$?\.?/, '')}\`.`
  if (text.startsWith('[]', at)) return 'Write `[*]` for every element of a list.'
  if (text.includes('[?(')) return 'Name elements by the fields they have, as in `containers[name=app]`.'
  if (text.startsWith('**', at)) return 'Write `**` for any number of steps, and `*` for any text within one.'
  const word = /\[([\w-]+)\]/.exec(text)?.[1]
  if (word !== undefined && /[a-z]/i.test(word))
    return `Write \`[name=${word}]\` for an element of a list, and \`["${word}"]\` or \`.${word}\` for a field.`
  const flat = suggestQuotes(text)
  if (flat !== null) return flat
  if (at >= text.length) return 'Write the rest, or leave the last character out.'
  return 'Write fields with dots between them, list elements as `[name=app]`, and names with other characters in quotes, as in `metadata.annotations["example.com/name"]`.'
}

/** Names of labels and annotations have dots and slashes, which go into quotes. Null where there is no such name. */
export function suggestQuotes(text: string): string | null {
  const [, map, name] = /^(.*\bmetadata\.(?:labels|annotations))\.([^[\]"':\s]+)/.exec(text) ?? []
  return map === undefined || name === undefined ? null : `Put a name with other characters in quotes: \`${map}["${name}"]\`.`
}

/** A JSON pointer as people would write the path. */
export function suggestPath(pointer: string): string {
  const tokens = pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  return tokens.reduce((path, token) => {
    if (/^(\d+|\*)$/.test(token)) return `${path}[${token}]`
    if (PLAIN_NAME.exec(token)?.[0] !== token) return `${path}[${JSON.stringify(token)}]`
    return path === '' ? token : `${path}.${token}`
  }, '')
}
