import type { Settled } from '../memory/model.ts'
import type { WriteAccess } from './model.ts'

/** Whether the commands of a comment were judged by an earlier run. */
export function isSettled(comment: number, settled: Settled | null | undefined): boolean {
  return settled != null && comment <= settled.upTo && !settled.waiting.includes(comment)
}

/**
 * What is settled once these comments were judged. One whose author could not be asked about waits, unless it was settled before.
 *
 * @param judged those with commands that were read now
 */
export function settle(before: Settled | null, judged: readonly { readonly id: number; readonly access: WriteAccess }[]): Settled | null {
  if (judged.length === 0) return before
  const waiting = judged.filter(({ id, access }) => access === 'unknown' && !isSettled(id, before)).map(({ id }) => id)
  return { upTo: Math.max(before?.upTo ?? 0, ...judged.map(({ id }) => id)), waiting: waiting.toSorted((a, b) => a - b) }
}
