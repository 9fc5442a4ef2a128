import type { Writer } from '../../model.ts'
import type { Addressed } from './declared.ts'
import { formatResource } from './declared.ts'
import { findDetours } from './detours.ts'
import type { Grant, Subject } from './grants.ts'
import { allows, type Question, type Rule } from './rules.ts'
import { formatSubject, isKubernetes, toUserName } from './subjects.ts'

/** What changes an object. `create` and `deletecollection` name none, so no `resourceNames` in a rule allows them. */
const WRITES = ['create', 'delete', 'deletecollection', 'patch', 'update'] as const
const NAMELESS: readonly string[] = ['create', 'deletecollection']
/** Nobody creates or deletes a subresource such as `scale`. */
const WRITES_TO_PART = ['patch', 'update'] as const

/** A subject with all that lets it write. */
export type Found = Writer & { readonly who: Subject; readonly grants: readonly Grant[] }
export type Writers = {
  readonly writers: readonly Found[]
  /** Subjects that may not write themselves, and may act as somebody who can: `Group sre (impersonate users)`. */
  readonly indirect: readonly string[]
  /** How many parts of Kubernetes itself may write. */
  readonly kubernetes: number
}

/**
 * Who may write some objects, by what the bindings say.
 *
 * @param objects of one namespace, or cluster-scoped
 * @param deployers user names
 */
export function findWriters(grants: readonly Grant[], objects: readonly Addressed[], deployers: readonly string[]): Writers {
  const bySubject = new Map<string, { readonly who: Subject; readonly grants: Grant[]; readonly rights: Map<string, Set<string>> }>()
  for (const grant of grants) {
    const rights = objects
      .filter(({ namespace }) => namespace !== null || grant.everywhere)
      .flatMap((object) => listWrites(grant.rules, object))
    for (const who of grant.subjects) {
      const key = formatSubject(who)
      if (rights.length > 0) {
        const entry = bySubject.get(key) ?? { who, grants: [], rights: new Map<string, Set<string>>() }
        bySubject.set(key, entry)
        entry.grants.push(grant)
        for (const [resource, verb] of rights) entry.rights.set(resource, (entry.rights.get(resource) ?? new Set<string>()).add(verb))
      }
    }
  }
  const people = [...bySubject].filter(([, { who }]) => !isKubernetes(who))
  return {
    writers: people
      .map(([subject, { who, grants: through, rights }]) => ({
        subject,
        rights: formatRights(rights),
        through: through.map((grant) => grant.through).join('; '),
        deploys: deployers.includes(toUserName(who) ?? ''),
        who,
        grants: through,
      }))
      .toSorted((a, b) => Number(a.deploys) - Number(b.deploys) || (a.subject < b.subject ? -1 : 1)),
    indirect: findDetours(
      grants.filter(({ rules }) => rules !== null),
      (who) => !bySubject.has(formatSubject(who)) && !deployers.includes(toUserName(who) ?? ''),
    ),
    kubernetes: bySubject.size - people.length,
  }
}

/** `[resource, verb]` for each write that the rules allow. */
export function listWrites(rules: readonly Rule[] | null, object: Addressed): readonly (readonly [resource: string, verb: string])[] {
  const ask = (verb: string, subresource: string): Question => {
    const { group, resource, name } = object
    return { verb, group, resource, subresource, name: NAMELESS.includes(verb) && subresource === '' ? '' : name }
  }
  const questions = [
    ...WRITES.map((verb) => ask(verb, '')),
    ...object.subresources.flatMap((subresource) => WRITES_TO_PART.map((verb) => ask(verb, subresource))),
  ]
  return questions
    .filter((question) => (rules ?? []).some((rule) => allows(rule, question)))
    .map(({ subresource, verb }) => [formatResource(object, subresource), verb])
}

/** `patch, update deployments.apps, deployments.apps/scale`: resources with the same verbs stand together. */
function formatRights(rights: ReadonlyMap<string, ReadonlySet<string>>): string {
  const byVerbs = Map.groupBy([...rights], ([, verbs]) => [...verbs].toSorted().join(', '))
  return [...byVerbs]
    .map(
      ([verbs, resources]) =>
        `${verbs} ${resources
          .map(([resource]) => resource)
          .toSorted()
          .join(', ')}`,
    )
    .join('; ')
}
