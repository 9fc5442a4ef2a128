import { type Document, isAlias, visit, type YAMLParseError, type YAMLWarning } from 'yaml'
import type { Problem } from './rules.ts'

/** What is wrong with the YAML itself, and the offset in the text where it is. */
export type YamlProblem = Problem & { readonly offset: number }

/**
 * Says in plain words why the YAML of a config file cannot be used. What a parser stumbles over after its first fault
 * follows from that one and is left out.
 */
export function findYamlProblems(document: Document): readonly YamlProblem[] {
  const broken = [...document.errors, ...document.warnings].filter(({ code }, index) => index === 0 || code !== 'UNEXPECTED_TOKEN')
  return broken.length > 0 ? broken.map((error) => ({ ...explain(error), offset: error.pos[0] })) : findLooseAliases(document)
}

function explain(error: YAMLParseError | YAMLWarning): Problem {
  // The library's message speaks to whoever calls it.
  if (error.code === 'MULTIPLE_DOCS') return { message: 'a second YAML document begins here.', remedy: 'Keep one, without `---` between.' }
  const remedy =
    error.code === 'UNEXPECTED_TOKEN'
      ? 'Mend the line; between `{` and `}`, a text with brackets or commas, such as a path, needs quotes.'
      : 'Mend the line.'
  return { message: `not valid YAML: ${error.message.replace(/\.?$/, '.')}`, remedy }
}

/** A glob that begins with `*` and has no quotes is an alias to YAML. */
function findLooseAliases(document: Document): readonly YamlProblem[] {
  const problems: YamlProblem[] = []
  visit(document, (_, node) => {
    if (!isAlias(node) || node.resolve(document) !== undefined) return
    const text = `*${node.source}`
    const message = `\`${text}\` is an alias in YAML, and there is no anchor \`&${node.source}\` before it.`
    problems.push({ message, remedy: `If it is meant as text, put it in quotes: '${text}'.`, offset: node.range?.[0] ?? 0 })
  })
  return problems
}
