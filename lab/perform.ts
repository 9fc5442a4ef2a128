import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../src/model.ts'
import { formatPath } from '../src/path.ts'
import { expectWrite } from './expect.ts'
import { explainFailure, type Hand, showCommand } from './hand.ts'
import type { Kube } from './kube.ts'
import type { Act, Record } from './model.ts'
import { canonize, look } from './places.ts'
import type { Random } from './random.ts'
import { type Command, chooseCommand } from './tools.ts'

/** A record together with the object right after the act, to see later whether it lasted. */
export type Performed = { readonly act: Act; readonly record: Record; readonly after: JsonObject | null }

/** Makes a change as a person would, looks at what became of it, and writes down what must be found. */
export async function performAct(act: Act, { kube, hand, random }: { kube: Kube; hand: Hand; random: Random }): Promise<Performed> {
  const { target, proposal, kind } = act
  const blank: Record = { kind, object: target.ref, command: '', expected: [], tolerated: [], notApplied: null }
  const refuse = (command: string, notApplied: string): Performed => ({ act, after: null, record: { ...blank, command, notApplied } })
  for (let attempt = 1; ; attempt++) {
    const live = await kube.get(target.ref)
    if (live === null) return refuse('', 'the object was gone before')
    const command = chooseCommand(act, live, random)
    const shown = showCommand(command)
    const outcome = await hand.kubectl(command, target.ref.namespace)
    // A controller may write between reading and writing; a person would try again.
    if (outcome.code !== 0 && /modified|conflict/i.test(outcome.stderr) && attempt < 3) continue
    const after = await kube.get(target.ref)
    if (outcome.code !== 0 && isUnchanged(act, live, after)) return refuse(shown, `refused: ${explainFailure(outcome)}`)
    if (isUnchanged(act, live, after)) return refuse(shown, 'changed nothing')
    const tolerated = (proposal.tolerated ?? []).map((path) => canonize(formatPath(path)))
    return { act, after, record: { ...blank, command: shown, tolerated, expected: listExpected(act, after, command) } }
  }
}

/** Whether an act that took hold was undone since, by a controller. */
export async function checkLasting({ act, record, after }: Performed, kube: Kube): Promise<Record> {
  if (record.notApplied !== null) return record
  const now = await kube.get(act.target.ref)
  const lasted = act.proposal.writes.every(({ path }) => isDeepStrictEqual(look(now ?? undefined, path), look(after ?? undefined, path)))
  return lasted ? record : { ...record, notApplied: 'undone by a controller, or by a later act' }
}

function isUnchanged({ proposal }: Act, before: JsonObject, after: JsonObject | null): boolean {
  const isDeletion = proposal.writes.some(({ path }) => path.length === 0)
  if (isDeletion || after === null) return isDeletion && after !== null
  return proposal.writes.every(({ path }) => isDeepStrictEqual(look(before, path), look(after, path)))
}

function listExpected(act: Act, after: JsonObject | null, { manager }: Command): Record['expected'] {
  if (after === null) return [{ accept: [''], manager: null, below: 'nothing' }]
  const { writes, expect, unrecorded = false } = act.proposal
  const recorded = unrecorded ? null : manager
  if (expect !== undefined) return [{ accept: expect.map((path) => canonize(formatPath(path))), manager: recorded, below: 'nothing' }]
  return writes.flatMap((write) => expectWrite(act.target, after, write, recorded))
}
