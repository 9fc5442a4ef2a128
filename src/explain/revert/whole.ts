import { getAt } from '../../compare/json.ts'
import type { ChartSource, Delivery, JsonObject, Path, WholeRevert } from '../../model.ts'
import { quoteShell } from '../../quote.ts'
import type { DecisionInput } from '../decision-input.ts'
import { tellEffect } from './effect.ts'
import { listDeployTimeWords, listHelmWords, showPath } from './helm-words.ts'
import { flag, kubectl } from './kubectl.ts'

export type WholeInput = DecisionInput & {
  /** Absolute; paths in commands are relative to it. */
  readonly workspace: string
  /** The Argo CD Application that owns the release, where something better than its marks on the objects knows it. */
  readonly application?: string | null
}

/**
 * The ways to set back the whole release, by what deploys it: never by a tool beside it, which would start another history.
 *
 * @returns empty where it is not known how the release is deployed
 */
export function listWholeReverts(input: WholeInput): readonly WholeRevert[] {
  return WAYS[input.delivery](input)
}

const WAYS: { readonly [delivery in Delivery]: (input: WholeInput) => readonly WholeRevert[] } = {
  'helm-client-side': upgradeByHelm,
  'helm-server-side': upgradeByHelm,
  argocd: syncByArgo,
  flux: reconcileByFlux,
  kubectl: applyByKubectl,
  unknown: () => [],
}

/** Without flags for how to apply: Helm goes on as the release was applied last. */
function upgradeByHelm(input: WholeInput): readonly WholeRevert[] {
  const { target, findings, workspace, delivery } = input
  const { source, context } = target
  if (source.type !== 'chart') return []
  const isBlocked =
    delivery === 'helm-server-side' && findings.some(({ fate }) => fate?.next === 'blocks-deploy' && fate.conflict !== undefined)
  const words = [
    ...['helm', 'upgrade', ...listHelmWords(target, source, workspace), ...listDeployTimeWords(source)],
    ...(context === null ? [] : [flag('kube-context', context)]),
    ...(isBlocked ? ['--force-conflicts'] : []),
  ]
  const forced = isBlocked ? ' It takes the fields over that others own; without --force-conflicts it fails.' : ''
  return [
    {
      tool: 'helm',
      command: words.join(' '),
      effect: `It deploys what Git says now, as a new revision. ${tellEffect(findings)}${forced}${tellDeployTime(source)}`,
      approval: 'Whoever approves deploys to this environment: it takes the place of one.',
    },
  ]
}

function tellDeployTime({ deployTimeValues }: ChartSource): string {
  if (deployTimeValues.length === 0) return ''
  return ` The shell asks for what the pipeline sets (${deployTimeValues.join(', ')}): give the values of the last deploy, which helm get values shows.`
}

function syncByArgo(input: WholeInput): readonly WholeRevert[] {
  const name = input.application ?? findMark(input, readArgoName)
  if (name === null) return []
  return [
    {
      tool: 'argocd',
      command: `argocd app sync ${quoteShell(name)}`,
      effect: `It applies all of the application ${name} as its repository says, not this branch. ${tellEffect(input.findings)}`,
      approval: 'Whoever approves a forced sync of this application, such as the tech lead.',
    },
  ]
}

/** helm-controller does nothing while chart and values are the same, unless it is told to. */
function reconcileByFlux(input: WholeInput): readonly WholeRevert[] {
  const read = (what: string) => findMark(input, (object) => textAt(object, 'labels', `helm.toolkit.fluxcd.io/${what}`))
  const [name, namespace] = [read('name'), read('namespace')]
  if (name === null || namespace === null) return []
  const context = input.target.context === null ? [] : [flag('context', input.target.context)]
  return [
    {
      tool: 'flux',
      command: ['flux reconcile helmrelease', quoteShell(name), flag('namespace', namespace), '--force', ...context].join(' '),
      effect: `It upgrades the release once more as its source says, not this branch. ${tellEffect(input.findings)}`,
      approval: 'Whoever approves deploys to this environment.',
    },
  ]
}

function applyByKubectl({ target, findings, workspace }: WholeInput): readonly WholeRevert[] {
  const { source } = target
  if (source.type !== 'manifests') return []
  return [
    {
      tool: 'kubectl',
      command: kubectl(target, target.namespace, 'apply', flag('filename', showPath(source.path, workspace))),
      effect: `It applies every object of the manifests. ${tellEffect(findings)}`,
      approval: 'Whoever approves deploys to this environment.',
    },
  ]
}

/** `application:group/kind:namespace/name`, else the label that Argo CD used before. https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/ */
function readArgoName(object: JsonObject): string | null {
  const tracked = textAt(object, 'annotations', 'argocd.argoproj.io/tracking-id')?.split(':')[0]
  return tracked ?? textAt(object, 'labels', 'argocd.argoproj.io/instance') ?? textAt(object, 'labels', 'app.kubernetes.io/instance')
}

function findMark({ live }: WholeInput, read: (object: JsonObject) => string | null): string | null {
  for (const { reading } of live.readings) {
    const found = reading.outcome === 'found' ? read(reading.object) : null
    if (found !== null && found !== '') return found
  }
  return null
}

function textAt(object: JsonObject, map: string, name: string): string | null {
  const path: Path = [{ field: 'metadata' }, { field: map }, { field: name }]
  const value = getAt(object, path)
  return typeof value === 'string' ? value : null
}
