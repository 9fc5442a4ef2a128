import type { Absence, ProcessGap, Target } from '../../model.ts'
import type { DecisionInput } from '../decision-input.ts'
import { addressObjects, formatResource } from './declared.ts'
import { listAbsences } from './gap-absences.ts'
import { listGrants } from './grants.ts'
import { narrowRights } from './narrow-rights.ts'
import { writePolicy } from './policy.ts'
import type { RbacRead } from './rbac-read.ts'
import { readRule } from './rules.ts'
import { writeSteps } from './steps.ts'
import { findWriters, listWrites } from './writers.ts'

/** What only people know of who may write. */
export type GapSettings = {
  /** User names as the API server knows them, such as `system:serviceaccount:ci:deployer`. */
  readonly deployerUsers: readonly string[]
  /** The group whose members may change things by hand in an emergency. */
  readonly breakGlassGroup: string | null
  /** The folder that paths are told from; without it, files are told by their last name. */
  readonly workspace?: string
}

/** No subject of a real cluster is called so; it must be replaced before anything is refused. */
export const PLACEHOLDER = 'REPLACE-WITH-YOUR-DEPLOYER'
const WRITERS_SHOWN = 20
/** Newest first. In 1.28 and 1.29 the kind is there for those who switched it on. */
const POLICY_VERSIONS = ['admissionregistration.k8s.io/v1', 'admissionregistration.k8s.io/v1beta1']

/**
 * Who could have made the drift, and what would have prevented it: a change of rights and an admission policy, both ready
 * and neither applied. Who deploys is in no object of the cluster, so it comes from the settings; where they name nobody,
 * the YAML has a placeholder, and nothing is guessed.
 *
 * @param rbac null where the cluster could not be asked
 */
export function findProcessGap(input: DecisionInput, rbac: RbacRead | null, settings: GapSettings): ProcessGap {
  const { target, info, desired } = input
  const drift = input.findings.filter((finding) => finding.drift).map(({ object }) => object)
  const drifted = addressObjects(drift, info, target.namespace)
  const here = drifted.filter(({ namespace }) => namespace === null || namespace === target.namespace)
  const declared = addressObjects(
    // Helm never upgrades what comes from crds/, so people do.
    desired.filter(({ fromCrds }) => !fromCrds).map(({ ref }) => ref),
    info,
    target.namespace,
  )
  const deployersKnown = settings.deployerUsers.length > 0
  const deployers = deployersKnown ? [...settings.deployerUsers].toSorted() : [PLACEHOLDER]
  const found = findWriters(rbac === null ? [] : listGrants(rbac), here, settings.deployerUsers)
  const shared = { release: target.release, namespace: target.namespace, declared, deployers, deployersKnown }
  const narrowed = narrowRights({ ...shared, writers: found.writers })
  const apiVersion = findPolicyVersion(input)
  const policyName = apiVersion === null || declared.length === 0 ? null : `plumbline-${target.namespace}-${target.release}`
  const policy =
    policyName === null || apiVersion === null
      ? null
      : writePolicy({
          ...shared,
          name: policyName,
          apiVersion,
          breakGlassGroup: settings.breakGlassGroup,
          place: tellPlace(target, settings),
        })
  const kinds = [...new Set(here.map((object) => formatResource(object)))]
  const selfWrites =
    (rbac?.self.rules ?? []).length > 0 && here.some((object) => listWrites((rbac?.self.rules ?? []).map(readRule), object).length > 0)
  return {
    summary: tellWriters({ ...found, kinds, namespace: target.namespace, deployersKnown, isRead: isRead(rbac), selfWrites }),
    writers: found.writers.slice(0, WRITERS_SHOWN).map(({ subject, rights, through, deploys }) => ({ subject, rights, through, deploys })),
    rbac: narrowed?.yaml ?? null,
    policy,
    steps: writeSteps({ namespace: target.namespace, deployersKnown, policyName, declared, desired, narrowed }),
    absences: [
      ...(found.writers.length > WRITERS_SHOWN ? [tellCut(found.writers.length)] : []),
      ...listAbsences({
        rbac,
        input,
        hasPolicy: apiVersion !== null,
        deployersKnown,
        drifted,
        unaddressed: countUnaddressed(input, declared.length),
      }),
    ],
  }
}

function findPolicyVersion({ info }: DecisionInput): string | null {
  const served = info.resources.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding').map(({ apiVersion }) => apiVersion)
  return POLICY_VERSIONS.find((version) => served.includes(version)) ?? null
}

function countUnaddressed({ desired }: DecisionInput, addressed: number): number {
  return desired.filter(({ fromCrds }) => !fromCrds).length - addressed
}

function isRead(rbac: RbacRead | null): boolean {
  return rbac !== null && rbac.roleBindings !== null && rbac.clusterRoles !== null
}

function tellCut(total: number): Absence {
  return { source: 'further writers', why: `only the first ${WRITERS_SHOWN} of ${total} are listed`, remedy: '' }
}

/** `devops/helm/values-dev.yaml`: the values that win, else the chart or the manifests. */
function tellPlace({ source }: Target, { workspace }: GapSettings): string {
  const shorten = (path: string) => {
    if (workspace !== undefined && path.startsWith(`${workspace}/`)) return path.slice(workspace.length + 1)
    return path.split('/').at(-1) ?? path
  }
  if (source.type === 'manifests') return shorten(source.path)
  const values = source.values.at(-1)
  return values === undefined ? shorten(source.chart) : `${shorten(values)} or ${shorten(source.chart)}`
}

type Told = {
  readonly writers: readonly { readonly subject: string; readonly deploys: boolean }[]
  readonly indirect: readonly string[]
  readonly kubernetes: number
  readonly kinds: readonly string[]
  readonly namespace: string
  readonly deployersKnown: boolean
  readonly isRead: boolean
  readonly selfWrites: boolean
}
const NAMED = 3

function tellWriters({ writers, indirect, kubernetes, kinds, namespace, deployersKnown, isRead, selfWrites }: Told): string {
  const others = writers.filter(({ deploys }) => !deploys).map(({ subject }) => subject)
  const what = `${kinds.join(', ')} in namespace ${namespace}`
  const who = deployersKnown ? ' beside the deployers' : ', deployers among them,'
  const count = others.length === 1 ? '1 subject' : `${others.length} subjects`
  const nobody = isRead
    ? `RBAC lets nobody${deployersKnown ? who : ''} change ${what}: it was done by other rights.`
    : `Who may change ${what} could not be read.`
  return [
    others.length > 0 ? `${count}${who} may change ${what}: ${shorten(others)}.` : nobody,
    indirect.length === 0 ? '' : `By a detour, so might ${shorten(indirect)}.`,
    kubernetes === 0
      ? ''
      : `${kubernetes} ${kubernetes === 1 ? 'part' : 'parts'} of Kubernetes itself ${kubernetes === 1 ? 'is' : 'are'} left out.`,
    selfWrites ? 'The credential of this check may change them, too; it should not.' : '',
    deployersKnown ? '' : 'Name your deployers under deployer-users, since no object of the cluster says who deploys.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function shorten(names: readonly string[]): string {
  const rest = names.length - NAMED
  return names.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
