import { type Addressed, formatResource } from './declared.ts'
import { allows, type Rule } from './rules.ts'

type Wanted = { readonly group: string; readonly resource: string; readonly subresource?: string; readonly verbs: readonly string[] }

const READ = ['get', 'list', 'watch']
/**
 * What somebody on call needs beside reading what the chart declares: to see why, and to get rid of a broken pod.
 * Secrets and `pods/exec` are left out: both show what the application holds.
 */
const ON_CALL: readonly Wanted[] = [
  { group: '', resource: 'events', verbs: READ },
  { group: '', resource: 'pods', verbs: [...READ, 'delete'] },
  { group: '', resource: 'pods', subresource: 'log', verbs: ['get'] },
  { group: '', resource: 'pods', subresource: 'eviction', verbs: ['create'] },
  { group: '', resource: 'pods', subresource: 'portforward', verbs: ['create'] },
  { group: 'apps', resource: 'controllerrevisions', verbs: READ },
  { group: 'apps', resource: 'replicasets', verbs: READ },
  { group: 'autoscaling', resource: 'horizontalpodautoscalers', verbs: READ },
  { group: 'batch', resource: 'jobs', verbs: READ },
  { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: READ },
]

/** A rule of a Role, ready to be written. */
export type WrittenRule = {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/**
 * The rules of a Role for people on call: to read what the chart declares, and the above. Nothing that the rules they
 * have do not allow them.
 */
export function narrowRules(rules: readonly Rule[], declared: readonly Addressed[]): readonly WrittenRule[] {
  const kinds = declared.filter(({ namespace, group, resource }) => namespace !== null && formatResource({ group, resource }) !== 'secrets')
  const wanted: readonly Wanted[] = [...ON_CALL, ...kinds.map(({ group, resource }) => ({ group, resource, verbs: READ }))]
  const kept = new Map<string, { readonly group: string; readonly resource: string; readonly verbs: Set<string> }>()
  for (const { group, resource, subresource = '', verbs } of wanted) {
    const held = verbs.filter((verb) => rules.some((rule) => allows(rule, { verb, group, resource, subresource, name: '' })))
    if (held.length === 0) continue
    const full = subresource === '' ? resource : `${resource}/${subresource}`
    const entry = kept.get(`${group}/${full}`) ?? { group, resource: full, verbs: new Set<string>() }
    kept.set(`${group}/${full}`, entry)
    for (const verb of held) entry.verbs.add(verb)
  }
  const alike = Map.groupBy([...kept.values()], ({ group, verbs }) => `${group} ${[...verbs].toSorted().join(',')}`)
  return [...alike.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [first, ...others]]) => ({
      apiGroups: [first?.group ?? ''],
      resources: [first, ...others].flatMap((one) => one?.resource ?? []).toSorted(),
      verbs: [...(first?.verbs ?? [])].toSorted(),
    }))
}
