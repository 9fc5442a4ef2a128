import type { Finding } from '../../model.ts'
import { formatPath } from '../../path.ts'

/** Beyond this many, places are counted rather than named. */
const MOST_NAMED = 3

/** What a deploy does to the drift, by the fate of each finding: what comes back, and what stays. */
export function tellEffect(findings: readonly Finding[]): string {
  const drift = findings.filter((finding) => finding.drift)
  const of = (...fates: readonly (string | undefined)[]) => drift.filter(({ fate }) => fates.includes(fate?.next))
  const [back, kept, unknown] = [of('reverted', 'blocks-deploy'), of('kept', 'none'), of('unknown', undefined)]
  const undeployed = findings.filter(({ cause }) => cause === 'undeployed').length
  return [
    ...(back.length === 0 ? [] : [`It sets back ${nameAll(back)}.`]),
    ...(kept.length === 0 ? [] : [`It leaves as it is: ${nameAll(kept)}.`]),
    ...(unknown.length === 0 ? [] : [`What it does to ${nameAll(unknown)} is not known.`]),
    ...(undeployed === 0
      ? []
      : [`It also deploys ${undeployed === 1 ? 'one change' : `${undeployed} changes`} of Git that the cluster does not have yet.`]),
  ].join(' ')
}

function nameAll(findings: readonly Finding[]): string {
  if (findings.length > MOST_NAMED) return `${findings.length} places`
  return findings.map(({ object, path }) => `${path.length === 0 ? '' : `${formatPath(path)} of `}${object.kind} ${object.name}`).join(', ')
}
