import { stringify } from 'yaml'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { Finding, Json, KeepChoice, Note, Ways } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { findOverriding } from './edit-files.ts'
import { joinWays, type Kept } from './join-ways.ts'
import { openJudge } from './judge-trial.ts'
import type { KeepTools } from './keep-tools.ts'
import { formatValuesKey, getKey, type Key } from './keys.ts'
import { offerManifestKeeps } from './offer-manifest-keeps.ts'
import { findWritten, type Operation } from './operations.ts'
import { makePatch, showFile } from './patch.ts'
import { placeFinding } from './place-finding.ts'
import { tellEdit, tellMiss, tellUnkept } from './tell.ts'
import { openTraceDesk, traceFinding } from './trace.ts'
import { openTrials, type Tried } from './try-edit.ts'

export type KeepOffer = {
  /** By finding id; for every finding that is drift. */
  readonly choices: ReadonlyMap<string, KeepChoice>
  readonly way: Ways['keep']
  readonly notes: readonly Note[]
}

/**
 * Finds for every drift how Git could say what the cluster says: which values key drives the place, proven by a render in
 * which the finding is gone, and the patch of the values file. Nothing is written anywhere.
 */
export async function offerKeeps(input: DecisionInput, tools: KeepTools): Promise<KeepOffer> {
  const judge = openJudge(input, tools.base)
  const tryEdit = openTrials(tools, judge)
  const drift = input.findings.filter((finding) => finding.drift)
  if (input.target.source.type === 'manifests') return offerManifestKeeps(input, tools, judge)
  const { set, deployTimeValues } = input.target.source
  const desk = tools.values === null ? null : openTraceDesk(input, tools, tools.values, tryEdit)
  const kept: Kept[] = []
  const left = new Map<string, { readonly why: string; readonly choice: KeepChoice }>()
  for (const finding of drift) {
    const words = tellUnkept(finding, input.isSecret(finding))
    if (words !== null || desk === null || !isDesired(input, finding)) {
      const why = words ?? 'The values of this chart could not be read, so which key drives this field is not known.'
      left.set(finding.id, { why, choice: { summary: why } })
      continue
    }
    const known = kept.find(({ tried }) => tried.sideEffects.length === 0 && tried.gone.includes(finding.id))
    const trace = known === undefined ? await traceFinding(desk, finding) : { tried: known.tried }
    if (trace.tried === null) {
      const place = await placeFinding(input, tools, finding)
      const summary = tellMiss(trace, place)
      const choice = { summary, ...(place === null ? {} : { place: { file: place.file, line: place.line } }) }
      left.set(finding.id, { why: summary, choice })
      continue
    }
    const { tried } = trace
    const flags = [...set, ...deployTimeValues.map((key) => `${key}=`)]
    const overriding = tried.operations.map(({ key }) => findOverriding(flags, key)).find((one) => one !== null) ?? null
    const choice = describeChoice(tools, tried, overriding)
    kept.push({ finding, tried, choice })
  }
  const joined = await joinWays(tools, tryEdit, kept)
  const choices = new Map([
    ...[...left].map(([id, { choice }]): [string, KeepChoice] => [id, choice]),
    ...kept.map(({ finding, choice }): [string, KeepChoice] => [finding.id, choice]),
  ])
  const leaves = [...left].map(([finding, { why }]) => ({ finding, why }))
  return { choices, way: { ...joined, leaves: [...joined.leaves, ...leaves] }, notes: [] }
}

function isDesired({ desired }: DecisionInput, { object }: Finding): boolean {
  return desired.some(({ ref }) => keyOfRef(ref) === keyOfRef(object))
}

function describeChoice(tools: KeepTools, tried: Tried, overriding: string | null): KeepChoice {
  const [first] = tried.operations
  const [file = ''] = [...tried.edited.keys()]
  const shown = showFile(file, tools.workspace)
  if (first === undefined) return { summary: '' }
  const { key, from, to } = describeOperation(tools, first)
  const edit = { file: shown, key, ...(from === undefined ? {} : { from }), to }
  return {
    summary: tellEdit(
      tried,
      edit,
      tried.operations.slice(1).map((one) => describeOperation(tools, one)),
      overriding,
    ),
    edit,
    patch: makePatch(tools.files, tried.edited, tools.workspace),
  }
}

function describeOperation(
  { values }: KeepTools,
  operation: Operation,
): { readonly key: string; readonly from?: string; readonly to: string } {
  const { key } = operation
  const before = getKey(values ?? {}, key)
  if (operation.op === 'append')
    return { key: formatValuesKey([...key, Array.isArray(before) ? before.length : 0]), to: write(operation.value) }
  const from = operation.op === 'remove' ? operation.value : before
  const at: Key =
    operation.op === 'remove' && Array.isArray(before) ? [...key, before.indexOf(operation.value as never)] : findWritten(operation)
  const to = operation.op === 'set' ? write(operation.value) : ''
  return { key: formatValuesKey(at), ...(from === undefined ? {} : { from: write(from) }), to }
}

function write(value: Json): string {
  return stringify(value, { lineWidth: 0, version: '1.1' }).trimEnd()
}
