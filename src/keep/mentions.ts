import type { Key } from './keys.ts'

/** Which keys a template asks for, in its own chart's values or in what a `with` or a variable stands for. */
export type Mentions = ReadonlyMap<string, readonly Key[]>

const ACTION = /\{\{-?\s*(?:\/\*[\s\S]*?\*\/|([\s\S]*?))\s*-?\}\}/g
const NAME = String.raw`[A-Za-z_][\w-]*`
/** `.Values.a.b`, `$.Values.a`, `.root.Values.a`, `$x.a`, `.a` */
const REFERENCE = new RegExp(String.raw`(?<![\w"'\`)])(\$\w*|)((?:\.${NAME})+)`, 'g')
const DECLARES = /^(\$\w+)\s*:?=\s*/

/**
 * Reads templates for the keys they mention. It need not be complete or right: what is found here is tried, never believed.
 *
 * @param templates texts by their path below the chart
 * @param aliases under which keys the values of dependencies lie
 */
export function readMentions(templates: ReadonlyMap<string, string>, aliases: ReadonlyMap<string, readonly string[]>): Mentions {
  return new Map(
    [...templates].map(([path, text]) => {
      const found = readTemplate(text)
      const keys = listPrefixes(path, aliases).flatMap((prefix) => found.map((key) => [...prefix, ...key]))
      return [path, [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()]]
    }),
  )
}

/** `charts/redis/templates/x.yaml` is under `redis`, or what the chart calls it. */
function listPrefixes(path: string, aliases: ReadonlyMap<string, readonly string[]>): readonly Key[] {
  const names = [...path.matchAll(/(?:^|\/)charts\/([^/]+)\//g)].map(([, name = '']) => name)
  return names.reduce<readonly Key[]>(
    (prefixes, name) => (aliases.get(name) ?? [name]).flatMap((alias) => prefixes.map((prefix) => [...prefix, alias])),
    [[]],
  )
}

/** What the dot is within a block: a key, or nothing known. */
type Dot = Key | null

function readTemplate(text: string): readonly Key[] {
  const found: Key[] = []
  const variables = new Map<string, Key>()
  const blocks: Dot[] = [null]
  for (const [, action = ''] of text.matchAll(ACTION)) {
    const dot = blocks.at(-1) ?? null
    const [word = ''] = /^\w+/.exec(action) ?? []
    const keys = listReferences(action, dot, variables)
    for (const key of keys) found.push(key)
    const declared = DECLARES.exec(action.replace(/^(?:with|range|if)\s+/, ''))?.[1]
    const [first] = keys
    if (declared !== undefined && first !== undefined) variables.set(declared, first)
    if (word === 'end') blocks.pop()
    else if (word === 'with') blocks.push(first ?? null)
    else if (word === 'if') blocks.push(dot)
    else if (word === 'range' || word === 'define' || word === 'block') blocks.push(null)
  }
  return found
}

function listReferences(action: string, dot: Dot, variables: ReadonlyMap<string, Key>): readonly Key[] {
  const quoteless = action.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  return [...quoteless.matchAll(REFERENCE)].flatMap(([, variable = '', path = '']) => {
    const names = path.slice(1).split('.')
    const at = names.indexOf('Values')
    if (at >= 0) return at + 1 < names.length ? [names.slice(at + 1)] : []
    const start = variable === '' ? dot : variables.get(variable)
    return start === undefined || start === null ? [] : [[...start, ...names]]
  })
}
