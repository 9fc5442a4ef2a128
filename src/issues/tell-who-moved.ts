import { keyOf } from '../memory/advance.ts'
import type { Streak } from '../memory/model.ts'
import type { Moved } from '../report/issue-comments.ts'
import type { TargetCase } from './model.ts'

type Known = Pick<TargetCase, 'desiredNow'> & { readonly target: Pick<TargetCase['target'], 'findings'> }

/** What became of a drift that is none any more: the difference is still there and counts no more, or is gone since someone moved. */
export function tellWhatBecame(streak: Streak, { target, desiredNow }: Known): Moved {
  const still = target.findings.find((finding) => keyOf(finding) === streak.key)
  return { fact: streak.fact, ...(still === undefined ? { who: tellWhoMoved(streak, desiredNow(streak.key)) } : { still }) }
}

/** Who moved, from what Git says now. Where a side is secret, or was not remembered, it may not be known. */
function tellWhoMoved({ desired, live }: Streak, now: string | null | undefined): 'git' | 'cluster' | 'either' | 'both' {
  if (desired === null || now === null || now === undefined) return 'either'
  if (now === desired) return 'cluster'
  if (live === null || live === undefined) return 'either'
  return now === live ? 'git' : 'both'
}
