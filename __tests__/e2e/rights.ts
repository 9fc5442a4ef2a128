import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { JsonObject } from '../../src/model.ts'
import { callApi } from '../cluster/api.ts'
import type { Access } from '../cluster/kubeconfigs.ts'

/** Who is asked about: a user with the groups that the API server gives him. */
export type Identity = { readonly user: string; readonly groups: readonly string[] }
/** One question, in the words of a SubjectAccessReview. */
export type Attributes = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource: string
  readonly name: string
}
type Seed = {
  readonly subject: string
  readonly ref?: string
  readonly rules?: readonly JsonObject[]
  readonly aggregated?: readonly JsonObject[]
  readonly everywhere?: boolean
}
const API = 'rbac.authorization.k8s.io/v1'

/** Reads the seeds: a dozen and more ways to have a right, and to lack one narrowly. */
export function readSeeds(namespace: string): readonly Seed[] {
  return parse(readFileSync(join(import.meta.dirname, 'rights-seeds.yaml'), 'utf8').replaceAll('NAMESPACE', namespace))
}

/** What to apply for the seeds. */
export function makeBindings(seeds: readonly Seed[], namespace: string): readonly JsonObject[] {
  return seeds.flatMap(({ subject, ref, rules, aggregated, everywhere = false }, index) => {
    const name = `f-seed-${index}`
    const metadata = everywhere || aggregated !== undefined ? { name } : { name, namespace }
    const kind = everywhere || aggregated !== undefined ? 'ClusterRole' : 'Role'
    const [refKind = kind, refName = name] = ref?.split('/') ?? []
    const piece = { apiVersion: API, kind: 'ClusterRole', metadata: { name: `${name}-piece`, labels: { 'f-aggregate': name } } }
    const selector = { clusterRoleSelectors: [{ matchLabels: { 'f-aggregate': name } }] }
    return [
      ...(rules === undefined ? [] : [{ apiVersion: API, kind, metadata, rules }]),
      ...(aggregated === undefined
        ? []
        : [
            { ...piece, rules: aggregated },
            { apiVersion: API, kind, metadata, aggregationRule: selector, rules: [] },
          ]),
      {
        apiVersion: API,
        kind: everywhere ? 'ClusterRoleBinding' : 'RoleBinding',
        metadata: everywhere ? { name } : { name, namespace },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: refKind, name: refName },
        subjects: [toSubject(subject)],
      },
    ]
  })
}

function toSubject(subject: string): JsonObject {
  const [kind = '', name = ''] = subject.split(' ')
  const [namespace = '', account = ''] = name.split('/')
  if (kind === 'ServiceAccount') return { kind, name: account, namespace }
  return { apiGroup: 'rbac.authorization.k8s.io', kind, name }
}

/** The identity that has a subject's rights and, beside them, only those that it cannot be without. */
export function toIdentity(subject: string): Identity {
  const [kind = '', name = ''] = subject.split(' ')
  if (kind === 'Group') return { user: 'f-someone', groups: [name, 'system:authenticated'] }
  if (kind === 'User') return { user: name, groups: ['system:authenticated'] }
  const [namespace, account] = name.split('/')
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated']
  return { user: `system:serviceaccount:${namespace}:${account}`, groups }
}

/** Asks the API server itself whether somebody may do something in a namespace (null: to what belongs to none). */
export async function mayDo(admin: Access, { user, groups }: Identity, what: Attributes, namespace: string | null): Promise<boolean> {
  const resourceAttributes = { ...what, ...(namespace === null ? {} : { namespace }) }
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: { user, groups, resourceAttributes } }
  const { status, body } = await callApi(admin, 'POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review)
  if (status !== 201) throw new Error(`SubjectAccessReview: ${JSON.stringify(body)}`)
  return (body as { status: { allowed: boolean } }).status.allowed
}
