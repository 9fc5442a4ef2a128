import type { Json, LiveReading } from '../model.ts'

/** Far beyond any real object, within the stack, and the same bound that manifests have. */
const MAX_DEPTH = 500

/**
 * Turns objects that nest deeper than anything can be compared into unreadable ones: whoever may write to a cluster could
 * otherwise end the run with a single object.
 */
export function refuseTooDeep(reading: LiveReading): LiveReading {
  if (reading.reading.outcome !== 'found' || !isDeeperThan(reading.reading.object, MAX_DEPTH)) return reading
  return {
    ref: reading.ref,
    reading: {
      outcome: 'unreadable',
      reason: 'too-deep',
      detail: `the object nests more than ${MAX_DEPTH} levels deep, which is not compared`,
      remedy: 'Look at it with kubectl: no controller or person writes such an object by accident.',
    },
  }
}

/** Level by level, since recursion is what a deep object would break. */
function isDeeperThan(root: Json, most: number): boolean {
  let level: Json[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    const next: Json[] = []
    for (const value of level) {
      if (value === null || typeof value !== 'object') continue
      for (const child of Object.values(value)) if (child !== null && typeof child === 'object') next.push(child)
    }
    level = next
  }
  return false
}
