// One round: the acts that must stay silent first, then the edits, then a look at what lasted.

import { chooseActs } from './choose.ts'
import { catalogue } from './edits/catalogue.ts'
import { makeExtraObject } from './edits/extra-object.ts'
import type { EditKind } from './edits/kind.ts'
import { quietKinds } from './edits/quiet.ts'
import type { QuietAct } from './edits/quiet-act.ts'
import type { Hand } from './hand.ts'
import type { Kube } from './kube.ts'
import type { Act, Record, Scene } from './model.ts'
import { checkLasting, type Performed, performAct } from './perform.ts'
import type { Random } from './random.ts'
import { waitUntilQuiet } from './settle.ts'

/** What a round needs. `certificate` is a CA certificate as base64 of PEM. */
export type Round = {
  readonly kube: Kube
  readonly hand: Hand
  readonly random: Random
  readonly certificate: string
  readonly count: number
  readonly giveUp: number
  /** Kinds of edits beside those of the catalogue, which come first. */
  readonly more?: readonly EditKind[]
}

/** What was done to a release. */
export type Done = { readonly edits: readonly Record[]; readonly quiet: readonly Record[] }

/** How many acts that must stay silent go with each round. */
const QUIET_ACTS = 4

/** Does everything to a release that the seed says. */
export async function makeEdits(scene: Scene, round: Round): Promise<Done> {
  const { kube, random } = round
  const refs = scene.released.map(({ ref }) => ref)
  const quietActs = chooseQuiet(scene, random)
  const quiet: Record[] = []
  for (const act of quietActs) quiet.push(await doQuietly(act, round))
  // Set and set back is over before the edits, so that controllers do not see both at once.
  await waitUntilQuiet(kube, refs, { quiet: 600, most: 3000 })
  const taken = quietActs.map(reserve)
  const first = chooseActs(round.more ?? [], scene, Math.ceil(round.count / 4), random, taken)
  const acts = [...first, ...chooseActs(catalogue, scene, round.count - first.length, random, [...taken, ...first])]
  const performed: Performed[] = []
  for (const act of acts) {
    if (Date.now() > round.giveUp) break
    performed.push(await performAct(act, round))
  }
  const extra = await makeExtraObject(scene, round)
  await waitUntilQuiet(kube, refs, { quiet: 1000, most: 5000 })
  const edits = await Promise.all(performed.map((each) => checkLasting(each, kube)))
  return { edits: [...edits, ...extra], quiet }
}

function chooseQuiet(scene: Scene, random: Random): readonly QuietAct[] {
  const acts: QuietAct[] = []
  for (const kind of random.shuffle(quietKinds)) {
    for (const target of random.shuffle(scene.released)) {
      const proposed = acts.length < QUIET_ACTS ? kind.propose(target, random, scene) : null
      if (proposed === null) continue
      acts.push({ kind: kind.id, target, ...proposed })
      break
    }
  }
  return acts
}

async function doQuietly(act: QuietAct, round: Round): Promise<Record> {
  const { kind, target, command, shows } = act
  const failure = await act.act(round)
  return { kind, object: target.ref, command, expected: shows, tolerated: [], notApplied: failure?.split('\n')[0] ?? null }
}

/** Where something must be shown, no edit may write. */
function reserve({ kind, target, at }: QuietAct): Act {
  return { kind, target, proposal: { writes: at === undefined ? [] : [{ path: at, value: '' }] } }
}
