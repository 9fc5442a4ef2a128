import type { Absence } from '../../model.ts'
import type { DecisionInput } from '../decision-input.ts'
import type { Addressed } from './declared.ts'
import type { RbacRead } from './rbac-read.ts'

type AbsencesInput = {
  readonly rbac: RbacRead | null
  readonly input: DecisionInput
  readonly hasPolicy: boolean
  readonly deployersKnown: boolean
  readonly drifted: readonly Addressed[]
  /** How many declared objects the policy cannot name. */
  readonly unaddressed: number
}

/** What could not be looked at, and what no look can show. */
export function listAbsences({ rbac, input, hasPolicy, deployersKnown, drifted, unaddressed }: AbsencesInput): readonly Absence[] {
  const { namespace } = input.target
  const elsewhere = [...new Set(drifted.flatMap((one) => one.namespace ?? []))].filter((one) => one !== namespace)
  const tell = (isTold: boolean, source: string, why: string, remedy: string): readonly Absence[] =>
    isTold ? [{ source, why, remedy }] : []
  return [
    ...tell(
      rbac === null,
      'rights in the cluster',
      'no cluster was asked: a saved state stands in for it',
      'Check against the cluster itself.',
    ),
    ...(rbac?.absences ?? []),
    ...tell(
      rbac !== null,
      'members of groups',
      'RBAC names groups and not who is in them; whoever is in system:masters may do anything, whatever RBAC says',
      'Ask whoever issues credentials.',
    ),
    ...tell(
      rbac?.self.incomplete === true,
      'rights beside RBAC',
      'another authorizer takes part (an IAM of the cloud, a webhook), and its rules cannot be listed',
      'Look at the access policies of the cloud for this cluster, too.',
    ),
    ...tell(
      !deployersKnown,
      'who deploys',
      'no deployer is configured, and the API server records tools, not users',
      'Name the users under deployer-users in the config file: `kubectl auth whoami` with their credential prints it.',
    ),
    ...tell(
      elsewhere.length > 0 && rbac !== null,
      `who may write in ${elsewhere.join(', ')}`,
      `rights are read in the namespace of the release only`,
      '',
    ),
    ...tell(
      !hasPolicy,
      'ValidatingAdmissionPolicy',
      `the cluster (${input.info.kubeVersion}) does not serve it`,
      'Kubernetes 1.30 and newer have it. Before that, Kyverno or Gatekeeper can hold the same rule: by name, with the scale subresource and DELETE, and the deployers let through.',
    ),
    ...tell(
      hasPolicy && unaddressed > 0,
      'objects beyond the policy',
      `${unaddressed} declared ${unaddressed === 1 ? 'object is' : 'objects are'} of a kind that the cluster does not serve, or declared twice`,
      '',
    ),
  ]
}
