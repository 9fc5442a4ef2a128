import type { ObjectRef } from '../../src/model.ts'
import { isAbout, splitMessage } from '../fate/read-message.ts'
import type { Kube } from '../kube.ts'
import { keyOf } from '../refs.ts'
import { type Release, upgradeRelease } from '../release.ts'

/** What a deploy said: every failure, and the objects that had to be taken away for it to go on, by `keyOf`. */
export type Deployed = { readonly parts: readonly string[]; readonly remade: ReadonlySet<string> }

/** How often it is tried: what is refused shows only when what was refused before is out of the way. */
const TRIES = 6

/** Deploys until it passes: with conflicts forced, and with what the API server or Helm refuses taken away before. */
export async function deployAnyway(release: Release, refs: readonly ObjectRef[], kube: Kube, seconds: number): Promise<Deployed> {
  const remade = new Set<string>()
  const all: string[] = []
  let isForced = false
  for (let tries = 1; ; tries++) {
    const flags = ['--no-hooks', ...(isForced ? ['--force-conflicts'] : [])]
    const message = await upgradeRelease(release, flags, seconds)
    if (message === null) return { parts: [...new Set(all)], remade }
    if (tries === TRIES) throw new Error(`the upgrade fails again and again: ${splitMessage(message).join(' && ')}`)
    const parts = splitMessage(message)
    all.push(...parts)
    isForced ||= release.helm === 4 && parts.some(isConflict)
    for (const ref of refs.filter((one) => parts.some((part) => !isConflict(part) && isOf(part, one)))) {
      await takeAway(ref, kube)
      remade.add(keyOf(ref))
    }
  }
}

/** Whether a part of Helm's message says that another manager owns fields. */
export function isConflict(part: string): boolean {
  return part.startsWith('conflict occurred while applying object ')
}

/** Whether a part of Helm's message is about an object: also where Helm does not take it over. */
export function isOf(part: string, ref: ObjectRef): boolean {
  return (
    isAbout(part, ref) || part.includes(`${ref.kind} "${ref.name}" in namespace "${ref.namespace ?? ''}" exists and cannot be imported`)
  )
}

async function takeAway(ref: ObjectRef, kube: Kube): Promise<void> {
  const path = kube.pathOf(ref)
  if (path === null) return
  await kube.call('DELETE', `${path}?propagationPolicy=Background`)
  await kube.call('PATCH', path, { metadata: { finalizers: null } }, { 'content-type': 'application/merge-patch+json' })
}
