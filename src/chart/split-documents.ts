/** One document of a YAML stream, still text. `line` is the line it starts on (1-based). */
export type DocumentText = { readonly text: string; readonly line: number; readonly source: string | null }

const SEPARATOR = /^---(?=\s|$)/
const SOURCE = /^# Source: (\S.*?)\s*$/

/**
 * Splits a YAML stream at its `---` lines, as Helm and kubectl do before they parse, so that one document's fault
 * is told at its own place. Chunks that hold only comments, blank lines or directives are left out.
 * @param text the stream; a byte order mark is dropped
 * @returns the documents in order. `source` is Helm's `# Source:` comment; Helm writes it once per file of `crds/`,
 *   so documents without one inherit it from the document before.
 */
export function splitDocuments(text: string): readonly DocumentText[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const starts = [0, ...lines.flatMap((line, index) => (index > 0 && SEPARATOR.test(line) ? [index] : []))]
  const documents: DocumentText[] = []
  let source: string | null = null
  for (const [place, start] of starts.entries()) {
    const own = lines.slice(start, starts[place + 1])
    source = own.slice(0, 3).flatMap((line) => SOURCE.exec(line)?.[1] ?? [])[0] ?? source
    // A document always ends with its line break: kubectl's line reader adds one where the stream has none.
    if (own.at(-1) !== '' || place < starts.length - 1) own.push('')
    if (own.some(hasContent)) documents.push({ text: own.join('\n'), line: start + 1, source })
  }
  return documents
}

function hasContent(line: string): boolean {
  return !/^(?:---)?\s*(?:#.*)?$/.test(line) && !/^(?:%|\.\.\.\s*$)/.test(line)
}
