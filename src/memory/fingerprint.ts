import { createHash } from 'node:crypto'
import { getAt, isObject } from '../compare/json.ts'
import type { Desired, Finding, Json, Path } from '../model.ts'
import { formatPath, parsePath } from '../path.ts'
import { keyOfRef } from '../refs.ts'

/** A short fingerprint of what one side says at a place; null where that is redacted. */
export function fingerprint(value: Json | undefined): string | null {
  if (isObject(value) && value.redacted === true) return null
  const text = JSON.stringify(value ?? null, (_, child) => {
    if (typeof child === 'bigint') return `${child}n`
    // Git and an API server order fields as they like.
    return isObject(child) ? Object.fromEntries(Object.entries(child).toSorted(([a], [b]) => (a < b ? -1 : 1))) : child
  })
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** The fingerprint of one side of a finding. Of an object that is missing or extra it says no more than whether it is there. */
export function fingerprintSide(finding: Finding, side: 'desired' | 'live'): string | null {
  if (finding.path.length === 0) return fingerprint((finding.change === 'missing-object') === (side === 'desired'))
  // A redacted side would have the same fingerprint whatever it hides.
  return finding.equal === undefined ? fingerprint(finding[side]) : null
}

/**
 * The fingerprint of what Git says at the place of a streak.
 *
 * @param key as `keyOf` makes it
 * @returns undefined where the key's path cannot be read
 */
export function fingerprintAt({ objects }: Desired, key: string): string | null | undefined {
  const space = key.indexOf(' ')
  const path = parsePath(key.slice(space + 1))
  if (space < 0 || path === null) return undefined
  const found = objects.find(({ ref }) => keyOfRef(ref) === key.slice(0, space))
  // Whoever restores an object does not give it every field that Git says nothing about.
  if (path.length === 0) return fingerprint(found !== undefined)
  // What every render makes anew is never the same twice, whoever moved.
  if (found?.unstable.some((one) => meets(one.path, path))) return null
  return fingerprint(getAt(found?.object, path))
}

/** Whether one of two paths leads to the other. */
function meets(a: Path, b: Path): boolean {
  const shorter = Math.min(a.length, b.length)
  return formatPath(a.slice(0, shorter)) === formatPath(b.slice(0, shorter))
}
