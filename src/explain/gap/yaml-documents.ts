import { Document } from 'yaml'
import { oneLine } from './one-line.ts'

/**
 * Writes objects as a stream of YAML documents, each under its comment. Names come from a cluster, where they may hold
 * anything, so the library quotes values, and no comment can end its line early.
 */
export function stringifyDocuments(documents: readonly { readonly value: object; readonly comment: string }[]): string {
  return documents
    .map(({ value, comment }) => {
      const lines = comment.split('\n').map((line) => `# ${oneLine(line)}\n`)
      return lines.join('') + new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 })
    })
    .join('---\n')
}
