import type { DesiredObject, ProcessGap } from '../../model.ts'
import { quoteShell } from '../../quote.ts'
import type { Addressed } from './declared.ts'
import { formatResource } from './declared.ts'
import type { Narrowed } from './narrow-rights.ts'

type Step = ProcessGap['steps'][number]
export type StepsInput = {
  readonly namespace: string
  readonly deployersKnown: boolean
  readonly policyName: string | null
  readonly declared: readonly Addressed[]
  readonly desired: readonly DesiredObject[]
  readonly narrowed: Narrowed | null
}

/** How to try the policy and the change of rights: in order, each with its way back. */
export function writeSteps(input: StepsInput): readonly Step[] {
  return [...nameDeployers(input), ...(input.policyName === null ? [] : tryPolicy(input, input.policyName)), ...applyRights(input)]
}

function nameDeployers({ deployersKnown, policyName, narrowed }: StepsInput): readonly Step[] {
  if (deployersKnown || (policyName === null && narrowed === null)) return []
  return [
    {
      text: 'Find the name of your deployer: run this with the credential that deploys. Put it under deployer-users in the config file, and what follows is written for it.',
      command: 'kubectl auth whoami',
    },
  ]
}

function tryPolicy(input: StepsInput, name: string): readonly Step[] {
  const quoted = quoteShell(name)
  return [
    {
      text: 'Save the policy as policy.yaml and apply it. It warns and records, and refuses nothing yet.',
      command: 'kubectl apply --filename policy.yaml',
    },
    {
      text: 'Try a change as a person, without making it: it prints a warning. If it prints none, wait a few seconds.',
      command: tryAsPerson(input),
    },
    {
      text: 'Deploy once, and leave it so for some days. The audit log names everyone who would have been refused, in the annotation validation.policy.admission.k8s.io/validation_failure. Whoever is right to write, such as an autoscaler or operator outside of kube-system, belongs under deployer-users.',
    },
    input.deployersKnown
      ? { text: 'Then refuse.', command: setActions(quoted, ['Deny', 'Audit']) }
      : { text: 'Refuse only when your deployers are named: until then a deploy would be refused, too.' },
    {
      text: 'To undo it, at any time: no policy holds back changes to policies.',
      command: `kubectl delete validatingadmissionpolicybinding,validatingadmissionpolicy ${quoted}`,
    },
  ]
}

function setActions(name: string, actions: readonly string[]): string {
  return `kubectl patch validatingadmissionpolicybinding ${name} --type=merge --patch=${quoteShell(JSON.stringify({ spec: { validationActions: actions } }))}`
}

/** Scaling where something can be scaled, since it is what a policy misses most easily; else a label. */
function tryAsPerson({ declared, desired, namespace }: StepsInput): string {
  const scaled = declared.find(({ subresources, group }) => subresources.includes('scale') && group === 'apps')
  const object = scaled ?? declared[0]
  const inNamespace = object?.namespace === null ? '' : ` --namespace ${quoteShell(object?.namespace ?? namespace)}`
  const what = object === undefined ? '' : quoteShell(`${formatResource(object)}/${object.name}`)
  if (scaled === undefined) return `kubectl${inNamespace} label ${what} plumbline.dev/try=policy --dry-run=server`
  const spec = desired.find(({ ref }) => ref.kind === scaled.kind && ref.name === scaled.name)?.object.spec
  const replicas = typeof spec === 'object' && spec !== null && 'replicas' in spec ? Number(spec.replicas) : 1
  return `kubectl${inNamespace} scale ${what} --replicas=${Number.isInteger(replicas) ? replicas : 1} --dry-run=server`
}

function applyRights({ narrowed, namespace }: StepsInput): readonly Step[] {
  if (narrowed === null) return []
  const where = `--namespace ${quoteShell(namespace)}`
  return [
    {
      text: 'The change of rights can be made with or without the policy. Keep what it changes first: kubectl apply --filename rights-before.yaml takes it back.',
      command: `kubectl get rolebinding ${where} --output yaml ${narrowed.bindings.map(quoteShell).join(' ')} | grep -v '^ *resourceVersion: ' > rights-before.yaml`,
    },
    {
      text: 'Save the change as rights.yaml, read what it takes from whom, and apply it.',
      command: 'kubectl apply --filename rights.yaml',
    },
  ]
}
