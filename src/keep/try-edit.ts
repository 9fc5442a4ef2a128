import { join } from 'node:path'
import type { JsonObject } from '../model.ts'
import { editFiles } from './edit-files.ts'
import type { JudgeTrial, TrialJudgement } from './judge-trial.ts'
import { isFailure, type KeepTools, type SourceFile } from './keep-tools.ts'
import { applyOperations, type Operation } from './operations.ts'

/** An edit that was made in copies of the files and rendered, with what became of the findings. */
export type Tried = TrialJudgement & { readonly operations: readonly Operation[]; readonly edited: ReadonlyMap<string, string> }
export type TryEdit = (operations: readonly Operation[]) => Promise<Tried | { readonly failure: string }>

/** Gives what makes an edit, renders with it, and judges. The same edit is tried once. */
export function openTrials(tools: KeepTools, judge: JudgeTrial): TryEdit {
  const known = new Map<string, ReturnType<TryEdit>>()
  return (operations) => {
    const name = JSON.stringify(operations, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value))
    const trial = known.get(name) ?? tryEdit(tools, judge, operations)
    known.set(name, trial)
    return trial
  }
}

async function tryEdit(tools: KeepTools, judge: JudgeTrial, operations: readonly Operation[]): ReturnType<TryEdit> {
  const edited = editAll(tools, operations)
  if ('refused' in edited) return { failure: edited.refused }
  const render = await tools.render({ files: edited.texts }, true)
  return isFailure(render) ? render : { ...judge(render), operations, edited: edited.texts }
}

/** Makes edits one after the other. */
export function editAll(
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
