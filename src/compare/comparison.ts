import type { Change, Json, ObjectRef, Path, UnstablePath } from '../model.ts'
import type { Standing, WholeSides } from './defaults.ts'
import type { Holds } from './holds.ts'

/** A declared value that live does not have as declared. `unstable` is set when the render itself does not agree on it. */
export type DeclaredDifference = {
  readonly path: Path
  readonly change: Exclude<Change, 'added' | 'missing-object' | 'extra-object'>
  readonly desired: Json
  readonly live: Json | undefined
  readonly unstable: UnstablePath | null
  /** Who holds the place, as `managedFields` has it. */
  readonly holds: Holds
  /** It is a field that the API server may leave out by itself, as it does with features that are switched off. */
  readonly isField: boolean
}
/** A live value that nothing declares, as a tree, so that ownership can be asked at every level of it. */
export type LiveOnly = {
  readonly path: Path
  readonly pattern: string
  readonly value: Json
  /** What the API server would put here by itself; only asked when the owner does not settle the matter. */
  readonly standing: Standing | null
  readonly children: readonly LiveOnly[]
  /** True for maps whose entries stand for themselves (labels, annotations) and for keyed lists: one finding per entry. */
  readonly open: boolean
  /** The API server puts something here in any case: what differs is a part of it. */
  readonly filledIn: boolean
  readonly holds: Holds
}
/** What a reader of the chart should know, and what is no difference. */
export type Remark = {
  readonly kind: 'unknown-field' | 'duplicate-key' | 'reordered'
  readonly path: Path
  /** What the chart declares, where that is what the remark is about. */
  readonly desired?: Json
}
export type Comparison = {
  readonly declared: readonly DeclaredDifference[]
  readonly liveOnly: readonly LiveOnly[]
  readonly remarks: readonly Remark[]
}

/** A comparison under way: what is compared, and what has been found so far. */
export type Walk = {
  readonly ref: ObjectRef
  readonly sides: WholeSides
  readonly unstable: readonly UnstablePath[]
  readonly declared: DeclaredDifference[]
  readonly liveOnly: LiveOnly[]
  readonly remarks: Remark[]
}
