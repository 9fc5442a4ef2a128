import type { Finding, Json, JsonObject, ObjectRef } from '../../src/model.ts'
import { at, isMap, look } from '../places.ts'

/** What there was and is of every object, by `keyOf`; null where there is none. */
export type Objects = ReadonlyMap<string, JsonObject | null>
/** What a deploy made of the cluster. */
export type Seen = {
  readonly before: Objects
  readonly after: Objects
  /** What a fresh check of the deployed head finds. */
  readonly left: readonly Finding[]
  /** Every failure of the deploy, and the objects that had to be made anew. */
  readonly parts: readonly string[]
  readonly remade: ReadonlySet<string>
}

/** Whether an autoscaler has the number of replicas, before or after: it acts when it likes. */
export function isAutoscaled({ kind, name }: ObjectRef, { before, after }: Pick<Seen, 'before' | 'after'>): boolean {
  return [before, after].some((objects) =>
    [...objects.values()].some((object) => {
      const target = look(object ?? undefined, at('spec', 'scaleTargetRef'))
      return isMap(target) && target.kind === kind && target.name === name
    }),
  )
}

/** A value for people, cut short. */
export function show(value: Json | undefined): string {
  return JSON.stringify(value)?.slice(0, 200) ?? 'absent'
}
