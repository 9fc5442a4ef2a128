import type { JsonObject, ObjectRef } from '../model.ts'

/** One object of a render. Hooks are among them: what an edit changes in them is worth telling. */
export type KeptObject = {
  readonly ref: ObjectRef
  readonly object: JsonObject
  readonly template: string | null
  readonly isHook: boolean
}
/** By identity, as `nameObject` writes it. */
export type KeepRender = ReadonlyMap<string, KeptObject>

/** What is rendered otherwise than it is in Git. */
export type Trial = {
  /** Other contents of the target's files, by absolute path. */
  readonly files?: ReadonlyMap<string, string>
  /** Values that come after those of all files. */
  readonly override?: JsonObject
}
/** A file that may be edited. */
export type SourceFile = { readonly path: string; readonly text: string }

/** What the way to keep is found with: a target's sources, and a bounded way to render them with other contents. */
export type KeepTools = {
  /** Absolute. Paths in patches are relative to it. */
  readonly workspace: string
  /** In the order in which they count, the last one most: the chart's own, if it can be edited, and the target's. For manifests, all. */
  readonly files: readonly SourceFile[]
  /** What templates see as `.Values`, with those of dependencies; null for manifests, and where it could not be had. */
  readonly values: JsonObject | null
  /** Every template's text by its path within the chart; those of dependencies as `charts/NAME/templates/...`. */
  readonly templates: ReadonlyMap<string, string>
  /** The folder with the chart, to name its templates; null where it is packed, or for manifests. */
  readonly chart: string | null
  /** By which names a chart knows its dependencies: folders in `charts/` to the keys of their values. */
  readonly aliases: ReadonlyMap<string, readonly string[]>
  /** What Git renders now, twice. */
  readonly base: readonly [KeepRender, KeepRender]
  /** How many renders are left. */
  readonly left: () => number
  /**
   * @param checked whether the chart's own schema of its values must hold; it may be left out to try stand-ins
   * @returns the reason where it does not render, or nothing is left of the bound
   */
  readonly render: (trial: Trial, checked: boolean) => Promise<KeepRender | { readonly failure: string }>
}

/** Whether a render failed. */
export function isFailure(result: KeepRender | { readonly failure: string }): result is { readonly failure: string } {
  return 'failure' in result
}
