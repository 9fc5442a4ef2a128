// Somebody moves each place again before its way back is taken: does every guard refuse?

import { offerReverts } from '../../src/explain/revert/offer.ts'
import type { Finding, JsonObject } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { applyWrites, at, isMap, look } from '../places.ts'
import type { Input } from '../read-decision.ts'
import { waitUntilQuiet } from '../settle.ts'
import { makeOther } from './other-value.ts'
import { listChanges, type Snapshot, takeSnapshot } from './snapshot.ts'
import { runShell, type Site } from './try-reverts.ts'

export type Guarded = {
  readonly guarded: number
  /** How many of them could be moved again. */
  readonly moved: number
  readonly faults: readonly string[]
}

/**
 * Moves every drifted place again, each in its turn, and then takes the way back that was offered before.
 *
 * @param pristine the objects as they were before anyone changed them
 */
export async function tryGuards(input: Input, site: Site, pristine: Snapshot): Promise<Guarded> {
  const choices = offerReverts(input)
  const faults: string[] = []
  let [guarded, moved] = [0, 0]
  for (const finding of input.findings) {
    const choice = choices.get(finding.id)
    if (!finding.drift || choice?.command === undefined || choice.guard === undefined) continue
    guarded += 1
    if (!(await moveAgain(finding, site, pristine))) continue
    moved += 1
    await waitUntilQuiet(site.kube, [finding.object], { quiet: 300, most: 2000 })
    const before = await takeSnapshot(site.refs, site.kube)
    const outcome = await runShell(choice.command, site, input.workspace)
    const changes = listChanges(before, await takeSnapshot(site.refs, site.kube))
    const head = `${finding.object.kind}/${finding.object.name} ${formatPath(finding.path)}`
    if (outcome.code === 0 || changes.length > 0) faults.push(`${head}: exit ${outcome.code}, ${changes.length} changes\n${choice.command}`)
  }
  return { guarded, moved, faults }
}

async function moveAgain(finding: Finding, { kube }: Site, pristine: Snapshot): Promise<boolean> {
  const { object: ref, change, path } = finding
  const url = kube.pathOf(ref) ?? ''
  const live = await kube.get(ref)
  if (change === 'missing-object') {
    const body = pristine.get(
      [ref.apiVersion.includes('/') ? ref.apiVersion.split('/')[0] : '', ref.kind, ref.namespace ?? '', ref.name].join('|'),
    )
    if (body === undefined) return false
    const made = applyWrites(clearAllocated(body), [{ path: at('metadata', 'labels', 'app.kubernetes.io/managed-by'), value: 'somebody' }])
    return (await kube.call('POST', `${kube.pathOf({ ...ref, name: '' })}?fieldManager=kubectl-create`, made)).status === 201
  }
  if (live === null) return false
  if (change === 'extra-object') {
    const again = applyWrites(live, [{ path: at('metadata', 'labels', 'again'), value: 'yes' }])
    return (await kube.call('PUT', `${url}?fieldManager=kubectl-edit`, again)).status === 200
  }
  const now = look(live, path)
  const ways = [makeOther(now), makeOther(finding.desired), undefined].map((value) => ({ path, value }))
  for (const write of ways) {
    const after = applyWrites(live, [write])
    if (JSON.stringify(after) === JSON.stringify(live)) continue
    const answer = await kube.call('PUT', `${url}?fieldManager=kubectl-edit`, after)
    if (answer.status === 200 && JSON.stringify(look(answer.body, path)) !== JSON.stringify(now)) return true
  }
  return false
}

function clearAllocated({ spec, ...rest }: JsonObject): JsonObject {
  if (!isMap(spec) || spec.clusterIP === 'None') return { ...rest, ...(spec === undefined ? {} : { spec }) }
  const { clusterIP: _one, clusterIPs: _all, ...kept } = spec
  return { ...rest, spec: kept }
}
