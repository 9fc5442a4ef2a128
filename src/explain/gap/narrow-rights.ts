import type { JsonObject } from '../../model.ts'
import { toObject, toText } from '../../shapes.ts'
import { type Addressed, formatResource } from './declared.ts'
import type { Grant, Subject } from './grants.ts'
import { narrowRules } from './on-call-rules.ts'
import { formatSubject, isKubernetes, toSubject, toUserName } from './subjects.ts'
import { type Found, listWrites } from './writers.ts'
import { stringifyDocuments } from './yaml-documents.ts'

export type NarrowInput = {
  readonly release: string
  readonly namespace: string
  readonly writers: readonly Found[]
  readonly declared: readonly Addressed[]
  /** User names; placeholders where none are known. */
  readonly deployers: readonly string[]
  readonly deployersKnown: boolean
}
/** The change as YAML, and the bindings of the namespace that it changes. */
export type Narrowed = { readonly yaml: string; readonly bindings: readonly string[] }

/**
 * Takes the right to write from people, and leaves them what somebody on call needs of what they had: a Role for each
 * RoleBinding of the namespace that gives it to users or groups, and that binding without them. Accounts stay as they
 * are, since an operator may run as one, and so do ClusterRoleBindings, which reach into other namespaces.
 *
 * @returns null when no binding of the namespace gives people the right to write
 */
export function narrowRights(input: NarrowInput): Narrowed | null {
  const grants = [...new Set(input.writers.flatMap(({ grants }) => grants))].filter((grant) => findPeople(grant, input).length > 0)
  if (grants.length === 0) return null
  const documents = grants.toSorted((a, b) => (a.bindingName < b.bindingName ? -1 : 1)).flatMap((grant) => narrowGrant(grant, input))
  return { yaml: stringifyDocuments(documents), bindings: grants.map(({ bindingName }) => bindingName).toSorted() }
}

function findPeople(grant: Grant, { deployers }: NarrowInput): readonly Subject[] {
  if (grant.everywhere) return []
  return grant.subjects.filter(
    (subject) => subject.kind !== 'ServiceAccount' && !isKubernetes(subject) && !deployers.includes(toUserName(subject) ?? ''),
  )
}

function narrowGrant(grant: Grant, input: NarrowInput): readonly { readonly value: object; readonly comment: string }[] {
  const { namespace, declared, deployersKnown } = input
  const people = findPeople(grant, input)
  const who = people.map(formatSubject).join(', ')
  const role = `${grant.roleRef.kind}/${toText(grant.roleRef.name) ?? ''}`
  const rules = narrowRules(grant.rules ?? [], declared)
  const stay = grant.subjects.filter((subject) => !people.includes(subject))
  const missing = listMissingDeployers(input)
  const metadata = (name: string) => ({ name, namespace })
  const onCall = `${grant.bindingName}-on-call`
  return [
    {
      value: { apiVersion: RBAC, kind: 'Role', metadata: metadata(onCall), rules },
      comment: `What ${who} keep: to read what the chart declares, with events, logs and pods. Nothing in it is new to them.\nLeft out: Secrets, and pods/exec, which opens a shell beside the application's own secrets. Add them if your people on call had and need them.`,
    },
    { value: bind(metadata(onCall), { kind: 'Role', name: onCall }, people), comment: `Gives it to ${who}.` },
    ...(missing.length === 0
      ? []
      : [
          {
            value: bind(metadata(`${grant.bindingName}-deployers`), grant.roleRef, missing.map(toSubject)),
            comment: deployersKnown
              ? 'No binding names the deployers themselves: they may have had their rights as members of a group that loses them here.'
              : 'TO DO: the name is a placeholder. Put your deployers there first: they may be among those who lose their rights below.',
          },
        ]),
    {
      value: bind({ ...metadata(grant.bindingName) }, grant.roleRef, stay),
      comment: [
        `Takes from ${who} what ${role} gave them in namespace ${namespace}, for all objects of these kinds: ${listTaken(grant, declared)};`,
        'and whatever else it gave them beyond the Role above, for other applications in the namespace, too.',
        stay.length === 0 ? 'Nobody is left in this binding.' : `Left in this binding: ${stay.map(formatSubject).join(', ')}.`,
        ...tellOrigin(grant.binding),
      ].join('\n'),
    },
  ]
}

const RBAC = 'rbac.authorization.k8s.io/v1'

function bind(metadata: object, roleRef: JsonObject, subjects: readonly Subject[]): object {
  return {
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleRef.kind, name: roleRef.name },
    subjects: subjects.map(({ kind, name, namespace }) =>
      kind === 'ServiceAccount' ? { kind, name, namespace } : { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    ),
  }
}

/** Deployers that no binding names, and that a group may have given their rights. */
function listMissingDeployers({ deployers, writers }: NarrowInput): readonly string[] {
  const named = new Set(writers.filter(({ deploys }) => deploys).map(({ who }) => toUserName(who)))
  return deployers.filter((user) => !named.has(user))
}

function listTaken(grant: Grant, declared: readonly Addressed[]): string {
  const own = declared.filter(({ namespace }) => namespace !== null)
  const verbs = [...new Set(own.flatMap((object) => listWrites(grant.rules, object).map(([, verb]) => verb)))].toSorted()
  const kinds = own.filter((object) => listWrites(grant.rules, object).length > 0).map((object) => formatResource(object))
  return `${verbs.join(', ')} of ${[...new Set(kinds)].toSorted().join(', ')}`
}

/** A binding that a chart deploys would come back with the next deploy. */
function tellOrigin(binding: JsonObject): readonly string[] {
  const annotations = toObject(toObject(binding.metadata).annotations)
  const release = toText(annotations['meta.helm.sh/release-name']) ?? ''
  return release === ''
    ? []
    : [`Helm deploys this binding with release ${release}: change it in that chart, else the next deploy brings it back.`]
}
