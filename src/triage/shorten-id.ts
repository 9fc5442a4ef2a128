/** The first digits of a finding's id: seven, or as many more as tell it from the others. */
export function shortenId(id: string, others: readonly string[]): string {
  for (let length = 7; length < id.length; length++) {
    const short = id.slice(0, length)
    if (!others.some((other) => other !== id && other.startsWith(short))) return short
  }
  return id
}
