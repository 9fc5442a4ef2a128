// Every way back that is offered, taken: does it lead where it should, and nowhere else?

import { delimiter, dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { getHelm, getKubectl } from '../../__tests__/tools/helm-and-kubectl.ts'
import { offerReverts } from '../../src/explain/revert/offer.ts'
import type { Finding, JsonObject, ObjectRef, Path, RevertChoice } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import type { Kube } from '../kube.ts'
import { look } from '../places.ts'
import type { Input } from '../read-decision.ts'
import { keyOf } from '../refs.ts'
import { type Outcome, runProgram } from '../run-program.ts'
import { waitUntilQuiet } from '../settle.ts'
import { type Change, listChanges, type Snapshot, takeSnapshot } from './snapshot.ts'

/** One way back that was offered, and what became of it. */
export type Tried = {
  readonly finding: Finding
  readonly choice: RevertChoice
  readonly outcome: Outcome | null
  readonly changes: readonly Change[]
  /** What is not as it should be; empty when all is. */
  readonly faults: readonly string[]
}
export type Site = {
  readonly kube: Kube
  /** Of someone who may write. */
  readonly kubeconfig: string
  readonly helm: 3 | 4
  /** Where kubectl keeps what it learns. */
  readonly home: string
  readonly refs: readonly ObjectRef[]
}

/** Runs a command as a person would, in the workspace. */
export async function runShell(
  command: string,
  { kubeconfig, helm, home }: Pick<Site, 'kubeconfig' | 'helm' | 'home'>,
  cwd: string,
): Promise<Outcome> {
  const PATH = [dirname(await getKubectl()), dirname(await getHelm(helm)), process.env.PATH].join(delimiter)
  return runProgram('sh', ['-c', command], { env: { PATH, KUBECONFIG: kubeconfig, HOME: home }, cwd, seconds: 60 })
}

/**
 * Takes every way back of the findings, one after the other.
 *
 * @param pristine the objects as they were before anyone changed them
 */
export async function tryReverts(input: Input, site: Site, pristine: Snapshot): Promise<readonly Tried[]> {
  const choices = offerReverts(input)
  const tried: Tried[] = []
  for (const finding of input.findings) {
    const choice = choices.get(finding.id)
    if (choice === undefined || !finding.drift) continue
    if (choice.command === undefined) {
      tried.push({ finding, choice, outcome: null, changes: [], faults: [] })
      continue
    }
    const before = await takeSnapshot(site.refs, site.kube)
    const outcome = await runShell(choice.command, site, input.workspace)
    if (finding.change.endsWith('-object')) await waitUntilQuiet(site.kube, [finding.object], { quiet: 300, most: 3000 })
    const after = await takeSnapshot(site.refs, site.kube)
    const changes = listChanges(before, after)
    const faults =
      outcome.code === 0
        ? changes.flatMap((change) => judge(change, finding, pristine))
        : [`exit ${outcome.code}: ${outcome.stderr.trim()}`]
    if (outcome.code !== 0 && changes.length > 0)
      faults.push(`it failed, and changed ${changes.map(({ path }) => formatPath(path)).join()}`)
    tried.push({ finding, choice, outcome, changes, faults })
  }
  return tried
}

/** A way back may only move what its finding is about, and only to where it was before. */
function judge({ object, path, after }: Change, finding: Finding, pristine: Snapshot): readonly string[] {
  const at = `${object} ${formatPath(path)}`
  const was = look(pristine.get(object) as JsonObject | undefined, path)
  const isBack = isDeepStrictEqual(was, after)
  // A controller may follow: the rules of an aggregated role are those of its parts.
  if (object !== keyOf(finding.object)) return isBack ? [] : [`it changed another object: ${at}`]
  if (finding.change.endsWith('-object')) return []
  if (!isNear(path, finding.path)) return [`it changed another place: ${at}`]
  return isBack || ALLOCATED.test(formatPath(path))
    ? []
    : [`not as it was: ${at} is ${JSON.stringify(after)} and was ${JSON.stringify(was)}`]
}

/** The API server gives out another one each time. */
const ALLOCATED = /^spec\.(clusterIPs?|externalTrafficPolicy|ports.*nodePort)$/

/** The same place, one within it, or a neighbour in the same map: some fields only go together. */
function isNear(path: Path, at: Path): boolean {
  const names = (steps: Path) => steps.flatMap((step) => ('field' in step ? [step.field] : []))
  const [own, parent] = [names(path), names(at.slice(0, -1))]
  return parent.every((name, index) => own[index] === undefined || own[index] === name)
}
