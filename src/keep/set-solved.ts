import { applyPatch, structuredPatch } from 'diff'
import { isComposite, isSame } from '../compare/json.ts'
import type { Json } from '../model.ts'
import type { Operation } from './operations.ts'
import type { Solved } from './solve.ts'

/**
 * The edit that makes the stand-ins' keys give what is live. Null when one key would need two values, or there is nothing
 * to change.
 */
export function setSolved(solved: readonly Solved[]): readonly Operation[] | null {
  const operations = new Map<string, Operation>()
  const seen = new Map<string, Json>()
  for (const { standIn, desired, live } of solved) {
    const name = JSON.stringify(standIn.key)
    if (seen.has(name) && !isSame(seen.get(name), live)) return null
    seen.set(name, live)
    if (isSame(desired, live)) continue
    operations.set(name, { op: 'set', key: standIn.key, value: toValue(standIn.value, desired, live) })
  }
  return operations.size === 0 ? null : [...operations.values()]
}

/** The new value in the type of the old one; within a longer text only the part that differs is replaced. */
function toValue(old: Json | undefined, desired: Json, live: Json): Json {
  if (typeof old === 'string') return typeof live === 'string' ? changeText(old, String(desired), live) : String(live)
  if (typeof live !== 'string') return live
  if (typeof old === 'boolean') return live === 'true' || (live === 'false' ? false : live)
  if (typeof old === 'number' && /^-?\d+(?:\.\d+)?$/.test(live) && String(Number(live)) === live) return Number(live)
  return live
}

/** What a template makes of a text may be trimmed, or have expressions in it that were worked out. */
function changeText(old: string, desired: string, live: string): string {
  if (old === desired || desired === '') return live
  if (old.split(desired).length === 2) return old.replace(desired, () => live)
  const patched = applyPatch(old, structuredPatch('', '', desired, live, '', '', { context: 1 }), { fuzzFactor: 1 })
  return patched === false ? live : patched
}

/** Whether two values are the same to a template that prints them. */
export function isLoosely(a: Json | undefined, b: Json | undefined): boolean {
  if (isSame(a, b)) return true
  if (a === undefined || b === undefined || a === null || b === null || isComposite(a) || isComposite(b)) return false
  return String(a) === String(b)
}
