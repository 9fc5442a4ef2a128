// Choices that come out the same for the same seed.

/** A source of choices. */
export type Random = {
  /** A whole number from 0 up to, and without, `below`. */
  readonly int: (below: number) => number
  /** One of the items; undefined where there are none. */
  readonly pick: <T>(items: readonly T[]) => T | undefined
  /** The items in another order, heavy ones earlier on average. */
  readonly shuffle: <T>(items: readonly T[], weigh?: (item: T) => number) => readonly T[]
}

/** Gives the same choices for the same text, on every machine: mulberry32 over an FNV-1a hash. */
export function seedRandom(text: string): Random {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number): number => Math.floor(next() * below)
  return {
    int,
    pick: (items) => items[int(items.length)],
    // Efraimidis and Spirakis, 2006: the largest of random^(1/weight) is drawn first.
    shuffle: (items, weigh = () => 1) =>
      items
        .map((item) => ({ item, rank: next() ** (1 / weigh(item)) }))
        .sort((one, other) => other.rank - one.rank)
        .map(({ item }) => item),
  }
}
