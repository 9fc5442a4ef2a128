import { capitalise } from '../../capitalise.ts'
import { count } from '../../count.ts'
import type { Fate, Finding, HealthState } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { formatTime, shorten } from '../circumstances/fields.ts'
import { isDebug, replicasMore, type Scene } from './scene.ts'

const HEALTH: { readonly [state in HealthState]: string | null } = {
  healthy: 'Healthy',
  progressing: 'Still changing',
  degraded: 'Degraded',
  unknown: null,
}
const MOST_TOLD = 3

/** All but the end of a headline: how it is, what changed since when, and what did not happen. No ages, no names of pods. */
export function summarise(scene: Scene): string {
  const isScaled = scene.drift.some((finding) => replicasMore(finding) !== null)
  const since = scene.since === null ? '' : ` since ${formatTime(scene.since)}`
  const parts = [
    HEALTH[scene.health],
    `${listChanges(scene.drift)}${since}`,
    isScaled && scene.autoscaler === 'none' ? 'no autoscaler' : null,
    ...(scene.since === null ? [] : [DEPLOYS[scene.deploys]]),
  ].filter((part) => part !== null)
  const text = parts.join(', ')
  return capitalise(text)
}

const DEPLOYS: { readonly [state in Scene['deploys']]: string | null } = {
  since: 'a deploy since',
  around: 'a deploy or workflow at the same time',
  none: 'no deploy since',
  unknown: null,
}

/** `2 more replicas, debug output and 3 more changes`. */
export function listChanges(drift: readonly Finding[]): string {
  const words = [...Map.groupBy(drift, nameChange)].map(([name, same]) => (same.length === 1 ? name : `${name} (${same.length} times)`))
  const shown = words.slice(0, MOST_TOLD)
  const left = words.length - shown.length
  return joinWords(left === 0 ? shown : [...shown, count(left, 'other kind of change').replace('kind of changes', 'kinds of change')])
}

function nameChange(finding: Finding): string {
  const more = replicasMore(finding)
  if (more !== null)
    return finding.live === 0
      ? 'no replicas at all'
      : `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} ${Math.abs(more) === 1 ? 'replica' : 'replicas'}`
  if (isDebug(finding)) return 'debug output'
  return shorten(finding.meaning?.title ?? finding.pattern.replaceAll('-', ' '), 60)
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** By when to decide, and what happens otherwise; null where no deploy does anything about it, or nobody knows. */
export function tellDeadline(drift: readonly Finding[]): string | null {
  const blocked = withFate(drift, 'blocks-deploy')
  if (blocked.length > 0) {
    const places = [...new Set(blocked.map(({ path, object }) => formatPath(path) || `${object.kind}/${object.name}`))]
    const more = places.length > MOST_TOLD ? ` and ${count(places.length - MOST_TOLD, 'other place')}` : ''
    return `Decide before the next deploy: it ${will(blocked)} fail on ${places.slice(0, MOST_TOLD).join(', ')}${more}.`
  }
  const taken = withFate(drift, 'reverted')
  if (taken.length === 0) return null
  const rest = taken.length < drift.length ? `${listChanges(taken)}, and leave the rest` : listChanges(taken)
  return `Decide before the next deploy: it ${will(taken)} silently take back ${rest}.`
}

function withFate(drift: readonly Finding[], next: Fate['next']): readonly Finding[] {
  return drift.filter(({ fate }) => fate?.next === next)
}

function will(findings: readonly Finding[]): string {
  return findings.some(({ fate }) => fate?.confidence === 'certain') ? 'will' : 'may'
}
