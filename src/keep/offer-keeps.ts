import type { DecisionInput } from '../explain/decision-input.ts'
import type { Finding, KeepChoice, Ways } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { describeEdit } from './describe-edit.ts'
import { joinWays, type Kept, type Left } from './join-ways.ts'
import { openJudge } from './judge-trial.ts'
import type { KeepTools } from './keep-tools.ts'
import { offerManifestKeeps } from './offer-manifest-keeps.ts'
import { placeFinding } from './place-finding.ts'
import { tellMiss, tellUnkept } from './tell.ts'
import { openTraceDesk, type Trace, traceFinding } from './trace.ts'
import { openTrials } from './try-edit.ts'

export type KeepOffer = {
  /** By finding id; for every finding that is drift. */
  readonly choices: ReadonlyMap<string, KeepChoice>
  readonly way: Ways['keep']
}

const NO_VALUES = 'The values of this chart could not be read, so which key drives this field is not known.'

const NOTHING_DRIVES: Trace = { tried: null, exhausted: true, renders: 0 }

/**
 * Finds for every drift how Git could say what the cluster says: which values key drives the place, proven by a render in
 * which the finding is gone, and the patch of the values file. Nothing is written anywhere.
 *
 * @param tools what `openKeepTools` gives for the target
 */
export async function offerKeeps(input: DecisionInput, tools: KeepTools): Promise<KeepOffer> {
  const { source } = input.target
  const judge = openJudge(input, tools.base)
  if (source.type === 'manifests') return offerManifestKeeps(input, tools, judge)
  const tryEdit = openTrials(tools, judge, [...source.set, ...source.deployTimeValues])
  const desk = tools.values === null ? null : openTraceDesk(input, tools, tools.values, tryEdit)
  const kept: Kept[] = []
  const left: Left[] = []
  const choices = new Map<string, KeepChoice>()
  const leave = (finding: Finding, choice: KeepChoice) => {
    left.push({ finding: finding.id, why: choice.summary })
    choices.set(finding.id, choice)
  }
  for (const finding of input.findings.filter(({ drift }) => drift)) {
    const words = tellUnkept(finding, input.isSecret(finding))
    if (words !== null || desk === null || !isDesired(input, finding)) {
      leave(finding, { summary: words ?? NO_VALUES })
      continue
    }
    const place = placeFinding(input, tools, finding)
    // What drove one place may have driven this one, too; and what a template writes as a constant, nothing drives.
    const known = kept.find(({ tried }) => tried.sideEffects.length === 0 && tried.gone.includes(finding.id))
    const trace = known ?? (place?.isFixed === true ? NOTHING_DRIVES : await traceFinding(desk, finding))
    if (trace.tried === null) {
      leave(finding, { summary: tellMiss(trace, place), ...(place === null ? {} : { place: { file: place.file, line: place.line } }) })
      continue
    }
    const choice = describeEdit(tools, trace.tried)
    if (choice.patch === undefined) leave(finding, choice)
    else {
      kept.push({ finding, tried: trace.tried })
      choices.set(finding.id, choice)
    }
  }
  return { choices, way: await joinWays(tools, tryEdit, kept, left) }
}

function isDesired({ desired }: DecisionInput, { object }: Finding): boolean {
  return desired.some(({ ref }) => keyOfRef(ref) === keyOfRef(object))
}
