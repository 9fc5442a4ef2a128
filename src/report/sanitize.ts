/**
 * Text from a cluster or a chart is hostile until shown otherwise. Each function here makes it safe for one place:
 * a terminal, the log of a GitHub workflow, or GitHub's Markdown.
 */

/** U+200B: seen by no reader, but enough to break a token. */
export const BREAK = '\u200b'

/**
 * Control characters, ANSI escapes (they start with U+001B), bidirectional overrides, invisible and line-breaking
 * characters, tag characters and lone surrogates.
 */
const INVISIBLE = /[\p{Cc}\p{Cs}\u061c\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** Makes characters visible that would move the cursor, colour the screen, reorder the line or hide: `\n`, `\u001b`. */
export function showControls(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
    return named ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
  })
}

/** `showControls` for text of several lines: line feeds stay, and a carriage return before one is dropped. */
export function showControlsPerLine(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => showControls(line.replaceAll('\t', '  ')))
    .join('\n')
}

/**
 * Makes every line of a text inert for the runner that reads a step's output. A command is `::name` at the start of a
 * line after any white space, or `##[name` anywhere in it, as the runner's `ActionCommand.TryParseV2` and `TryParse`
 * have it (github.com/actions/runner, src/Runner.Common/ActionCommand.cs).
 */
export function breakCommands(text: string): string {
  return text.replace(/^((?:[^\S\n]|\u0085)*):(?=:)/gm, `$1:${BREAK}`).replaceAll('##[', `##${BREAK}[`)
}

/** What a log may show of a text from outside (such as what helm wrote to stderr): visible characters and no command. */
export function toLogText(text: string): string {
  return breakCommands(showControlsPerLine(text))
}

/**
 * Text for a sentence or a table cell in GitHub's Markdown: no emphasis, link, autolink, image, HTML, code, math, table
 * or list of its own. Character references are text and never structure (CommonMark 2.5), also within HTML. Mentions,
 * issue and commit references are made from the rendered text, so a break is put into them.
 */
export function escapeMarkdown(text: string): string {
  return breakReferences(showControls(text)).replace(
    /[&<>"`*_[\]|\\~$!^{}#]|(?<!\d):(?=[/\w+-])|:(?=\/)|(?<=\bwww)\.|^\s*[-+=]|^\s*\d+[.)](?=\s|$)/gi,
    (special) => {
      const last = special.slice(-1)
      return `${special.slice(0, -1)}&#${last.charCodeAt(0)};`
    },
  )
}

/**
 * Text for the title of an issue, which GitHub shows as it is but for code in backticks and emoji by name; mail programs, which
 * get it as the subject, also make links of addresses.
 */
export function toTitleText(text: string): string {
  const plain = breakReferences(showControls(text)).replaceAll('`', "'")
  return breakCommands(plain.replace(/:(?=\/\/|[\w+-]+:)|www(?=\.)/gi, (special) => `${special}${BREAK}`))
}

/**
 * A value or a path as code. A code span where that cannot break out of it or of a table cell; otherwise `<code>`.
 *
 * @param text is shown on one line
 * @param breakable lets long text wrap on a narrow screen before dots and brackets; copied text is not changed by it
 */
export function toCode(text: string, breakable = false): string {
  const visible = breakMentions(showControls(text))
  const needsBreaks = breakable && visible.length > 24
  if (!needsBreaks && visible !== '' && !/[`|\\]|^\s|\s$/.test(visible)) return `\`${visible}\``
  const escaped = escapeMarkdown(text)
  return `<code>${needsBreaks ? escaped.replace(/(?<=[^.])[./](?=\w)|(?<=.)&#(?:91|38);|(?<=.)\?(?=\w)/g, '<wbr>$&') : escaped}</code>`
}

/** Text of several lines as a fenced block that nothing in it can close (CommonMark 4.5). */
export function toFence(text: string, info: string): string {
  return fence(breakMentions(showControlsPerLine(text)), info)
}

/** The same for what is to be copied: nothing is put between its letters, since GitHub makes no mentions of code. */
export function toCopyFence(text: string, info: string): string {
  return fence(showControlsPerLine(text), info)
}

function fence(text: string, info: string): string {
  const body = text.replace(/\n+$/, '')
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${info}\n${body}\n${ticks}`
}

/** GitHub leaves code alone, but the e-mail it sends quotes it as plain text. `image@sha256:` is no mention, and stays. */
function breakMentions(text: string): string {
  return text.replace(/(?<![\w`/.-])@(?=[\w-])/g, `@${BREAK}`)
}

function breakReferences(text: string): string {
  return (
    text
      // At the end of a text, what a writer puts after it would complete the token.
      .replace(/@(?=[\w-]|$)/g, `@${BREAK}`)
      .replace(/#(?=\d|$)/g, `#${BREAK}`)
      .replace(/\bwww$/i, `$&${BREAK}`)
      .replace(/\bGH-(?=\d|$)/gi, (match) => `${match}${BREAK}`)
      // Again and again: what is left of a long one would be a commit, too.
      .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b/g, (match) => match.replace(/.{6}(?=.)/g, `$&${BREAK}`))
  )
}
