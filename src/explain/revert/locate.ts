import { getAt, getOwn, isList, isObject, isSame } from '../../compare/json.ts'
import type { Json, JsonObject, Path, PathStep } from '../../model.ts'
import { type Op, type Token, toPointer } from './json-patch.ts'

/** Where a path leads in a live object. */
export type Spot = {
  /** As far as there is something. */
  readonly tokens: readonly Token[]
  /** That the list elements on the way are those that are meant. */
  readonly tests: readonly Op[]
  /** The steps that lead nowhere; empty where all of the path is there. */
  readonly missing: Path
  /** What is there, at the last place that there is. */
  readonly value: Json | undefined
}

/**
 * Follows a path through a live object as the API server gave it, from list keys to places in lists.
 *
 * @param value what was compared there: it tells which of several elements of one name is meant
 */
export function locate(live: JsonObject, path: Path, value: Json | undefined): Spot {
  const tokens: Token[] = []
  const tests: Op[] = []
  let at: Json | undefined = live
  for (const [depth, step] of path.entries()) {
    const rest = path.slice(depth + 1)
    const token: Token | null = findToken(at, step, rest, value)
    if (token === null) return { tokens, tests, missing: path.slice(depth), value: at }
    at = isObject(at) ? getOwn(at, String(token)) : isList(at) ? at[Number(token)] : undefined
    tokens.push(token)
    if ('key' in step || 'value' in step) tests.push(...testElement(at, step, tokens))
  }
  return { tokens, tests, missing: [], value: at }
}

function findToken(at: Json | undefined, step: PathStep, rest: Path, value: Json | undefined): Token | null {
  if ('field' in step) return isObject(at) && Object.hasOwn(at, step.field) ? step.field : null
  if (!isList(at)) return null
  const named = listNamed(at, step, rest, value)
  return named.find((index) => isSame(getAt(at[index], rest), value)) ?? named[0] ?? null
}

function listNamed(list: readonly Json[], step: Exclude<PathStep, { readonly field: string }>, rest: Path, value: Json | undefined) {
  const all = [...list.keys()]
  if ('value' in step) return all.filter((index) => isSame(list[index], step.value))
  if ('key' in step) {
    const named = all.filter((index) => hasKey(list[index], step.key))
    const [last] = rest
    // An element whose key alone was changed is told under its old key, and stands under the new one.
    const isRenamed =
      named.length === 0 && rest.length === 1 && last !== undefined && 'field' in last && Object.hasOwn(step.key, last.field)
    return isRenamed ? all.filter((index) => hasKey(list[index], { ...step.key, [last.field]: value })) : named
  }
  // A list without order may have been compared in another one.
  const [here, others] = [all.filter((index) => index === step.index), all.filter((index) => index !== step.index)]
  return [...here, ...others.filter((index) => value !== undefined && isSame(getAt(list[index], rest), value))]
}

function hasKey(element: Json | undefined, key: { readonly [name: string]: Json | undefined }): boolean {
  return (
    Object.keys(key).length > 0 &&
    Object.entries(key).every(([name, value]) => isSame(getAt([element ?? null], [{ index: 0 }, { field: name }]) ?? fillIn(name), value))
  )
}

/** The one default that is part of keys: a port without a protocol is a TCP port. */
function fillIn(name: string): Json | undefined {
  return name === 'protocol' ? 'TCP' : undefined
}

function testElement(element: Json | undefined, step: PathStep, tokens: readonly Token[]): readonly Op[] {
  if (!isObject(element)) return [{ op: 'test', path: toPointer(tokens), value: element ?? null }]
  const names = 'key' in step ? Object.keys(step.key).filter((name) => Object.hasOwn(element, name)) : []
  return names.map((name) => ({ op: 'test', path: toPointer([...tokens, name]), value: getOwn(element, name) ?? null }))
}
