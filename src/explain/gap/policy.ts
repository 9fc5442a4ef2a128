import { quoteCel } from './cel.ts'
import type { Addressed } from './declared.ts'
import { writeConditions, writeValidation, writeVariables } from './policy-conditions.ts'
import { stringifyDocuments } from './yaml-documents.ts'

/** What the policy is made for. */
export type PolicyInput = {
  readonly name: string
  readonly release: string
  readonly namespace: string
  /** `admissionregistration.k8s.io/v1`, as the cluster serves the kind. */
  readonly apiVersion: string
  readonly declared: readonly Addressed[]
  /** User names; placeholders where none are known. */
  readonly deployers: readonly string[]
  readonly deployersKnown: boolean
  readonly breakGlassGroup: string | null
  /** Where in Git to change what the chart declares: `devops/helm/values.yaml`. */
  readonly place: string
}

/**
 * Writes a ValidatingAdmissionPolicy and its binding as YAML: nobody but the deployers changes what the chart declares.
 * The binding warns and records at first. It selects by name: an `objectSelector` on labels would let `kubectl scale`
 * through, since a Scale has none (measured).
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function writePolicy(input: PolicyInput): string {
  const { name, apiVersion, declared, deployers, breakGlassGroup } = input
  const variables = writeVariables(declared)
  const policy = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: listRules(declared) },
      matchConditions: writeConditions(declared, deployers, breakGlassGroup),
      variables,
      validations: [{ expression: writeValidation(variables), reason: 'Forbidden', messageExpression: writeMessage(input) }],
    },
  }
  const binding = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ['Warn', 'Audit'],
      matchResources: {
        // Objects that belong to no namespace are not held back by it, Namespaces by their own name.
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: listNamespaces(input) }],
        },
      },
    },
  }
  return stringifyDocuments([
    { value: policy, comment: describePolicy(input) },
    { value: binding, comment: 'Warns the person and records it in the audit log. To refuse, change the actions to [Deny, Audit].' },
  ])
}

/** One rule for each API group. All versions, since an object can be changed in any of them. */
function listRules(declared: readonly Addressed[]): readonly object[] {
  return [...Map.groupBy(declared, ({ group }) => group)].map(([group, objects]) => ({
    apiGroups: [group],
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE', 'DELETE'],
    resources: [
      ...new Set(objects.flatMap(({ resource, subresources }) => [resource, ...subresources.map((one) => `${resource}/${one}`)])),
    ],
  }))
}

function listNamespaces({ declared, namespace: own }: PolicyInput): readonly string[] {
  const names = declared.flatMap(({ group, kind, namespace, name }) => namespace ?? (group === '' && kind === 'Namespace' ? name : []))
  // An empty list is refused.
  return names.length === 0 ? [own] : [...new Set(names)].toSorted()
}

function writeMessage({ release, breakGlassGroup, place }: PolicyInput): string {
  const emergency = breakGlassGroup === null ? '' : ` In an emergency, act as a member of ${breakGlassGroup}.`
  const rest = ` belongs to release ${release}: only its deployers change it. Change ${place} in Git and deploy.${emergency}`
  return `request.resource.resource + "/" + variables.name + ${quoteCel(rest)}`
}

function describePolicy({ release, deployersKnown, breakGlassGroup }: PolicyInput): string {
  return [
    `Only the deployers of release ${release} change what its chart declares. Objects of others, status, and restarts stay free.`,
    ...(deployersKnown
      ? []
      : ['TO DO: the name in not-by-a-deployer is a placeholder. Put your deployers there before anything is refused.']),
    ...(breakGlassGroup === null
      ? ['No group may pass in an emergency: name one as break-glass-group, or delete the binding when it comes to that.']
      : [`Members of ${breakGlassGroup} pass.`]),
  ].join('\n')
}
