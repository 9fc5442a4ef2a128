/**
 * Values that stand for deploy-time values, in pairs, so that what follows from one changes visibly. A chart may want
 * text, a version or a number there; the first pair with which it renders is used.
 */
const PAIRS = [
  ['plumbline-1', 'plumbline-2'],
  ['9.9.1', '9.9.2'],
  ['1001', '1002'],
  ['true', 'false'],
] as const

/** One pair of `--set` expressions per deploy-time value. */
export type SentinelSet = { readonly first: readonly string[]; readonly second: readonly string[] }

/**
 * Chooses a sentinel for each key: text for all if the chart renders so, else the first that fits, key by key.
 * @param keys values keys, such as `image.tag`
 * @param renders tells whether the chart renders with these `--set` expressions
 * @returns the expressions; or the key for which nothing fits
 */
export async function chooseSentinels(
  keys: readonly string[],
  renders: (set: readonly string[]) => Promise<boolean>,
): Promise<SentinelSet | { readonly unfit: string }> {
  const texts = build(keys.map((key) => [key, PAIRS[0]]))
  if (await renders(texts.first)) return texts
  const chosen: [string, readonly [string, string]][] = []
  for (const key of keys) {
    const pair = await findPair(key, renders)
    if (pair === null) return { unfit: key }
    chosen.push([key, pair])
  }
  return build(chosen)
}

async function findPair(key: string, renders: (set: readonly string[]) => Promise<boolean>): Promise<readonly [string, string] | null> {
  for (const pair of PAIRS) {
    if ((await renders([`${key}=${pair[0]}`])) && (await renders([`${key}=${pair[1]}`]))) return pair
  }
  return null
}

function build(chosen: readonly (readonly [string, readonly [string, string]])[]): SentinelSet {
  return { first: chosen.map(([key, pair]) => `${key}=${pair[0]}`), second: chosen.map(([key, pair]) => `${key}=${pair[1]}`) }
}
