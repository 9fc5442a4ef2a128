import type { FieldsEntry } from '../compare/managed-fields.ts'
import { type ActorRules, isDeployer } from './actors.ts'
import type { DeployRecord } from './history.ts'

/** Helm writes one object after the other; whoever writes later than this after the last of them came on their own. */
const PAUSE = 3_000
/** Before the first of them its hooks may run, for as long as Helm waits for one by default. */
const HOOKS = 300_000

/**
 * When the last recorded deploy had written its last object: from its start on, the deployer's writes follow each other
 * without a pause. A later write under the deployer's name was no part of it.
 *
 * @returns milliseconds since 1970; null when it cannot be told
 */
export function findDeployEnd(
  { time: started, hasHooks }: Pick<DeployRecord, 'time' | 'hasHooks'>,
  entries: readonly FieldsEntry[],
  rules: ActorRules,
): number | null {
  const start = started === null ? Number.NaN : Date.parse(started)
  if (Number.isNaN(start)) return null
  const writes = entries
    .filter(({ manager, time }) => time !== null && isDeployer(manager, rules))
    .map(({ time }) => Date.parse(time ?? ''))
    .filter((time) => time >= Math.floor(start / 1_000) * 1_000)
    .toSorted((a, b) => a - b)
  let end = start
  for (const [place, time] of writes.entries()) {
    if (time > end + (place === 0 && hasHooks ? HOOKS : PAUSE)) break
    end = Math.max(end, time)
  }
  return end
}
