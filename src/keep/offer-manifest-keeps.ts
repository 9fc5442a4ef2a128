import type { DecisionInput } from '../explain/decision-input.ts'
import type { JudgeTrial } from './judge-trial.ts'
import type { KeepTools } from './keep-tools.ts'
import type { KeepOffer } from './offer-keeps.ts'

/** placeholder */
export async function offerManifestKeeps(_input: DecisionInput, _tools: KeepTools, _judge: JudgeTrial): Promise<KeepOffer> {
  return { choices: new Map(), way: { summary: '', patch: null, covers: [], leaves: [] }, notes: [] }
}
