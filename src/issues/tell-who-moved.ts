import type { Streak } from '../memory/model.ts'
import type { TargetCase } from './model.ts'

/** Why a difference is gone: Git was changed to what the cluster had, the cluster was set back, or it cannot be told. */
export type Mover = 'git' | 'cluster' | 'unknown'

/** Compares what Git said when the difference was there with what it says now. */
export function tellWhoMoved(streak: Streak, { desiredNow }: Pick<TargetCase, 'desiredNow'>): Mover {
  const now = desiredNow(streak.key)
  if (streak.desired === null || now === null || now === undefined) return 'unknown'
  return now === streak.desired ? 'cluster' : 'git'
}
