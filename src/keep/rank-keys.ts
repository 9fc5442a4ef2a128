import { isList, isObject, isSame } from '../compare/json.ts'
import type { Finding, Json } from '../model.ts'
import type { Key } from './keys.ts'

/** How much a key looks like the one that drives a finding. Only for the order in which keys are tried. */
export type RankKey = (key: Key) => number

/** Names that charts use for places whose own names say something else. */
const SYNONYMS: readonly (readonly [pattern: RegExp, words: readonly string[]])[] = [
  [/^spec\.template\.metadata\./, ['pod']],
  [/\.env(?:\.|$)/, ['environment', 'var', 'variable', 'extra']],
  [/\.envFrom/, ['extra']],
  [/^spec\.template\.spec\.(?:securityContext|affinity|nodeSelector|tolerations)/, ['pod']],
  [/\.(?:volumes|volumeMounts)/, ['extra', 'additional']],
  [/\.args|\.command/, ['extra', 'argument', 'flag']],
  [/^data/, ['config', 'configuration', 'setting']],
  [/^spec\.replicas$/, ['count']],
]
/** Words that say nothing, since they are in every path. */
const COMMON = new Set(['spec', 'template', 'metadata', 'name', 'value', 'key', 'enabled'])

/**
 * Gives the order for one finding: by words that key and path share, the last ones most, by the object's and the
 * container's name, and by whether its own template mentions the key.
 *
 * @param release whose name is in the name of every object
 * @param mentioned what the object's template asks for
 */
export function rankFor(finding: Finding, release: string, mentioned: readonly Key[]): RankKey {
  const { path, object } = finding
  const fields = path.flatMap((step) => ('field' in step ? [step.field] : []))
  const named = path.flatMap((step) => ('key' in step ? Object.values(step.key).map(String) : 'field' in step ? [] : []))
  const last = new Set(
    fields
      .slice(-2)
      .flatMap(splitWords)
      .concat(listSynonyms(fields.join('.'))),
  )
  const all = new Set(fields.flatMap(splitWords))
  const own = [finding.desired, finding.live].flatMap((side) => (isObject(side) && typeof side.name === 'string' ? [side.name] : []))
  const where = new Set([object.name.replace(release, ''), object.kind, ...named, ...own, ...listDifferent(finding)].flatMap(splitWords))
  const asked = new Set(mentioned.map((key) => JSON.stringify(key)))
  return (key) => {
    const names = key.filter((step) => typeof step === 'string')
    const tail = new Set(names.slice(-2).flatMap(splitWords))
    const head = new Set(names.slice(0, -1).flatMap(splitWords))
    let score = asked.has(JSON.stringify(key))
      ? 3
      : key.some((_, length) => length > 0 && asked.has(JSON.stringify(key.slice(0, length))))
        ? 2
        : 0
    for (const word of tail) score += COMMON.has(word) ? 0 : last.has(word) ? 3 : all.has(word) ? 1 : 0
    for (const word of head) score += where.has(word) ? 2 : 0
    for (const word of tail) score += where.has(word) ? 1 : 0
    return score - key.length * 0.1
  }
}

/** Of lists of words, what only one side has: `--metrics-port=9090` says what it is for. */
function listDifferent({ desired, live }: Finding): readonly string[] {
  if (!isList(desired) || !isList(live)) return []
  const only = (one: readonly Json[], other: readonly Json[]) => one.filter((item) => !other.some((same) => isSame(same, item)))
  return [...only(desired, live), ...only(live, desired)].filter((item) => typeof item === 'string' && item.length < 100) as string[]
}

function listSynonyms(path: string): readonly string[] {
  return SYNONYMS.flatMap(([pattern, words]) => (pattern.test(path) ? words : []))
}

/** `podAnnotations` is pod and annotation. */
function splitWords(name: string): readonly string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []).map((word) => word.toLowerCase().replace(/(?<=..)s$/, ''))
}
