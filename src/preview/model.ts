import type { Sides } from '../explain/explain.ts'
import type { Stop } from '../explain/fate/latent.ts'
import type { DesiredObject, Finding, HookDigest, Live, ObjectRef, PreviewChange, SetAside } from '../model.ts'

/** One side of a pull request, its base or its head, against the cluster. Nothing is redacted yet. */
export type PreviewSide = {
  readonly desired: readonly DesiredObject[]
  /** What the render sets aside, such as hooks. */
  readonly setAside: readonly SetAside[]
  readonly hooks: readonly HookDigest[]
  readonly live: Live
  /** Against live; the head's each with its fate. */
  readonly findings: readonly Finding[]
  readonly sides: ReadonlyMap<ObjectRef, Sides>
  /** Where a deploy of it fails though nothing is found there; of the head alone. */
  readonly stops: readonly Stop[]
}
/** Both sides; null where the chart does not exist on that one. */
export type PreviewSides = { readonly base: PreviewSide | null; readonly head: PreviewSide | null }

/** A change that is placed, and not yet put into words. Nothing is redacted yet. */
export type PlacedChange = Pick<
  PreviewChange,
  'prospect' | 'object' | 'path' | 'base' | 'head' | 'live' | 'ours' | 'contested' | 'confidence'
> & {
  /** What a check of the base finds here, and what one of the head would. */
  readonly was: Finding | null
  readonly will: Finding | null
  /** Why, where no fate says it: a clause. */
  readonly because: string | null
  /** The message with which the deploy will fail, where no fate has it. */
  readonly conflict: string | null
  /** How many changes made by hand go with an object that is deleted. */
  readonly lost?: number
}
