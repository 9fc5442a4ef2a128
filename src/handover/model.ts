import type { Desired, Target } from '../model.ts'

/**
 * What a job without secrets hands over to one with secrets: how the head of a pull request renders. It is data of that pull
 * request's author, in the clear and in whole, and is believed in nothing but this.
 */
export type Handover = {
  readonly pullRequest: {
    readonly number: number
    /** Commits; `base` is null where Git could not tell. */
    readonly head: string
    readonly base: string | null
  }
  /** What it was rendered for. */
  readonly kubeVersion: string
  readonly targets: readonly HandedTarget[]
}
/** `head` is null where the pull request has no such chart. */
export type HandedTarget = { readonly name: string; readonly head: Desired | null }
/** What trusted code knows of a target. */
export type KnownTarget = Pick<Target, 'name' | 'namespace'>

/** The artifact's name, and the one file in it. */
export const ARTIFACT = 'plumbline-preview'
export const HANDOVER_FILE = 'preview.json'

/** Beyond any real pull request, and within the memory of a job. */
export const MOST_BYTES = 20 * 2 ** 20
export const MOST_TARGETS = 1000
export const MOST_OBJECTS = 20_000
