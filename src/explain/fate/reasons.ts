import type { Finding } from '../../model.ts'
import type { Method, Scene } from './model.ts'

/** Why a difference stays, as the sentence of a fate. */
export function explainKept({ change }: Finding, { last }: Scene, method: Method): string {
  if (change === 'added') return 'the chart does not declare it, so no deploy touches it'
  if (method === 'server-side') return 'what the chart declares is already there, as the API server counts it'
  return last === null
    ? 'Helm sends a custom resource only what changed in the chart since the last deploy, and what that deploy rendered is not known'
    : 'Helm sends a custom resource only what changed in the chart since the last deploy, which is nothing here'
}

/** Why a difference goes. */
export function explainReverted({ change, cause }: Finding, { wanted }: Scene, method: Method): string {
  if (cause === 'undeployed') return 'the next deploy brings what Git says now'
  if (change === 'added') {
    return method === 'client-side'
      ? 'the chart declares what it is part of, and the deploy replaces that as a whole'
      : 'Helm applied it and does not declare it any more'
  }
  if (cause === 'controller')
    return `the chart declares it, so the deploy sets it, and the controller of this ${wanted.ref.kind} may change it again`
  return change === 'removed' ? 'the chart declares it, so the deploy makes it again' : 'the chart declares it, so the deploy sets it'
}
