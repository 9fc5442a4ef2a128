import type { Path } from '../model.ts'
import { isSameStep } from './lists.ts'

/** Whether two paths name the same place. */
export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && overlaps(a, b)
}

/** Whether a path names a place or one within it. */
export function isWithin(path: Path, top: Path): boolean {
  return path.length >= top.length && overlaps(path, top)
}

/** Whether one of two paths leads to the other. */
export function overlaps(a: Path, b: Path): boolean {
  return a.slice(0, b.length).every((step, index) => isSameStep(step, b[index] ?? { index: -1 }))
}
