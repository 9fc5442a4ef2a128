import { join } from 'node:path'
import { nameValue } from '../compare/name-value.ts'
import type { Json, JsonObject } from '../model.ts'
import { editFiles, findOverriding } from './edit-files.ts'
import type { JudgeTrial, TrialJudgement } from './judge-trial.ts'
import { isFailure, type KeepTools, type SourceFile, type Trial } from './keep-tools.ts'
import { applyOperations, type Operation, toOverride } from './operations.ts'

/**
 * An edit that was made in copies of the files and rendered, with what became of the findings.
 * `flag` is the `--set` key that counts more than any file: the edit belongs there, and no file was edited.
 */
export type Tried = TrialJudgement & {
  readonly operations: readonly Operation[]
  readonly edited: ReadonlyMap<string, string>
  readonly flag: string | null
}
export type TryEdit = (operations: readonly Operation[]) => Promise<Tried | { readonly failure: string }>

/**
 * Gives what makes an edit, renders with it, and judges. The same edit is tried once.
 *
 * @param flags `--set` expressions of the target
 */
export function openTrials(tools: KeepTools, judge: JudgeTrial, flags: readonly string[]): TryEdit {
  const known = new Map<string, ReturnType<TryEdit>>()
  return (operations) => {
    const name = nameValue(operations as unknown as Json)
    const trial = known.get(name) ?? tryEdit(tools, judge, operations, flags)
    known.set(name, trial)
    return trial
  }
}

async function tryEdit(
  tools: KeepTools,
  judge: JudgeTrial,
  operations: readonly Operation[],
  flags: readonly string[],
): ReturnType<TryEdit> {
  const flag = operations.map(({ key }) => findOverriding(flags, key)).find((one) => one !== null) ?? null
  if (flag !== null) {
    const judged = await judgeTwice(tools, judge, { override: toOverride(tools.values ?? {}, operations) })
    return 'failure' in judged ? judged : { ...judged, operations, edited: new Map(), flag }
  }
  const edited = editAll(tools, operations)
  if ('refused' in edited) return { failure: edited.refused }
  const judged = await judgeTwice(tools, judge, { files: edited.texts })
  return 'failure' in judged ? judged : { ...judged, operations, edited: edited.texts, flag }
}

/** An edit that does is rendered once more: a few charts give something else each time, and may have done so by chance. */
async function judgeTwice(tools: KeepTools, judge: JudgeTrial, trial: Trial): Promise<TrialJudgement | { readonly failure: string }> {
  const first = await tools.render(trial, true)
  if (isFailure(first)) return first
  const one = judge(first)
  if (one.gone.length === 0) return one
  const second = await tools.render(trial, true)
  if (isFailure(second)) return second
  const other = judge(second)
  const { gone, sideEffects } = other
  return {
    ...other,
    gone: one.gone.filter((id) => gone.includes(id)),
    sideEffects: one.sideEffects.length > sideEffects.length ? one.sideEffects : sideEffects,
  }
}

/** Makes edits one after the other. */
function editAll(
  tools: KeepTools,
  operations: readonly Operation[],
): { readonly texts: ReadonlyMap<string, string> } | { readonly refused: string } {
  const texts = new Map<string, string>()
  const ownValues = tools.chart === null ? null : join(tools.chart, 'values.yaml')
  let files: readonly SourceFile[] = tools.files
  let values: JsonObject = tools.values ?? {}
  for (const operation of operations) {
    const made = editFiles(files, values, operation, ownValues)
    if ('refused' in made) return { refused: made.refused }
    texts.set(made.path, made.text)
    files = files.map((file) => (file.path === made.path ? made : file))
    values = applyOperations(values, [operation])
  }
  return { texts }
}
