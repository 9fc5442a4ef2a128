import { escapeMarkdown } from './sanitize.ts'

/**
 * Where a link may lead. Each is known by its shape, so that a text that gets into the place of an address by mistake or
 * by malice makes no link; the host is not fixed, since GitHub can be anyone's own server.
 */
const SHAPES = {
  run: /^\/[\w.-]+\/[\w.-]+\/actions\/runs\/\d+(\/attempts\/\d+|\/job\/\d+)?$/,
  runs: /^\/[\w.-]+\/[\w.-]+\/actions(\/workflows\/[\w.%-]+)?(\?[\w.%=&+-]*)?$/,
  issue: /^\/[\w.-]+\/[\w.-]+\/issues\/\d+$/,
  fact: /^\/[\w.-]+\/[\w.-]+\/(actions\/runs\/\d+(\/attempts\/\d+)?|pull\/\d+|issues\/\d+|commit\/[0-9a-f]{7,40}|deployments\/[\w.%-]+)$/,
  comment: /^\/[\w.-]+\/[\w.-]+\/(issues|pull)\/\d+#issuecomment-\d+$/,
} as const

/**
 * A link with a text of ours, as Markdown.
 *
 * @param url from outside; null when there is none
 * @returns the text alone when there is no address of this shape
 */
export function toLink(text: string, url: string | null | undefined, shape: keyof typeof SHAPES): string {
  const address = url === null || url === undefined ? null : readAddress(url, shape)
  return address === null ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${address})`
}

function readAddress(url: string, shape: keyof typeof SHAPES): string | null {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return null
  if (!/^[\w.-]+(:\d+)?$/.test(parsed.host)) return null
  return SHAPES[shape].test(parsed.pathname + parsed.search + parsed.hash) ? parsed.href : null
}
