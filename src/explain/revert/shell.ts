/** What no POSIX shell reads as anything but itself, wherever it stands in a command. */
const PLAIN = /^[A-Za-z0-9_/:.,@+-][A-Za-z0-9_/:.,@+=-]*$/

/**
 * Writes a text as one word of a POSIX shell, whatever it holds: as it is where that is safe, else in single quotes.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function quoteShell(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
