import type { Streak } from '../memory/model.ts'
import type { Moved } from '../report/issue-comments.ts'
import type { TargetCase } from './model.ts'

/** Why a difference is gone: compares what Git said when it was there with what it says now. Where that is secret, it cannot be told. */
export function tellWhoMoved(streak: Streak, { desiredNow }: Pick<TargetCase, 'desiredNow'>): Moved['who'] {
  const now = desiredNow(streak.key)
  if (streak.desired === null || now === null || now === undefined) return 'either'
  return now === streak.desired ? 'cluster' : 'git'
}
