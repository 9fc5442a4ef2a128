import type { Json } from '../../src/model.ts'
import { isMap } from '../places.ts'

/** Another value of the same sort; undefined where none comes to mind. The API server may not like it: ask it. */
export function makeOther(value: Json | undefined): Json | undefined {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return makeOtherText(value)
  if (Array.isArray(value)) return makeOtherList(value as readonly Json[])
  if (!isMap(value)) return undefined
  // The name of an element is what it is found by.
  for (const [name, child] of Object.entries(value).filter(
    ([name]) => !/^(name|kind|apiGroup|mountPath|containerPort|port|protocol|type)$/.test(name),
  )) {
    const other = makeOther(child)
    if (other !== undefined) return { ...value, [name]: other }
  }
  return undefined
}

function makeOtherText(value: string): string {
  const number = /^(\d+)(%|m|Ki|Mi|Gi|s)?$/.exec(value)
  if (number !== null) return `${Number(number[1]) + 1}${number[2] ?? ''}`
  const pair = OTHERS.find((both) => both.includes(value))
  return pair?.find((one) => one !== value) ?? `${value}-other`
}

/** Words of which only some are taken. */
const OTHERS = [
  ['Always', 'IfNotPresent'],
  ['Cluster', 'Local'],
  ['Fail', 'Ignore'],
  ['Forbid', 'Allow', 'Replace'],
  ['0 3 1 1 *', '0 4 1 1 *'],
]

function makeOtherList(list: readonly Json[]): Json | undefined {
  if (list.every((item) => typeof item === 'string') && list.length > 0) return [...list, `${list.at(-1)}-other`]
  if (list.length > 1) return list.slice(1)
  const [only] = list
  const other = makeOther(only)
  return other === undefined ? undefined : [other]
}
