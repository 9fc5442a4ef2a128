/** A source of numbers in [0, 1) that gives the same ones on every machine (mulberry32). */
export function seedRandom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Joins up to `most` randomly chosen pieces. */
export function joinRandomly(random: () => number, pieces: readonly string[], most: number): string {
  const length = Math.floor(random() * (most + 1))
  return Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('')
}
