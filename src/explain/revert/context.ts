import type { DesiredObject, JsonObject, ObjectRef } from '../../model.ts'
import { keyOfRef } from '../../refs.ts'
import type { Found } from '../autoscalers.ts'
import type { DecisionInput } from '../decision-input.ts'
import type { Place } from './kubectl.ts'

/** `workspace` is the absolute path that paths in commands are relative to; without it, no command renders the chart. */
export type RevertInput = DecisionInput & { readonly workspace?: string }

/** What every way back is made from, looked up once. */
export type Context = {
  readonly input: RevertInput
  readonly place: Place
  readonly desiredOf: (ref: ObjectRef) => DesiredObject | undefined
  /** As the API server gave it; undefined where it was not found. */
  readonly liveOf: (ref: ObjectRef) => JsonObject | undefined
  readonly others: readonly Found[]
}

/** Beyond this many characters, no one reads a command, and some shells and chats cut it. */
export const LONGEST = 8000

/** Indexes an input by its objects. */
export function openContext(input: RevertInput): Context {
  const desired = new Map(input.desired.map((one) => [keyOfRef(one.ref), one]))
  const found = [
    ...input.live.readings.flatMap(({ ref, reading }) => (reading.outcome === 'found' ? [{ ref, object: reading.object }] : [])),
    ...input.live.extra,
  ]
  const live = new Map(found.map(({ ref, object }) => [keyOfRef(ref), object]))
  return {
    input,
    place: { context: input.target.context, info: input.info },
    desiredOf: (ref) => desired.get(keyOfRef(ref)),
    liveOf: (ref) => live.get(keyOfRef(ref)),
    others: found,
  }
}
