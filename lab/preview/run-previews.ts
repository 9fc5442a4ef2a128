import { join } from 'node:path'
import type { ObjectRef } from '../../src/model.ts'
import { bindClaims } from '../bind-claims.ts'
import { cleanUp, listDefinitions } from '../clean.ts'
import type { Chart } from '../find-charts.ts'
import type { Kube } from '../kube.ts'
import { readDecision } from '../read-decision.ts'
import { nameObject, parseReleased, readReleased } from '../read-release.ts'
import { keyOf } from '../refs.ts'
import { type Release, readManifests, upgradeRelease } from '../release.ts'
import { installSupplied, nameRelease, type Trial } from '../run-chart.ts'
import { waitUntilQuiet } from '../settle.ts'
import { deployAnyway } from './deploy.ts'
import { freezeChart, writeChart } from './freeze.ts'
import { judgeChange, listUntoldFailures } from './judge.ts'
import type { ChartObject, Helms, PreviewResult } from './model.ts'
import { previewRelease } from './preview-release.ts'
import { listUntoldChanges } from './residue.ts'
import { type Amounts, KEPT, makeRound } from './round.ts'
import type { Objects, Seen } from './seen.ts'

/** Deploys a chart as a history says, changes it by hand and in Git, previews the pull request, deploys it, and compares. */
export async function runPreviews(chart: Chart, helms: Helms, amounts: Amounts, trial: Trial): Promise<PreviewResult> {
  const { kube, seconds } = trial
  const start = performance.now()
  const [first = 3, ...others] = helms
  const last = others.at(-1) ?? first
  const source = nameRelease(chart, first, trial)
  const before = await listDefinitions(kube)
  const folder = join(trial.folder, source.namespace)
  const at = (side: string): Release => ({ ...source, chart: { name: chart.name, folder: join(folder, side, chart.name), values: null } })
  const [deployed, base, head] = [at('deployed'), at('base'), at('head')]
  let refs: readonly ObjectRef[] = []
  let result: PreviewResult = { ...BLANK, chart: chart.name, helms }
  try {
    const frozen = [...(await freezeChart(source)), KEPT]
    await writeChart(deployed.chart.folder, chart.name, frozen)
    const installed = await installSupplied(deployed, trial)
    if (installed.failure !== null) throw new Error(installed.failure)
    for (const helm of others.slice(0, -1)) {
      const failure = await upgradeRelease({ ...deployed, helm }, ['--no-hooks'], seconds)
      if (failure !== null) throw new Error(`the upgrade by helm ${helm} before the edits: ${failure}`)
    }
    await kube.discover()
    const objects = parseReleased(await readManifests(deployed), source.namespace, kube)
    refs = objects.map(({ ref }) => ref)
    await bindClaims(refs, kube)
    await waitUntilQuiet(kube, refs)
    const scene = { released: await readReleased(objects, kube), release: source.name, namespace: source.namespace }
    const round = await makeRound(frozen, scene, amounts, trial)
    const git = round.head.objects.filter(({ object }) => object.metadata !== KEPT.object.metadata)
    await writeChart(base.chart.folder, chart.name, round.base.objects)
    await writeChart(head.chart.folder, chart.name, git)
    refs = listRefs([...frozen, ...round.base.objects, ...git], scene.namespace, kube)
    const { reader } = trial.controlPlane.kubeconfigs
    const { preview } = await previewRelease({ ...base, helm: last }, { ...head, helm: last }, reader)
    const were = await readAll(refs, kube)
    const { parts, remade } = await deployAnyway({ ...head, helm: last }, refs, kube, seconds)
    await waitUntilQuiet(kube, refs, { quiet: 800, most: 4000 })
    const { findings: left } = await readDecision({ ...head, helm: last }, reader)
    const seen: Seen = { before: were, after: await readAll(refs, kube), left, parts, remade }
    const judged = preview.changes.flatMap((change) => judgeChange(change, preview.changes, seen) ?? [])
    const untold = [...listUntoldFailures(preview.changes, refs, parts), ...listUntoldChanges(preview.changes, refs, seen)]
    const edits = { git: round.head.made.length, hand: round.byHand }
    result = { ...result, judged, unjudged: preview.changes.length - judged.length, untold, edits }
  } catch (error) {
    result = { ...result, failure: error instanceof Error ? error.message : String(error) }
  } finally {
    await cleanUp({ ...deployed, helm: last }, refs, before, kube)
  }
  return { ...result, seconds: Math.round((performance.now() - start) / 100) / 10 }
}

const BLANK = { failure: null, edits: { git: 0, hand: 0 }, judged: [], unjudged: 0, untold: [], seconds: 0 }

function listRefs(objects: readonly ChartObject[], namespace: string, kube: Kube): readonly ObjectRef[] {
  const refs = objects.flatMap(({ object }) => nameObject(object, namespace, kube) ?? [])
  const extra: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'lab-extra' }
  return [...new Map([...refs, extra].map((ref) => [keyOf(ref), ref])).values()]
}

async function readAll(refs: readonly ObjectRef[], kube: Kube): Promise<Objects> {
  return new Map(await Promise.all(refs.map(async (ref) => [keyOf(ref), await kube.get(ref)] as const)))
}
