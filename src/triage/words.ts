/** Characters that cannot be seen, which copying from a rendered page brings along. */
const UNSEEN = /\p{Cf}|\ufe0f/gu

/** A line with plain spaces and nothing unseen in it. */
export function toPlain(line: string): string {
  return line.replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
}

/**
 * Parts a command where its reason begins.
 *
 * @returns what is before it, and the reason, without the quotes around it; null when there is no word that begins one
 */
export function findReason(text: string): readonly [head: string, reason: string | null] {
  const start = /(?<![\p{L}\p{N}_])(?:because|reason)(?![\p{L}\p{N}_])[\s:,;.–—=-]*/iu.exec(text)
  if (start === null) return [text, null]
  const reason = text.slice(start.index + start[0].length).trim()
  const quoted = /^(?:"([^"]*)"|'([^']*)'|“([^”“]*)”|‘([^’‘]*)’|„([^“”„]*)[“”]|«([^»«]*)»)\.?$/u.exec(reason)
  return [
    text.slice(0, start.index),
    quoted
      ?.slice(1)
      .find((part) => part !== undefined)
      ?.trim() ?? reason,
  ]
}

/** The words of a command before its reason: in lower case, with plain hyphens, without punctuation around them. */
export function splitWords(head: string): readonly string[] {
  return head
    .toLowerCase()
    .replace(/(?<=\d)[\u2010-\u2015\u2212](?=\d)/g, '-')
    .replace(/(?<![\p{L}\p{N}])for ?(?=\d)/gu, 'for ')
    .split(/[\s,;&]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
}
