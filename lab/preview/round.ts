import { getKubectl } from '../../__tests__/tools/helm-and-kubectl.ts'
import type { JsonObject } from '../../src/model.ts'
import { chooseActs } from '../choose.ts'
import { catalogue } from '../edits/catalogue.ts'
import { makeExtraObject } from '../edits/extra-object.ts'
import { fateEdits } from '../fate/edits.ts'
import { openHand } from '../hand.ts'
import type { Act, Scene } from '../model.ts'
import { checkLasting, performAct } from '../perform.ts'
import { look } from '../places.ts'
import { seedRandom } from '../random.ts'
import type { Trial } from '../run-chart.ts'
import { waitUntilQuiet } from '../settle.ts'
import { type Edited, editChart } from './edit-chart.ts'
import { gitEdits, varyValue, varyWrites } from './git-edits.ts'
import type { ChartObject, GitEdit } from './model.ts'

/** How many edits of each sort a pull request gets, before those fall away that the API server would not take. */
export type Amounts = {
  /** By hand. */
  readonly hand: number
  /** In Git: where nobody did anything by hand, and anywhere. */
  readonly apart: number
  readonly anywhere: number
  /** In Git of what cannot be changed. */
  readonly immutable: number
  /** In Git before the pull request, and not deployed yet. */
  readonly behind: number
}

/** What a pull request is made of: Git before and with it. The cluster has been changed by hand meanwhile. */
export type Round = { readonly base: Edited; readonly head: Edited; readonly byHand: number }

/** Changes the cluster by hand, and Git by a pull request, as the seed says. */
export async function makeRound(deployed: readonly ChartObject[], scene: Scene, amounts: Amounts, trial: Trial): Promise<Round> {
  const { kube, seed, controlPlane, folder } = trial
  const random = seedRandom(`${seed}|${scene.release}`)
  const hand = openHand(await getKubectl(), controlPlane.kubeconfigs.human, scene.namespace, folder)
  const byHand = catalogue.filter(({ id }) => !HIDDEN.has(id))
  const inGit = [...gitEdits, ...byHand].filter((kind) => !isHard(kind))
  const acts = chooseActs(byHand, scene, amounts.hand, random)
  const apart = chooseActs(inGit, scene, amounts.apart, random, acts)
  const anywhere = chooseActs(inGit, scene, amounts.anywhere, random)
  const immutable = chooseActs([...gitEdits, ...fateEdits].filter(isHard), scene, amounts.immutable, random)
  const behind = chooseActs(inGit, scene, amounts.behind, random)
  const performed = []
  for (const act of acts) performed.push(await performAct(act, { kube, hand, random }))
  // Somebody tries another value and sets it back: nothing shows, and the field is theirs.
  for (const act of apart.filter(isSimple).slice(0, 4)) await tryAndSetBack(act, { kube, hand, random })
  await makeExtraObject(scene, { hand })
  await makeForeign(scene, trial)
  await waitUntilQuiet(
    kube,
    scene.released.map(({ ref }) => ref),
    { quiet: 1000, most: 5000 },
  )
  const lasting = await Promise.all(performed.map((each) => checkLasting(each, kube)))
  const took = performed.flatMap(({ act }, index) => (lasting[index]?.notApplied === null ? [act] : []))
  const base = await editChart(deployed, behind.map(toEdit), scene, kube)
  const edits = [...apart, ...anywhere, ...immutable].map(toEdit)
  const head = await editChart(base.objects, [...edits, ...takeBack(base.made), ...answer(took)], scene, kube)
  return { base, head: { ...head, objects: [...head.objects, ...addObjects(head.objects, scene)] }, byHand: took.length }
}

/** What makes a deploy fail for reasons that lie in other objects. */
const HIDDEN = new Set(['storage-class-expansion'])
const HARD = /^(recreate-|other-selector|config-sealed)/

function isHard({ id }: { readonly id: string }): boolean {
  return HARD.test(id)
}

function toEdit({ kind, target, proposal: { writes } }: Act): GitEdit {
  return { kind, target, writes }
}

/** What Git says to what was done by hand: of each three, one is taken over, one contradicted, and one not noticed. */
function answer(acts: readonly Act[]): readonly GitEdit[] {
  return acts.flatMap((act, index) => {
    const { kind, target, proposal } = act
    if (index % 3 === 0) return [{ ...toEdit(act), kind: `codify ${kind}` }]
    const others = index % 3 === 1 ? varyWrites(proposal.writes, target.declared) : null
    return others === null ? [] : [{ kind: `contest ${kind}`, target, writes: others }]
  })
}

/** Of what Git had before the pull request and nobody deployed, the pull request takes some back. */
function takeBack(made: readonly GitEdit[]): readonly GitEdit[] {
  const some = made.filter(({ writes }, index) => index % 3 === 0 && writes.every(({ path }) => path.length > 0))
  return some.map(({ kind, target, writes }) => ({
    ...{ kind: `take back ${kind}`, target },
    writes: writes.map(({ path }) => ({ path, value: look(target.declared, path) })),
  }))
}

/** One place, declared, with a plain value. */
function isSimple({ target, proposal: { writes } }: Act): boolean {
  const [write, ...more] = writes
  const value = write === undefined ? undefined : look(target.declared, write.path)
  return more.length === 0 && write?.value !== undefined && ['string', 'number', 'boolean'].includes(typeof value)
}

async function tryAndSetBack(act: Act, doers: Parameters<typeof performAct>[1]): Promise<void> {
  const [write] = act.proposal.writes
  if (write === undefined) return
  const before = look(act.target.live, write.path)
  for (const value of [varyValue(before), before]) {
    if (value !== undefined) await performAct({ ...act, proposal: { writes: [{ path: write.path, value }] } }, doers)
  }
}

/** An object that has nothing to do with the release, under a name that the pull request will want. */
async function makeForeign({ namespace }: Scene, { kube }: Trial): Promise<void> {
  await kube.call('POST', `/api/v1/namespaces/${namespace}/configmaps?fieldManager=other`, config('lab-foreign', { made: 'elsewhere' }))
}

function config(name: string, data: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }
}

/** New objects: plain ones, copies of others, one that somebody made by hand already, and one that is in the way. */
function addObjects(objects: readonly ChartObject[], { released, namespace }: Scene): readonly ChartObject[] {
  const copies = ['Deployment', 'Gadget', 'Widget'].flatMap((kind) => {
    const one = objects.find(({ object, fromCrds }) => object.kind === kind && !fromCrds)
    if (one === undefined) return []
    return [{ ...one, object: { ...one.object, metadata: { name: `lab-new-${kind.toLowerCase()}` } } }]
  })
  const hasExtra = released.filter(({ ref }) => ref.kind === 'ConfigMap' && ref.namespace === namespace).length > 1
  const plain = [
    config('lab-new', { fresh: 'yes' }),
    config('lab-foreign', { made: 'here' }),
    ...(hasExtra ? [config('lab-extra', { copied: 'from production', more: 'of it' })] : []),
  ]
  return [...copies, ...plain.map((object) => ({ object, fromCrds: false }))]
}

/** Objects that the base has beside the chart's own: one that Helm is told to keep. */
export const KEPT: ChartObject = {
  object: { ...config('lab-kept', { a: 'b' }), metadata: { name: 'lab-kept', annotations: { 'helm.sh/resource-policy': 'keep' } } },
  fromCrds: false,
}
