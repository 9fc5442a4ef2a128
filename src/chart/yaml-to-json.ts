import { type Alias, isAlias, isMap, isNode, isPair, isScalar, isSeq, Scalar as ScalarNode, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Json, JsonObject } from '../model.ts'
import { formatKey } from './format-key.ts'
import { resolveScalar } from './resolve-scalar.ts'
import { bindAliases, isAliasBomb, isMergeKey } from './yaml-aliases.ts'

/** What a conversion gave. Offsets count characters from the start of the document. */
export type Converted = {
  readonly value: Json
  readonly faults: readonly Remark[]
  readonly duplicates: readonly Remark[]
}
export type Remark = { readonly message: string; readonly offset: number }

/** Far beyond any manifest, and well within the stack. */
const MAX_DEPTH = 500

type State = {
  readonly targets: ReadonlyMap<Alias, unknown>
  readonly open: Set<unknown>
  readonly faults: Remark[]
  readonly duplicates: Remark[]
  decoded: number
  aliased: number
  aliasDepth: number
}

/**
 * Converts the nodes of one document, parsed with the `failsafe` schema (every scalar as text), to JSON as
 * sigs.k8s.io/yaml does: scalars by go-yaml's rules, `<<` merged where it stands, the last of equal keys kept.
 * https://github.com/yaml/go-yaml/blob/v2.4.2/decode.go
 * @param root the document's contents; null for an empty one
 * @param hasAliases whether there may be aliases in it; to look for them takes a walk through all nodes
 */
export function convertNodes(root: unknown, hasAliases = true): Converted {
  const state: State = {
    targets: hasAliases ? bindAliases(root) : new Map(),
    open: new Set(),
    faults: [],
    duplicates: [],
    decoded: 0,
    aliased: 0,
    aliasDepth: 0,
  }
  const value = convert(root, state, 0).value
  return { value, faults: state.faults, duplicates: state.duplicates }
}

type Value = { readonly value: Json; readonly isFloat: boolean }
const NOTHING: Value = { value: null, isFloat: false }

function convert(node: unknown, state: State, depth: number): Value {
  if (isAborted(node, state, depth)) return NOTHING
  if (isAlias(node)) return convertAlias(node, state, depth)
  if (isMap(node)) return { value: convertMap(node, state, depth), isFloat: false }
  if (isSeq(node)) return { value: convertSequence(node, state, depth), isFloat: false }
  if (isScalar(node)) return convertScalar(node, state)
  return NOTHING
}

function convertScalar(node: ScalarNode, state: State): Value {
  const resolved = resolveScalar(String(node.value ?? ''), node.tag ?? null, node.type === ScalarNode.PLAIN || node.type === undefined)
  return 'fault' in resolved ? report(state, resolved.fault, node) : resolved
}

function convertMap(node: YAMLMap, state: State, depth: number): JsonObject {
  const entries = new Map<string, Json>()
  fillMap(node, entries, state, depth)
  // fromEntries defines own properties, so that a key such as __proto__ stays a plain key.
  return Object.fromEntries(entries)
}

function fillMap(node: YAMLMap, entries: Map<string, Json>, state: State, depth: number): void {
  const seen = new Set<string>()
  for (const pair of node.items) {
    if (!isPair(pair)) continue
    if (isMergeKey(pair.key)) {
      mergeInto(pair.value, entries, state, depth + 1)
      continue
    }
    const key = convertKey(pair.key, state, depth + 1)
    const value = refuseInfinite(convert(pair.value, state, depth + 1), pair.value, state)
    if (key === null) continue
    if (seen.has(key))
      state.duplicates.push({ message: `the key "${key}" is given twice in one map; the last one counts`, offset: offsetOf(pair.key) })
    seen.add(key)
    entries.set(key, value)
  }
}

function convertKey(node: unknown, state: State, depth: number): string | null {
  const { value, isFloat } = convert(node, state, depth)
  const key = value === null || typeof value !== 'object' ? formatKey(value, isFloat) : null
  if (key === null && state.faults.length === 0) report(state, 'this map key is no text, number or boolean', node)
  return key
}

function convertSequence(node: YAMLSeq, state: State, depth: number): Json {
  return node.items.map((item) => refuseInfinite(convert(item, state, depth + 1), item, state))
}

/** go-yaml merges where `<<` stands: keys before it are overwritten, keys after it win. Of several maps, the first wins. */
function mergeInto(node: unknown, entries: Map<string, Json>, state: State, depth: number): void {
  if (isAborted(node, state, depth)) return
  const target = isAlias(node) ? state.targets.get(node) : node
  if (isSeq(target) && target === node) {
    for (const item of [...target.items].reverse()) mergeInto(item, entries, state, depth + 1)
  } else if (!isMap(target)) {
    report(state, 'a merge key (<<) needs a map, or a list of maps', node)
  } else {
    enterAlias(node, state, () => fillMap(target, entries, state, depth + 1))
  }
}

function convertAlias(node: Alias, state: State, depth: number): Value {
  if (!state.targets.has(node)) return report(state, `the alias *${node.source} has no anchor before it`, node)
  const target = state.targets.get(node)
  let result = NOTHING
  enterAlias(node, state, () => {
    result = convert(target, state, depth + 1)
  })
  return result
}

/** Runs `work` inside an alias's target, unless that target is already being converted (an anchor that contains itself). */
function enterAlias(node: unknown, state: State, work: () => void): void {
  if (!isAlias(node)) {
    work()
    return
  }
  if (state.open.has(node)) {
    report(state, `the anchor &${node.source} contains itself`, node)
    return
  }
  state.open.add(node)
  state.aliasDepth += 1
  work()
  state.aliasDepth -= 1
  state.open.delete(node)
}

/** Counts nodes, and stops the whole conversion at an alias bomb or an absurd depth. */
function isAborted(node: unknown, state: State, depth: number): boolean {
  if (state.faults.length > 0) return true
  state.decoded += 1
  if (state.aliasDepth > 0) state.aliased += 1
  if (isAliasBomb(state.decoded, state.aliased)) {
    report(state, 'the document repeats its aliases excessively (an alias bomb)', node)
    return true
  }
  if (depth > MAX_DEPTH) {
    report(state, `the document is nested deeper than ${MAX_DEPTH} levels`, node)
    return true
  }
  return false
}

/** JSON has no infinity and no NaN; sigs.k8s.io/yaml fails on them too. */
function refuseInfinite(converted: Value, node: unknown, state: State): Json {
  if (typeof converted.value !== 'number' || Number.isFinite(converted.value)) return converted.value
  return report(state, 'JSON, and so Kubernetes, has no infinity and no NaN', node).value
}

function report(state: State, message: string, node: unknown): Value {
  state.faults.push({ message, offset: offsetOf(node) })
  return NOTHING
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}
