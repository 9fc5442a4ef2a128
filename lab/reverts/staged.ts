import type { RunningControlPlane } from '../../__tests__/cluster/control-plane.ts'
import { getKubectl } from '../../__tests__/tools/helm-and-kubectl.ts'
import type { ObjectRef } from '../../src/model.ts'
import { bindClaims } from '../bind-claims.ts'
import { chooseActs } from '../choose.ts'
import { cleanUp, listDefinitions } from '../clean.ts'
import { catalogue } from '../edits/catalogue.ts'
import { makeExtraObject } from '../edits/extra-object.ts'
import type { Chart } from '../find-charts.ts'
import { openHand } from '../hand.ts'
import type { Kube } from '../kube.ts'
import { performAct } from '../perform.ts'
import { seedRandom } from '../random.ts'
import { parseReleased, readReleased } from '../read-release.ts'
import { installRelease, type Release, readManifests } from '../release.ts'
import { waitUntilQuiet } from '../settle.ts'
import { type Snapshot, takeSnapshot } from './snapshot.ts'
import type { Site } from './try-reverts.ts'

/** What a release is tried with. */
export type Options = {
  readonly controlPlane: Pick<RunningControlPlane, 'kubeconfigs'>
  readonly kube: Kube
  readonly folder: string
  readonly seed: string
  readonly edits: number
}
/** A release that somebody has changed by hand. */
export type Staged = {
  readonly release: Release
  readonly site: Site
  /** As it was before. */
  readonly pristine: Snapshot
  /** How many edits took hold. */
  readonly edits: number
}

/** Installs a chart, changes it by hand, hands it over, and takes everything away again. */
export async function stage<Result>(
  chart: Chart,
  helm: 3 | 4,
  options: Options,
  body: (staged: Staged) => Promise<Result>,
): Promise<Result> {
  const { kube, controlPlane } = options
  const { kubeconfigs } = controlPlane
  const namespace = `reverts-${chart.name.slice(0, 20)}-${helm}-${Date.now().toString(36).slice(-5)}`
  const release: Release = { chart, helm, name: chart.name, namespace, kubeconfig: kubeconfigs.admin }
  await kube.discover()
  const definitions = await listDefinitions(kube)
  let refs: readonly ObjectRef[] = []
  try {
    const { failure } = await installRelease(release, 60)
    if (failure !== null) throw new Error(failure)
    await kube.discover()
    const declared = parseReleased(await readManifests(release), namespace, kube)
    refs = declared.map(({ ref }) => ref)
    await bindClaims(refs, kube)
    await waitUntilQuiet(kube, refs)
    // The object that is made by hand beside those of the chart, see makeExtraObject.
    const extra = ['ConfigMap', 'Secret', 'ServiceAccount', 'Service'].map((kind) => ({
      apiVersion: 'v1',
      kind,
      namespace,
      name: 'lab-extra',
    }))
    const all = [...refs, ...extra]
    const pristine = await takeSnapshot(all, kube)
    const edits = await editRelease(release, declared, options)
    await waitUntilQuiet(kube, refs, { quiet: 1000, most: 5000 })
    return await body({ release, site: { kube, kubeconfig: kubeconfigs.human, helm, home: options.folder, refs: all }, pristine, edits })
  } finally {
    await cleanUp(release, refs, definitions, kube)
  }
}

async function editRelease(
  release: Release,
  declared: ReturnType<typeof parseReleased>,
  { controlPlane, kube, folder, seed, edits }: Options,
): Promise<number> {
  const { kubeconfigs } = controlPlane
  const scene = { released: await readReleased(declared, kube), release: release.name, namespace: release.namespace }
  const hand = openHand(await getKubectl(), kubeconfigs.human, release.namespace, folder)
  const random = seedRandom(`${seed}|reverts|${release.helm}`)
  let performed = 0
  for (const act of chooseActs(catalogue, scene, edits, random)) {
    const { record } = await performAct(act, { kube, hand, random })
    if (record.notApplied === null) performed += 1
  }
  const extra = await makeExtraObject(scene, { hand })
  return performed + extra.filter(({ notApplied }) => notApplied === null).length
}
