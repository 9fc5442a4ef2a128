import type { Delivery, Fate, Finding } from '../../model.ts'

/** What is known of a deployer that was not measured, from its documentation. */
type Words = { readonly reverted: string; readonly kept: string; readonly blocks: string }

const WORDS: { readonly [delivery in 'argocd' | 'flux']: Words } = {
  // https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/, https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
  argocd: {
    reverted: 'Argo CD applies what Git declares at its next sync; without automatic sync and self-heal that waits for a person',
    kept: 'Argo CD does not take away what Git never declared',
    blocks: 'the API server refuses what the next sync of Argo CD would write',
  },
  // https://fluxcd.io/flux/components/kustomize/kustomizations/, https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection
  flux: {
    reverted:
      'Flux applies what Git declares: at each interval for a Kustomization, and for a HelmRelease at its next upgrade or with drift detection',
    kept: 'Flux does not take away what Git never declared; a Kustomization does take away what kubectl wrote',
    blocks: 'the API server refuses what Flux would write',
  },
}

/**
 * Words the fate under a GitOps deployer, from what a client-side merge would give: both set what is declared and leave
 * the rest. Neither was measured, so nothing here is certain.
 */
export function adaptToGitOps(fate: Fate, { change }: Finding, delivery: Extract<Delivery, 'argocd' | 'flux'>): Fate {
  const words = WORDS[delivery]
  if (fate.next === 'none' || fate.next === 'unknown') return { ...fate, confidence: 'uncertain' }
  if (fate.next === 'blocks-deploy') return { ...fate, confidence: 'uncertain', reason: words.blocks }
  // A custom resource is merged by both tools with what Git declares, unlike by Helm.
  const next = fate.next === 'kept' && (change === 'changed' || change === 'removed') ? 'reverted' : fate.next
  const isPlain = change === 'changed' || change === 'removed' || change === 'missing-object'
  return { next, confidence: isPlain ? 'likely' : 'uncertain', reason: words[next] }
}

/** Where nothing is known of how the release is deployed. */
export function judgeUnknown(delivery: Delivery): Fate {
  const reason =
    delivery === 'kubectl'
      ? 'it was applied with kubectl, and what the next apply does depends on its flags'
      : 'how it was last deployed is not recorded'
  return { next: 'unknown', confidence: 'uncertain', reason }
}
