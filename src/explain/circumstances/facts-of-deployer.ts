import type { Fact } from '../../model.ts'
import { formatTime, inBrackets, readCondition, readField, readMaps, readText, shorten } from './fields.ts'
import type { ReleaseState, Seen } from './model.ts'
import { type ChangeWindow, relate } from './window.ts'

/** Helm's own clock and the API server's may differ by some seconds, and no more. Milliseconds. */
const DEPLOY_SLACK = 10_000

/** Helm's last deploy, and whether it lies after the change. */
export function tellRelease(release: ReleaseState, window: ChangeWindow | null): readonly Fact[] {
  const { revision, status, time, rollbackTo } = release
  const at = time === null ? '' : ` at ${formatTime(time)}`
  const how = rollbackTo === null ? '' : `, by going back to revision ${rollbackTo}`
  const text = `Helm’s last deploy of the release is revision ${revision}${at}${how}${status === 'deployed' ? '' : `; its status is ${shorten(status, 40)}`}.`
  const fact: Fact = { kind: 'release', text, time, ...relate(window, time, time, DEPLOY_SLACK), steady: true }
  const none: Fact = { kind: 'release', text: 'Helm has deployed nothing since the change.', none: true, time: null, steady: true }
  return fact.relation === 'before' ? [fact, none] : [fact]
}

/** What Argo CD or Flux says of the release. */
export function tellOwner(owner: Seen, window: ChangeWindow | null): Fact {
  return owner.ref.kind === 'Application' ? tellApplication(owner, window) : tellHelmRelease(owner, window)
}

/**
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml
 */
function tellApplication({ ref, object }: Seen, window: ChangeWindow | null): Fact {
  const sync = readText(object, 'status.sync.status') ?? 'Unknown'
  const health = readText(object, 'status.health.status')
  const finished = readText(object, 'status.operationState.finishedAt')
  const phase = readText(object, 'status.operationState.phase')
  const automated = readField(object, 'spec.syncPolicy.automated')
  const isAutomated =
    typeof automated === 'object' && automated !== null && readField(object, 'spec.syncPolicy.automated.enabled') !== false
  const heals = isAutomated && readField(object, 'spec.syncPolicy.automated.selfHeal') === true
  const how = heals
    ? 'It syncs by itself and heals drift'
    : isAutomated
      ? 'It syncs by itself when Git changes, and does not heal drift'
      : 'It is synced by hand'
  const states = [shorten(sync, 40), ...(health === null ? [] : [shorten(health, 40)])].join(' and ')
  const ended =
    finished === null
      ? 'no sync is recorded'
      : `its last sync ended at ${formatTime(finished)}${phase === 'Succeeded' ? '' : inBrackets(shorten(phase ?? '', 40))}`
  const text = `Argo CD’s Application ${ref.name} is ${states}; ${ended}. ${how}.`
  return { kind: 'gitops', text, time: finished, ...relate(window, finished, finished, DEPLOY_SLACK), object: ref, steady: true }
}

/** @see https://fluxcd.io/flux/components/helm/helmreleases/ */
function tellHelmRelease({ ref, object }: Seen, window: ChangeWindow | null): Fact {
  const last = readMaps(object, 'status.history')[0]
  const version = (last === undefined ? null : readText(last, 'chartVersion')) ?? readText(object, 'status.lastAppliedRevision')
  const time = last === undefined ? null : readText(last, 'lastDeployed')
  const ready = readCondition(object, 'Ready')
  const state = ready === null ? 'tells no state' : ready.status === 'True' ? 'is ready' : `is not ready${inBrackets(ready.reason)}`
  const applied =
    version === null
      ? 'no applied version is recorded'
      : `it applied version ${shorten(version, 60)}${time === null ? '' : ` at ${formatTime(time)}`}`
  const text = `Flux’s HelmRelease ${ref.namespace}/${ref.name} ${state}; ${applied}. ${tellCorrection(object)}.`
  return { kind: 'gitops', text, time, ...relate(window, time, time, DEPLOY_SLACK), object: ref, steady: true }
}

const CORRECTIONS: { readonly [mode: string]: string } = {
  enabled: 'It corrects drift by itself',
  warn: 'It only warns of drift',
}

function tellCorrection(object: Seen['object']): string {
  if (readField(object, 'spec.suspend') === true) return 'It is suspended, so it changes nothing'
  return CORRECTIONS[readText(object, 'spec.driftDetection.mode') ?? ''] ?? 'It does not correct drift'
}
