/** No id of ours is longer; what a marker claims to be one might be. */
const LONGEST = 16

/** The first digits of a finding's id: seven, or as many more as tell it from the others. */
export function shortenId(id: string, others: readonly string[]): string {
  const whole = id.slice(0, LONGEST)
  for (let length = 7; length < whole.length; length++) {
    const short = whole.slice(0, length)
    if (!others.some((other) => other !== id && other.startsWith(short))) return short
  }
  return whole
}
