import { isList } from '../../compare/json.ts'
import { findDirection, goesUp } from './direction.ts'
import { compareGrants, hasNewWildcard } from './grants.ts'
import { ADMISSION, POD_SECURITY } from './scales.ts'
import type { MeaningRule, Subject } from './subject.ts'

const ROLES = ['Role', 'ClusterRole']
const BINDINGS = ['RoleBinding', 'ClusterRoleBinding']
const WEBHOOKS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']
const POLICIES = [
  ...['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'],
  ...['ClusterPolicy.kyverno.io', 'Policy.kyverno.io', 'ConstraintTemplate.templates.gatekeeper.sh'],
]
const hasMoreSubjects = ({ sides }: Subject) => {
  const known = new Set(list(sides.desired?.subjects))
  return list(sides.live?.subjects).some((one) => !known.has(one))
}
const list = (value: unknown): readonly string[] => (isList(value as never) ? (value as unknown[]).map((one) => JSON.stringify(one)) : [])

/** Who may do what, and what is refused on its way in. */
export const ACCESS_RULES: readonly MeaningRule[] = [
  {
    pattern: 'permissions-changed',
    title: 'rights widened to everything of a sort',
    path: /^rules\b/,
    kinds: ROLES,
    when: hasNewWildcard,
    ...{ severity: 'high', area: 'security', reason: 'a wildcard allows more than anybody listed, what is added later included' },
  },
  {
    pattern: 'permissions-changed',
    title: 'rights widened',
    path: /^rules\b/,
    kinds: ROLES,
    when: (subject) => ['up', 'both'].includes(compareGrants(subject)),
    ...{ severity: 'high', area: 'security', reason: 'whoever has this role may do more than Git allows' },
  },
  {
    pattern: 'permissions-changed',
    title: 'rights narrowed',
    path: /^rules\b/,
    kinds: ROLES,
    when: (subject) => compareGrants(subject) === 'down',
    ...{ severity: 'medium', area: 'availability', reason: 'whoever relies on this role is refused what it needs' },
  },
  {
    pattern: 'permissions-changed',
    title: 'subjects added',
    path: /^subjects\b/,
    kinds: BINDINGS,
    when: hasMoreSubjects,
    ...{ severity: 'high', area: 'security', reason: 'somebody has rights whom Git gives none' },
  },
  {
    pattern: 'permissions-changed',
    title: 'subjects removed',
    path: /^subjects\b/,
    kinds: BINDINGS,
    ...{ severity: 'medium', area: 'availability', reason: 'somebody is refused what Git allows' },
  },
  {
    pattern: 'permissions-changed',
    title: 'permissions changed',
    path: /^(rules|roleRef|subjects|aggregationRule)\b/,
    ...{ severity: 'high', area: 'security', reason: 'it decides who may do what in the cluster' },
  },
  {
    pattern: 'webhook-changed',
    title: 'certificate of the webhook changed',
    path: /\.caBundle$/,
    kinds: WEBHOOKS,
    ...{ severity: 'high', area: 'security', reason: 'another server may answer in its place, or none be trusted' },
  },
  {
    pattern: 'webhook-changed',
    title: 'webhook weakened',
    path: /^webhooks\b/,
    kinds: WEBHOOKS,
    when: (subject) => goesUp(subject, ADMISSION),
    ...{ severity: 'high', area: 'security', reason: 'what it should check or change may pass without it' },
  },
  {
    pattern: 'webhook-changed',
    title: 'webhook tightened',
    path: /^webhooks\b/,
    kinds: WEBHOOKS,
    when: (subject) => findDirection(subject, ADMISSION) === 'down',
    ...{ severity: 'medium', area: 'availability', reason: 'requests that passed may be refused, all of them if it does not answer' },
  },
  {
    pattern: 'webhook-changed',
    title: 'webhook changed',
    path: /^webhooks\b/,
    kinds: WEBHOOKS,
    ...{ severity: 'high', area: 'security', reason: 'it decides what is let into the cluster' },
  },
  {
    pattern: 'admission-policy-changed',
    title: 'admission policy weakened',
    path: /^spec\b/,
    kinds: POLICIES,
    when: (subject) => goesUp(subject, ADMISSION),
    ...{ severity: 'high', area: 'security', reason: 'what it should refuse may pass' },
  },
  {
    pattern: 'admission-policy-changed',
    title: 'admission policy changed',
    path: /^spec\b/,
    kinds: POLICIES,
    ...{ severity: 'high', area: 'security', reason: 'it decides what is let into the cluster' },
  },
  {
    pattern: 'metadata-changed',
    title: 'pod security of the namespace weakened',
    path: /^metadata\.labels\b/,
    kinds: ['Namespace'],
    when: (subject) => goesUp(subject, POD_SECURITY),
    ...{ severity: 'high', area: 'security', reason: 'pods are let in that the level before refused' },
  },
  {
    pattern: 'configuration-changed',
    title: 'users of the cluster changed',
    path: /^data\b/,
    kinds: ['ConfigMap'],
    when: ({ object }) => object.name === 'aws-auth' && object.namespace === 'kube-system',
    ...{ severity: 'high', area: 'security', reason: 'on EKS it decides who gets into the cluster' },
  },
]
