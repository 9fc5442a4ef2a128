import { UserError } from '../errors.ts'
import type { Fault, Json, Note } from '../model.ts'
import { composeYaml } from './compose-yaml.ts'
import { flattenList } from './flatten-list.ts'
import { parseJson } from './parse-json.ts'
import { type DocumentText, splitDocuments } from './split-documents.ts'
import { convertNodes } from './yaml-to-json.ts'

/** One value of a YAML stream. `sourceComment` is the template Helm names in `# Source:`; null when there is none. */
export type ParsedDocument = { readonly value: Json; readonly line: number; readonly sourceComment: string | null }
export type ParsedYaml = { readonly documents: readonly ParsedDocument[]; readonly warnings: readonly Note[] }

/** Of a chunk between two `---` lines, Kubernetes reads the first document only. */
const UNREAD = 'what follows the end marker (...) is not read by Kubernetes; separate documents with --- instead'
/** Helm's output is capped at the same size. */
const MAX_LENGTH = 64 * 1024 * 1024

/**
 * Parses a YAML (or JSON) stream exactly as sigs.k8s.io/yaml v1.6 does, which Helm, kubectl and the API server use.
 * Lists (`kind: List`) are unpacked; empty and null documents are left out.
 * @param text the stream
 * @param where a name for it in messages, such as a file's path
 * @param known documents that were parsed before, by their text, and to which these are added: renders of one chart have
 *   most of theirs in common, and what is the same object is known to be equal
 * @returns the documents, with the line (1-based) each starts on, and a `duplicate-key` note for each key given twice
 * @throws UserError with every faulty document's place
 */
export function parseYaml(text: string, where: string, known: Map<string, Json> = new Map()): ParsedYaml {
  if (text.length > MAX_LENGTH) {
    const remedy = 'Split it into smaller files.'
    throw new UserError({ message: 'The YAML is larger than 64 MB.', where, remedy })
  }
  const parsed = splitDocuments(text).map((document) => parseOne(document, where, known))
  const [first, ...rest] = parsed.flatMap((one) => one.faults)
  if (first !== undefined) throw new UserError(first, ...rest)
  return { documents: parsed.flatMap((one) => one.documents), warnings: parsed.flatMap((one) => one.warnings) }
}

type ParsedOne = ParsedYaml & { readonly faults: readonly Fault[] }

function parseOne(document: DocumentText, where: string, known: Map<string, Json>): ParsedOne {
  const before = known.get(document.text)
  if (before !== undefined) return { documents: describe(before, document), warnings: [], faults: [] }
  const json = parseJson(document.text)
  if (json !== undefined) return { documents: describe(json, document), warnings: [], faults: [] }
  const place = (line: number): string => `${where}:${document.line + line - 1}`
  const tellNote = (kind: string, message: string, line: number): Note => ({
    kind,
    message: `${place(line)}${document.source === null ? '' : ` (from ${document.source})`}: ${message}.`,
  })
  const tellFault = (message: string, line: number): Fault => ({
    message: `This is not valid YAML${document.source === null ? '' : ` (from ${document.source})`}: ${message}.`,
    where: place(line),
    remedy: 'Correct the YAML at that line.',
  })
  const composed = composeYaml(document.text)
  if ('fault' in composed) return { documents: [], warnings: [], faults: [tellFault(composed.fault, composed.line)] }
  const { root, unread, lineAt } = composed
  const { value, faults, duplicates } = convertNodes(root, document.text.includes('*'))
  // What has to be told has its line in it, and is parsed wherever it stands.
  if (faults.length + duplicates.length + unread.length === 0) known.set(document.text, value)
  return {
    documents: faults.length > 0 ? [] : describe(value, document),
    warnings: [
      ...duplicates.map(({ message, offset }) => tellNote('duplicate-key', message, lineAt(offset))),
      ...unread.map((line) => tellNote('unread-document', UNREAD, line)),
    ],
    faults: faults.map(({ message, offset }) => tellFault(message, lineAt(offset))),
  }
}

function describe(value: Json, document: DocumentText): readonly ParsedDocument[] {
  return flattenList(value)
    .filter((item) => item !== null)
    .map((item) => ({ value: item, line: document.line, sourceComment: document.source }))
}
