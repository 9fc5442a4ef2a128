/**
 * The entries of our answer as it stands, by the comment that they answer: what was told of a settled command is told again.
 *
 * @param answer Markdown, as `formatAnswers` wrote it
 * @returns for each comment's id its entries, in the order of its commands
 */
export function findEntries(answer: string): ReadonlyMap<number, readonly string[]> {
  const entries = new Map<number, readonly string[]>()
  for (const [entry, id] of answer
    .replaceAll('\r\n', '\n')
    .matchAll(/^- \[[^\]\n]*\]\([^)\n]*#issuecomment-(\d+)\)[^\n]*(?:\n {2}- [^\n]*)*/gm))
    entries.set(Number(id), [entry, ...(entries.get(Number(id)) ?? [])])
  return entries
}
