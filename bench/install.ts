// Installs the releases that are measured, and edits one of them by hand.

import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { ControlPlane } from '../__tests__/cluster/control-plane.ts'
import type { Release } from './model.ts'
import type { Programs } from './programs.ts'

const run = promisify(execFile)

/** The chart, and the name it is released under everywhere. */
export const CHART = join(import.meta.dirname, 'chart')
export const RELEASE = 'bench'
/** The chart makes as many objects of each of its kinds: Deployment, ConfigMap, Service, ServiceAccount. */
export const KINDS = 4

/** What a person does to the release that drifts: the object it is about, and kubectl's arguments. */
const EDITS: readonly { readonly object: string; readonly args: readonly string[] }[] = [
  { object: 'Deployment/app-0', args: ['scale', 'deployment/app-0', '--replicas=2'] },
  { object: 'Deployment/app-1', args: ['set', 'env', 'deployment/app-1', '--containers=app', 'DEBUG=true'] },
  { object: 'Deployment/app-2', args: ['set', 'resources', 'deployment/app-2', '--containers=proxy', '--limits=memory=256Mi'] },
  { object: 'ConfigMap/app-3', args: ['patch', 'configmap', 'app-3', '--patch', '{"data":{"LOG_LEVEL":"debug"}}'] },
  { object: 'ServiceAccount/app-4', args: ['annotate', 'serviceaccount', 'app-4', 'owner=jane'] },
  { object: 'Service/app-5', args: ['delete', 'service', 'app-5', '--wait=false'] },
]

/** The objects that were edited, sorted. */
export const EDITED = EDITS.map(({ object }) => object).toSorted()

/** Helm's flags for a release's size; plumbline takes the same. */
export function sizeFlags({ objects }: Release): readonly string[] {
  return ['--set', `count=${objects / KINDS}`]
}

/** Installs a release with Helm 4, which applies on the server's side, and edits it by hand where it is the one to be edited. */
export async function installRelease(plane: ControlPlane, { helm, kubectl }: Programs, release: Release): Promise<void> {
  const place = ['--namespace', release.namespace, '--create-namespace', '--kubeconfig', plane.kubeconfigs.admin]
  // Helm sends all objects of a kind at once: without a pace, the API server gives up on many of a thousand Services.
  const pace = ['--qps', '80', '--burst-limit', '80', '--timeout', '10m']
  await run(helm, ['install', RELEASE, CHART, ...sizeFlags(release), ...place, ...pace], { maxBuffer: 64e6 })
  if (!release.edited) return
  for (const { args } of EDITS) await run(kubectl, [...args, '--namespace', release.namespace, '--kubeconfig', plane.kubeconfigs.human])
}

const QUIET_BYTES_PER_SECOND = 30_000

/**
 * Waits until the controllers have dealt with what was installed: three seconds in which hardly anyone asked the API server anything.
 * The audit log tells, at about a kilobyte for each request.
 * @throws Error when there is no such moment within five minutes
 */
export async function waitForQuiet(plane: ControlPlane): Promise<void> {
  const sizeOf = async () => (await stat(plane.auditLog)).size
  let quietSeconds = 0
  let before = await sizeOf()
  for (let second = 0; second < 300; second++) {
    await sleep(1000)
    const now = await sizeOf()
    quietSeconds = now - before < QUIET_BYTES_PER_SECOND ? quietSeconds + 1 : 0
    if (quietSeconds === 3) return
    before = now
  }
  throw new Error('The cluster did not become quiet within five minutes.')
}
