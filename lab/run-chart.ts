import { dirname } from 'node:path'
import type { RunningControlPlane } from '../__tests__/cluster/control-plane.ts'
import { readAccess } from '../__tests__/cluster/kubeconfigs.ts'
import { getKubectl } from '../__tests__/tools/helm-and-kubectl.ts'
import type { ObjectRef } from '../src/model.ts'
import { startStopwatch } from '../src/stopwatch.ts'
import { bindClaims } from './bind-claims.ts'
import { checkRelease } from './check-release.ts'
import { cleanUp, listDefinitions } from './clean.ts'
import type { EditKind } from './edits/kind.ts'
import type { Chart } from './find-charts.ts'
import { openHand } from './hand.ts'
import type { Kube } from './kube.ts'
import { type Done, makeEdits } from './make-edits.ts'
import type { ChartResult, Scene } from './model.ts'
import { supplyMissing } from './prepare.ts'
import { seedRandom } from './random.ts'
import { parseReleased, readReleased } from './read-release.ts'
import { type Installed, installRelease, type Release, readManifests, uninstallRelease } from './release.ts'
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
  /** Kinds of edits beside those of the catalogue. */
  readonly more?: readonly EditKind[]
}

/** Installs a chart, looks for silence, changes it by hand, scores what is told, and takes everything away again. */
export async function runChart(chart: Chart, helm: 3 | 4, trial: Trial): Promise<ChartResult> {
  const { kube } = trial
  const stopwatch = startStopwatch()
  const release = nameRelease(chart, helm, trial)
  const before = await listDefinitions(kube)
  let refs: readonly ObjectRef[] = []
  let result: Omit<ChartResult, 'parts'> = { ...BLANK, chart: chart.name, helm }
  try {
    const installed = await stopwatch.measure('install', () => installSupplied(release, trial))
    result = { ...result, ...installed }
    if (installed.failure === null) {
      await kube.discover()
      const objects = parseReleased(await readManifests(release), release.namespace, kube)
      refs = objects.map(({ ref }) => ref)
      await bindClaims(refs, kube)
      await stopwatch.measure('settle', () => waitUntilQuiet(kube, refs))
      const check = () => checkRelease(release, trial.controlPlane.kubeconfigs.reader, trial.spawn)
      if (trial.only !== 'edits') result = { ...result, silence: await stopwatch.measure('check', check) }
      if (trial.only !== 'silence') {
        const scene = { released: await readReleased(objects, kube), release: release.name, namespace: release.namespace }
        const done = await stopwatch.measure('edit', () => editRelease(release, scene, trial))
        const after = await stopwatch.measure('check', check)
        result = { ...result, ...done, after, score: scoreRound(after, done.edits, done.quiet) }
      }
    }
  } catch (error) {
    result = { ...result, failure: `the lab could not go on: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    await stopwatch.measure('clean', () => cleanUp(release, refs, before, kube))
  }
  return {
    ...result,
    parts: Object.fromEntries(stopwatch.timings().map(({ stage, milliseconds }) => [stage, Math.round(milliseconds / 100) / 10])),
  }
}

const BLANK = { failure: null, hooksRan: false, silence: null, edits: [], quiet: [], after: null, score: null }

/** A namespace of its own each time: the one before may not be gone yet. */
export function nameRelease(chart: Chart, helm: 3 | 4, { controlPlane }: Pick<Trial, 'controlPlane'>): Release {
  const name = chart.name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, 40)
  const namespace = `lab-${name.slice(0, 30)}-${helm}-${Date.now().toString(36).slice(-5)}`
  return { chart, helm, name, namespace, kubeconfig: controlPlane.kubeconfigs.admin }
}

/** Installs a release, and supplies what it takes for granted. */
export async function installSupplied(release: Release, { kube, seconds }: Pick<Trial, 'kube' | 'seconds'>): Promise<Installed> {
  let installed = await installRelease(release, seconds)
  for (let tries = 0; tries < 5 && installed.failure !== null; tries++) {
    if (!(await supplyMissing(installed.failure, dirname(release.chart.folder), kube))) break
    await uninstallRelease(release)
    installed = await installRelease(release, seconds)
  }
  return installed
}

/** Changes a release by hand as the seed says. */
export async function editRelease(release: Release, scene: Scene, trial: Trial): Promise<Done> {
  const { kube, controlPlane, folder, seed, editsPerChart: count } = trial
  const hand = openHand(await getKubectl(), controlPlane.kubeconfigs.human, scene.namespace, folder)
  const random = seedRandom(`${seed}|${release.chart.name}|${release.helm}`)
  const certificate = Buffer.from((await readAccess(controlPlane.kubeconfigs.admin)).ca).toString('base64')
  const more = trial.more ?? []
  return makeEdits(scene, { kube, hand, random, certificate, count, more, giveUp: Date.now() + trial.seconds * 1000 })
}
