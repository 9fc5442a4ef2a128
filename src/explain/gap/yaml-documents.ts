import { Document, isScalar, visit } from 'yaml'
import { oneLine } from './one-line.ts'

/**
 * Writes objects as a stream of YAML documents, each under its comment. Names come from a cluster, where they may hold
 * anything, so the library quotes values, and no comment can end its line early.
 */
export function stringifyDocuments(documents: readonly { readonly value: object; readonly comment: string }[]): string {
  return documents
    .map(({ value, comment }) => {
      const lines = (comment === '' ? [] : comment.split('\n')).map((line) => `# ${oneLine(line)}\n`)
      const written = new Document(value, { aliasDuplicateObjects: false })
      // Lists of names on one line each, as people write rules.
      visit(written, {
        Seq: (_, list) => {
          list.flow = list.items.every(isScalar)
        },
      })
      return lines.join('') + written.toString({ lineWidth: 0, flowCollectionPadding: false })
    })
    .join('---\n')
}
