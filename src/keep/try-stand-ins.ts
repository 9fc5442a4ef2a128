import type { JsonObject } from '../model.ts'
import { isFailure, type KeepRender, type KeepTools } from './keep-tools.ts'
import { formatValuesKey } from './keys.ts'
import { overrideWith, type StandIn } from './stand-ins.ts'

/** Stand-ins that a chart rendered with, together. */
export type Group<Item extends StandIn> = { readonly standIns: readonly Item[]; readonly render: KeepRender }

/**
 * Renders with many stand-ins at once. Where the chart does not render with some, they are found by halving, or by name
 * where helm's message has it.
 *
 * @param most renders
 * @returns `complete` when every stand-in was rendered
 */
export async function tryStandIns<Item extends StandIn>(
  tools: KeepTools,
  values: JsonObject,
  standIns: readonly Item[],
  most: number,
): Promise<{ readonly groups: readonly Group<Item>[]; readonly complete: boolean }> {
  const groups: Group<Item>[] = []
  let complete = true
  let left = most
  const open: (readonly Item[])[] = standIns.length > 0 ? [standIns] : []
  for (let group = open.shift(); group !== undefined; group = open.shift()) {
    if (left-- <= 0) return { groups, complete: false }
    const result = await tools.render({ override: overrideWith(values, group) }, false)
    if (!isFailure(result)) {
      groups.push({ standIns: group, render: result })
      continue
    }
    const fine = group.filter(({ key }) => !result.failure.includes(`.Values.${formatValuesKey(key)}`))
    if (fine.length < group.length) {
      complete = false
      if (fine.length > 0) open.unshift(fine)
    } else if (group.length === 1) complete = false
    else {
      const half = Math.ceil(group.length / 2)
      open.unshift(group.slice(0, half), group.slice(half))
    }
  }
  return { groups, complete }
}
