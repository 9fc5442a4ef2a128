import type { Json } from '../model.ts'

/**
 * A text that two JSON values share exactly when `isSame` holds: the order of fields means nothing, and an integer is the
 * same as a number and as a bigint. For finding equal values among thousands without comparing each with each.
 */
export function nameValue(value: Json | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(nameValue).join(',')}]`
  const fields = Object.entries(value).map(([name, child]) => `${JSON.stringify(name)}:${nameValue(child)}`)
  return `{${fields.toSorted().join(',')}}`
}

/**
 * Queues places by the name of what stands there; the first place is at the end of its queue, where it is taken from.
 *
 * @param items in their order
 */
export function queueByName(items: readonly Json[], nameOf: (item: Json) => string): Map<string, number[]> {
  const queues = new Map<string, number[]>()
  for (const [index, item] of [...items.entries()].reverse()) {
    const name = nameOf(item)
    const queue = queues.get(name)
    if (queue === undefined) queues.set(name, [index])
    else queue.push(index)
  }
  return queues
}
