import type { JsonObject } from '../model.ts'
import { isFailure, type KeepRender, type KeepTools } from './keep-tools.ts'
import { formatValuesKey } from './keys.ts'
import { overrideWith, type StandIn } from './stand-ins.ts'

/** Stand-ins that a chart rendered with, together. */
export type Group = { readonly standIns: readonly StandIn[]; readonly render: KeepRender }
/** How many renders there are left for it, and whether all that was asked for was rendered. */
export type StandInBudget = { left: number; complete: boolean }

/**
 * Renders with many stand-ins at once. Where the chart does not render with some, or renders something that tells nothing,
 * they are halved, or the one that helm's message names is left out.
 *
 * @param isTelling whether a render still has the place that is looked at
 */
export async function* tryStandIns(
  tools: KeepTools,
  values: JsonObject,
  standIns: readonly StandIn[],
  isTelling: (render: KeepRender) => boolean,
  budget: StandInBudget,
): AsyncGenerator<Group> {
  const open: (readonly StandIn[])[] = standIns.length > 0 ? [standIns] : []
  for (let group = open.shift(); group !== undefined; group = open.shift()) {
    if (budget.left-- <= 0) {
      budget.complete = false
      return
    }
    const result = await tools.render({ override: overrideWith(values, group) }, false)
    if (!isFailure(result) && isTelling(result)) {
      yield { standIns: group, render: result }
      continue
    }
    const named = isFailure(result) ? group.filter(({ key }) => result.failure.includes(`.Values.${formatValuesKey(key)}>`)) : []
    if (named.length > 0 || group.length === 1) budget.complete = false
    if (named.length > 0 && named.length < group.length) open.unshift(group.filter((one) => !named.includes(one)))
    else if (named.length === 0 && group.length > 1) {
      const half = Math.ceil(group.length / 2)
      open.unshift(group.slice(0, half), group.slice(half))
    }
  }
}
