import { LineCounter, parseDocument } from 'yaml'

/** A document's nodes and the lines (1-based) of further documents after `...`; or the first syntax fault. */
export type Composed =
  | { readonly root: unknown; readonly unread: readonly number[]; readonly lineAt: (offset: number) => number }
  | { readonly fault: string; readonly line: number }

/** One attempt mends one line; no template inlines more JSON than this at the first column. */
const MAX_ATTEMPTS = 1000
const DEEP = ' '.repeat(200)
const TOO_DEEP = 'it is nested too deeply'

/**
 * Parses the text of one document to nodes. The `failsafe` schema keeps every scalar as text, so that our own rules
 * alone give it a meaning. Not strict: libyaml, which go-yaml is a port of, takes a comment that touches a quote, say.
 */
export function composeYaml(text: string, attempt = 0): Composed {
  const counter = new LineCounter()
  const lineAt = (offset: number): number => counter.linePos(offset).line
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      resolveKnownTags: false,
      strict: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      lineCounter: counter,
    })
    const error = document.errors.find(({ code }) => code !== 'MULTIPLE_DOCS')
    if (error === undefined) return { root: document.contents, unread: document.errors.map(({ pos }) => lineAt(pos[0])), lineAt }
    const line = lineAt(error.pos[0])
    // libyaml does not mind where a line inside brackets starts (`toPrettyJson` without `indent`); `yaml` does.
    const dedented = error.code === 'BAD_INDENT' && error.message.startsWith('Flow') && !isIndented(text, line)
    if (dedented && attempt < MAX_ATTEMPTS) return composeYaml(indentLine(text, line), attempt + 1)
    // The parser catches that its own recursion has no room left, and says so in Node's words.
    const isTooDeep = /call stack/.test(error.message)
    return { fault: isTooDeep ? TOO_DEEP : error.message.replace(/\.$/, ''), line }
  } catch (error) {
    // The parser recurses into collections: absurdly deep ones exhaust the stack.
    if (error instanceof RangeError) return { fault: TOO_DEEP, line: 1 }
    throw error
  }
}

/** A line that was mended and is still at fault is a bracket that never closes: a thousand attempts would not mend it. */
function isIndented(text: string, line: number): boolean {
  return text.split('\n')[line - 1]?.startsWith(DEEP) === true
}

function indentLine(text: string, line: number): string {
  return text
    .split('\n')
    .map((own, index) => (index === line - 1 ? DEEP + own : own))
    .join('\n')
}
