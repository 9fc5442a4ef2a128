/** Words of these characters alone mean themselves to every shell. `=` at the start is left out: zsh would look for a program. */
const PLAIN = /^[\w%+,./:@-][\w%+,./:=@-]*$/
/** What a terminal would act on when a command is pasted; a line feed within quotes is harmless. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that must not reach a terminal
const CONTROLS = /([\u0000-\u0009\u000b-\u001f\u007f])/

/**
 * One word for a POSIX shell, whatever the text holds. Control characters are written by `printf`, so that pasting the
 * command does nothing to the terminal.
 *
 * It cannot keep a program from taking a word for a flag: give hostile text as `--flag=${quoteShell(text)}`.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function quoteShell(text: string): string {
  if (PLAIN.test(text)) return text
  return text === '' ? "''" : text.split(CONTROLS).map(quotePart).join('')
}

/** @param at odd places are the control characters, since the text was split at them */
function quotePart(part: string, at: number): string {
  if (at % 2 === 0) return part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`
  return `"$(printf '\\${(part.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}')"`
}

/** A path for a flag of helm: `--values` takes a CSV list: a path with a comma or a quote has to be quoted. */
export function quoteCsv(path: string): string {
  return /[",\n\r]/.test(path) ? `"${path.replaceAll('"', '""')}"` : path
}
