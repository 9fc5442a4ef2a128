import type { Json, Path } from '../../src/model.ts'
import type { Hand } from '../hand.ts'
import type { Kube } from '../kube.ts'
import type { Expectation, Released, Scene } from '../model.ts'
import type { Random } from '../random.ts'

type Doers = { readonly hand: Hand; readonly kube: Kube; readonly certificate: string }
/** What to do, in order; it stops at the first command that fails, whose text is given back. */
export type QuietAct = {
  readonly kind: string
  readonly target: Released
  readonly command: string
  /** What must be shown, though it is no drift. */
  readonly shows: readonly Expectation[]
  /** The place of it, which no edit may share. */
  readonly at?: Path
  readonly act: (doers: Doers) => Promise<string | null>
}
/** Makes up such an act for an object, or gives null where there is no place for it. */
export type QuietKind = {
  readonly id: string
  readonly propose: (target: Released, random: Random, scene: Scene) => Omit<QuietAct, 'kind' | 'target'> | null
}

type Typed = readonly string[] | { readonly args: readonly string[]; readonly stdin: string }

/** An act that kubectl commands make, one after the other. */
export function runKubectl({ ref: { namespace } }: Released, ...typed: readonly Typed[]): Omit<QuietAct, 'kind' | 'target'> {
  const commands = typed.map((each) => ('args' in each ? each : { args: each }))
  return {
    command: commands.map(({ args }) => `kubectl ${args.join(' ')}`).join('; '),
    shows: [],
    act: async ({ hand }) => {
      for (const command of commands) {
        const { code, stderr } = await hand.kubectl(command, namespace)
        if (code !== 0) return stderr
      }
      return null
    },
  }
}

/** An act that a controller makes, under its own name. */
export function patchAs(
  command: string,
  ref: Released['ref'],
  below: string,
  manager: string,
  body: Json,
): Omit<QuietAct, 'kind' | 'target'> {
  const headers = { 'content-type': 'application/merge-patch+json' }
  return {
    command,
    shows: [],
    act: async ({ kube }) => {
      const { status, body: answer } = await kube.call('PATCH', `${kube.pathOf(ref)}${below}?fieldManager=${manager}`, body, headers)
      return status < 300 ? null : JSON.stringify(answer)
    },
  }
}
