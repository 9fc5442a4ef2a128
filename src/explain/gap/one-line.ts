/** A name or path as part of a comment or a message: whatever would end its line becomes a space. */
export function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
