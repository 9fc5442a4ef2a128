import type { Json } from '../model.ts'

/** How deep an object may nest to be compared: far beyond any real one, and within the stack. */
export const MAX_DEPTH = 500

/** Whether a value nests deeper than that. Level by level, since recursion is what a deep object would break. */
export function isTooDeep(root: Json): boolean {
  let level: Json[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    const next: Json[] = []
    for (const value of level) {
      if (value === null || typeof value !== 'object') continue
      for (const child of Object.values(value)) if (child !== null && typeof child === 'object') next.push(child)
    }
    level = next
  }
  return false
}
