import type { UserError } from '../errors.ts'
import { type Handover, type KnownTarget, MOST_BYTES } from './model.ts'
import { parseHandover } from './parse-handover.ts'
import { MOST, refuseHandover, show, showSize } from './refuse-handover.ts'
import { toWrittenTarget } from './schema.ts'

/** ECMAScript's JSON.rawJSON (tc39/proposal-json-parse-with-source), which TypeScript's library does not declare yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object }

/**
 * A handover as the text of its file. It is read back at once, so that what would be refused later is told where it is made.
 *
 * @param known the targets of the configuration, as the reader will know them
 * @throws UserError when it is larger than can be handed over, or would be refused
 */
export function writeHandover({ pullRequest, kubeVersion, targets }: Handover, known: readonly KnownTarget[]): string {
  const { number, head, base } = pullRequest
  const start = JSON.stringify({ schemaVersion: '1', pullRequest: { number, head, base }, kubeVersion, targets: [] }).slice(0, -2)
  const texts: string[] = []
  let bytes = Buffer.byteLength(start)
  for (const target of targets) {
    const text = stringify(toWrittenTarget(target))
    texts.push(text)
    bytes += Buffer.byteLength(text) + 1
    // All that it could grow to is not made: nothing bounds how many targets render how much.
    if (bytes > MOST_BYTES) throw tellTooLarge(bytes, targets, texts)
  }
  const text = `${start}${texts.join(',')}]}`
  parseHandover(text, known)
  return text
}

function stringify(value: object): string {
  return JSON.stringify(value, (_, child) => {
    if (typeof child === 'bigint') return rawJSON(child.toString())
    // JSON would say null, which is something else.
    if (typeof child === 'number' && !Number.isFinite(child)) throw refuseHandover(`${child} is a number that JSON does not have.`)
    return child
  })
}

function tellTooLarge(bytes: number, targets: Handover['targets'], texts: readonly string[]): UserError {
  const largest = texts.reduce((most, text, at) => (text.length > (texts[most]?.length ?? 0) ? at : most), 0)
  const size = showSize(Buffer.byteLength(texts[largest] ?? ''))
  return refuseHandover(
    `The pull request renders to ${showSize(bytes)} or more, and at most ${MOST} are handed over; the most of it, ${size}, is target ${show(targets[largest]?.name ?? '')}.`,
    'Preview fewer targets at once, or leave large files out of the chart.',
  )
}
