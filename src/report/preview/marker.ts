import { createHash } from 'node:crypto'

/**
 * The mark of a preview's comment, in a hidden comment of its own at the start of the text: `<!-- plumbline:preview v1 KEY RUN -->`.
 * KEY tells the comments of several workflows on one pull request apart; RUN is the run that the text is of.
 */
export type PreviewMarker = { readonly key: string; readonly run: number }

const MARKER = /^<!-- plumbline:preview v1 ([0-9a-f]{16}) (\d{1,16}) -->\n/

/**
 * The key of a workflow's comments.
 *
 * @param workflow the workflow's file; empty where it is not known
 * @param whose what names the targets: the config file, or their names
 */
export function makePreviewKey(workflow: string, whose: string): string {
  return createHash('sha256')
    .update(JSON.stringify([workflow, whose]))
    .digest('hex')
    .slice(0, 16)
}

/** Puts the mark in front of a text. `text` must not hold a hidden comment of its own. */
export function markPreview({ key, run }: PreviewMarker, text: string): string {
  return `<!-- plumbline:preview v1 ${key} ${run} -->\n${text}`
}

/** @returns null where a comment is no preview's */
export function readPreviewMarker(body: string): PreviewMarker | null {
  const [, key, run] = MARKER.exec(normalise(body)) ?? []
  return key === undefined || run === undefined ? null : { key, run: Number(run) }
}

/** Whether two comments say the same: their mark and their last line, which names the run and its time, do not count. */
export function saySame(one: string, other: string): boolean {
  return dropPassing(one) === dropPassing(other)
}

function dropPassing(body: string): string {
  return normalise(body).replace(MARKER, '').trimEnd().split('\n').slice(0, -1).join('\n').trim()
}

function normalise(body: string): string {
  return body.replaceAll('\r\n', '\n').trimStart()
}
