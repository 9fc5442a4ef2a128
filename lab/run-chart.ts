import { dirname } from 'node:path'
import type { RunningControlPlane } from '../__tests__/cluster/control-plane.ts'
import { readAccess } from '../__tests__/cluster/kubeconfigs.ts'
import { getKubectl } from '../__tests__/tools/helm-and-kubectl.ts'
import type { ObjectRef } from '../src/model.ts'
import { bindClaims } from './bind-claims.ts'
import { checkRelease } from './check-release.ts'
import { cleanUp, listDefinitions } from './clean.ts'
import type { Chart } from './find-charts.ts'
import { openHand } from './hand.ts'
import type { Kube } from './kube.ts'
import { makeEdits } from './make-edits.ts'
import type { ChartResult, Scene } from './model.ts'
import { supplyMissing } from './prepare.ts'
import { seedRandom } from './random.ts'
import { parseReleased, readReleased } from './read-release.ts'
import { installRelease, type Release, readManifests, uninstallRelease } from './release.ts'
import { scoreRound } from './score.ts'
import { waitUntilQuiet } from './settle.ts'

/** What one chart is tried with. */
export type Trial = {
  readonly controlPlane: Pick<RunningControlPlane, 'kubeconfigs'>
  readonly kube: Kube
  /** For files that an editor would save. */
  readonly folder: string
  readonly seed: string
  readonly editsPerChart: number
  readonly only: 'silence' | 'edits' | null
  /** A process for each check, in place of a call. */
  readonly spawn: boolean
  readonly seconds: number
}

/** Installs a chart, looks for silence, changes it by hand, scores what is told, and takes everything away again. */
export async function runChart(chart: Chart, helm: 3 | 4, trial: Trial): Promise<ChartResult> {
  const { kube, controlPlane } = trial
  const start = Date.now()
  const suffix = start.toString(36).slice(-5)
  const name = chart.name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40)
  const namespace = `lab-${name.slice(0, 30)}-${helm}-${suffix}`
  const release: Release = { chart, helm, name, namespace, kubeconfig: controlPlane.kubeconfigs.admin }
  const before = await listDefinitions(kube)
  let refs: readonly ObjectRef[] = []
  let result: Omit<ChartResult, 'seconds'> = {
    chart: chart.name,
    helm,
    failure: null,
    hooksRan: false,
    silence: null,
    edits: [],
    quiet: [],
    after: null,
    score: null,
  }
  try {
    let { failure, hooksRan } = await installRelease(release, trial.seconds)
    for (let tries = 0; tries < 5 && failure !== null && (await supplyMissing(failure, dirname(chart.folder), kube)); tries++) {
      await uninstallRelease(release)
      ;({ failure, hooksRan } = await installRelease(release, trial.seconds))
    }
    result = { ...result, failure, hooksRan }
    if (failure === null) {
      await kube.discover()
      const objects = parseReleased(await readManifests(release), namespace, kube)
      refs = objects.map(({ ref }) => ref)
      await bindClaims(refs, kube)
      await waitUntilQuiet(kube, refs)
      if (trial.only !== 'edits') result = { ...result, silence: await checkRelease(release, controlPlane.kubeconfigs.reader, trial.spawn) }
      if (trial.only !== 'silence')
        result = {
          ...result,
          ...(await tryEdits(release, { released: await readReleased(objects, kube), release: name, namespace }, trial, start)),
        }
    }
  } catch (error) {
    result = { ...result, failure: `the lab could not go on: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    await cleanUp(release, refs, before, kube)
  }
  return { ...result, seconds: (Date.now() - start) / 1000 }
}

async function tryEdits(
  release: Release,
  scene: Scene,
  trial: Trial,
  start: number,
): Promise<Pick<ChartResult, 'edits' | 'quiet' | 'after' | 'score'>> {
  const { kube, controlPlane, folder, seed, editsPerChart: count } = trial
  const hand = openHand(await getKubectl(), controlPlane.kubeconfigs.human, scene.namespace, folder)
  const random = seedRandom(`${seed}|${release.chart.name}|${release.helm}`)
  const certificate = Buffer.from((await readAccess(controlPlane.kubeconfigs.admin)).ca).toString('base64')
  const done = await makeEdits(scene, { kube, hand, random, certificate, count, giveUp: start + trial.seconds * 1000 })
  const after = await checkRelease(release, controlPlane.kubeconfigs.reader, trial.spawn)
  return { ...done, after, score: scoreRound(after, done.edits, done.quiet) }
}
