import { matchesGlob } from '../../compare/glob.ts'
import type { Evidence } from '../../model.ts'

/** What the name of a manager gives away about the tool, and what it does not. */
export type Tool = { readonly tool: string; readonly caution: string }

const PIPELINE = 'A pipeline that runs kubectl leaves the same record as a person, and any client can take this name.'
const SCREEN = 'It may act under one account for many people, and any client can take this name.'
const DEPLOYER = 'The same tool on a laptop leaves the same record as the pipeline, and any client can take this name.'
const LIBRARY = 'It is the name of a library or a program’s file: a script, an operator or a pipeline may stand behind it.'

type Row = readonly [manager: string, subresource: string | null | undefined, tool: string, caution: string]

/**
 * Managers in words, the first that fits. `undefined` for any subresource. kubectl's subcommands name themselves in its code
 * (`fieldManager` of each command); others are recorded by their user agent up to the slash.
 */
const TOOLS: readonly Row[] = [
  ['kubectl', 'scale', 'kubectl scale', PIPELINE],
  ['kubectl-client-side-apply', undefined, 'kubectl apply', PIPELINE],
  ['kubectl-last-applied', undefined, 'kubectl apply --server-side, taking over from kubectl apply', PIPELINE],
  ['kubectl-rollout', undefined, 'kubectl rollout', PIPELINE],
  ['kubectl-set', undefined, 'kubectl set', PIPELINE],
  ['kubectl-edit', undefined, 'kubectl edit', PIPELINE],
  ['kubectl-patch', undefined, 'kubectl patch', PIPELINE],
  ['kubectl-label', undefined, 'kubectl label', PIPELINE],
  ['kubectl-annotate', undefined, 'kubectl annotate', PIPELINE],
  ['kubectl-replace', undefined, 'kubectl replace', PIPELINE],
  ['kubectl-create', undefined, 'kubectl create', PIPELINE],
  ['kubectl-run', undefined, 'kubectl run', PIPELINE],
  ['kubectl-expose', undefined, 'kubectl expose', PIPELINE],
  ['kubectl-autoscale', undefined, 'kubectl autoscale', PIPELINE],
  ['kubectl-taint', undefined, 'kubectl taint', PIPELINE],
  ['kubectl-auth-reconcile', undefined, 'kubectl auth reconcile', PIPELINE],
  ['kubectl-*', undefined, 'kubectl', PIPELINE],
  ['kubectl', undefined, 'kubectl, perhaps kubectl apply --server-side', PIPELINE],
  ['oc', undefined, 'oc, OpenShift’s command line', PIPELINE],
  ['k9s*', undefined, 'k9s', PIPELINE],
  ['node-fetch', undefined, 'Lens, or another program made with Node.js', SCREEN],
  ['*Lens*', undefined, 'Lens', SCREEN],
  ['Mozilla', undefined, 'a browser: a dashboard, Rancher, or the like', SCREEN],
  ['headlamp*', undefined, 'Headlamp', SCREEN],
  ['aptakube*', undefined, 'Aptakube', SCREEN],
  ['octant*', undefined, 'Octant', SCREEN],
  ['dashboard*', undefined, 'the Kubernetes dashboard', SCREEN],
  ['rancher*', undefined, 'Rancher', SCREEN],
  ['helm', undefined, 'Helm', DEPLOYER],
  ['terraform*', undefined, 'Terraform', DEPLOYER],
  ['Terraform*', undefined, 'Terraform', DEPLOYER],
  ['HashiCorp', undefined, 'Terraform, or another of HashiCorp’s tools', DEPLOYER],
  ['pulumi*', undefined, 'Pulumi', DEPLOYER],
  ['argocd*', undefined, 'Argo CD', DEPLOYER],
  ['helm-controller', undefined, 'Flux', DEPLOYER],
  ['kustomize-controller', undefined, 'Flux', DEPLOYER],
  ['flux*', undefined, 'Flux', DEPLOYER],
  ['skaffold*', undefined, 'Skaffold', DEPLOYER],
  ['tilt*', undefined, 'Tilt', DEPLOYER],
  ['ansible*', undefined, 'Ansible', DEPLOYER],
  ['OpenAPI-Generator', undefined, 'a script with a generated client, such as Python’s', LIBRARY],
  ['python*', undefined, 'a Python script', LIBRARY],
  ['Go-http-client', undefined, 'a program written in Go', LIBRARY],
  ['kubernetes-client', undefined, 'a program with a Kubernetes client library', LIBRARY],
  ['fabric8*', undefined, 'a Java program', LIBRARY],
  ['okhttp', undefined, 'a Java program', LIBRARY],
  ['Java*', undefined, 'a Java program', LIBRARY],
  ['curl', undefined, 'curl', PIPELINE],
  [
    'before-first-apply',
    undefined,
    'a tool that is not recorded',
    'It stands for everyone who wrote before the first server-side apply: the API server does not tell them apart.',
  ],
  [
    'ancient-changes',
    undefined,
    'a tool that is not recorded any more',
    'It stands for the oldest writers, whom the API server folds into one when there are more than ten.',
  ],
]

const NO_RECORD: Tool = {
  tool: 'a tool that is not recorded',
  caution: 'What is taken away leaves no record of who did it, with what, or when.',
}
const NO_TIME = 'The scale subresource leaves no time.'

/** Names the tool behind a record, with what the record cannot tell. */
export function nameTool({ manager, subresource }: Pick<Evidence, 'manager' | 'subresource'>): Tool {
  if (manager === null) return NO_RECORD
  const row = TOOLS.find(([glob, at]) => matchesGlob(glob, manager) && (at === undefined || at === subresource))
  const [tool, caution] = row === undefined ? [manager, LIBRARY] : [row[2], row[3]]
  const through = subresource === null || tool.endsWith(subresource) ? tool : `${tool} (${subresource})`
  return { tool: through, caution: subresource === 'scale' ? `${NO_TIME} ${caution}` : caution }
}
