import { foretellBy, foretellFates } from '../../src/explain/fate/foretell.ts'
import type { Finding, ObjectRef } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { keyOfRef } from '../../src/refs.ts'
import { bindClaims } from '../bind-claims.ts'
import { cleanUp, listDefinitions } from '../clean.ts'
import type { Chart } from '../find-charts.ts'
import { readDecision } from '../read-decision.ts'
import { parseReleased, readReleased } from '../read-release.ts'
import { type Release, readManifests, upgradeRelease } from '../release.ts'
import { editRelease, installSupplied, nameRelease, type Trial } from '../run-chart.ts'
import { waitUntilQuiet } from '../settle.ts'
import type { FateResult, Helms } from './model.ts'
import { judgeUpgrade } from './upgrade.ts'

/** Installs a chart as a history says, changes it by hand, foretells what the next upgrade does, makes it, and compares. */
export async function runFates(chart: Chart, helms: Helms, trial: Trial): Promise<FateResult> {
  const { kube } = trial
  const start = performance.now()
  const [first = 3, ...others] = helms
  const last = others.at(-1) ?? first
  const release = nameRelease(chart, first, trial)
  const before = await listDefinitions(kube)
  let refs: readonly ObjectRef[] = []
  let result: FateResult = { ...BLANK, chart: chart.name, helms }
  try {
    const installed = await installSupplied(release, trial)
    if (installed.failure !== null) throw new Error(installed.failure)
    const flags = installed.hooksRan ? [] : ['--no-hooks']
    for (const helm of others.slice(0, -1)) {
      const failure = await upgradeRelease({ ...release, helm }, flags, trial.seconds)
      if (failure !== null) throw new Error(`the upgrade by helm ${helm} before the edits: ${failure}`)
    }
    await kube.discover()
    const objects = parseReleased(await readManifests(release), release.namespace, kube)
    refs = objects.map(({ ref }) => ref)
    await bindClaims(refs, kube)
    await waitUntilQuiet(kube, refs)
    const released = await readReleased(objects, kube)
    const { edits } = await editRelease(release, { released, release: release.name, namespace: release.namespace }, trial)
    const upgraded: Release = { ...release, helm: last }
    const input = await readDecision(upgraded, trial.controlPlane.kubeconfigs.reader)
    // Helm 3 knows one method, whatever the release was applied by.
    const foretold = last === 3 ? foretellBy('client-side', input) : foretellFates(input)
    const originals = new Map(released.map(({ ref, live }) => [keyOfRef(ref), live]))
    const unstable = input.desired.flatMap(({ ref, unstable: places }) => places.map(({ path }) => `${keyOfRef(ref)} ${formatPath(path)}`))
    const isUnstable = ({ object, path }: Finding) => unstable.includes(`${keyOfRef(object)} ${formatPath(path)}`)
    const judged = await judgeUpgrade(foretold, { release: upgraded, flags, kube, refs, originals, isUnstable, seconds: trial.seconds })
    const applied = edits.filter(({ notApplied }) => notApplied === null).length
    result = { ...result, ...judged, delivery: input.delivery, edits: applied }
  } catch (error) {
    result = { ...result, failure: error instanceof Error ? error.message : String(error) }
  } finally {
    await cleanUp({ ...release, helm: last }, refs, before, kube)
  }
  return { ...result, seconds: Math.round((performance.now() - start) / 100) / 10 }
}

const BLANK = { delivery: '', failure: null, edits: 0, judged: [], unjudged: 0, wrongMessages: [], rightMessages: 0, seconds: 0 }
