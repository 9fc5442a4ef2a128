import { parseYaml } from '../chart/parse-yaml.ts'
import { getAt, getOwn, isComposite, isEmpty, isList, isObject, isSame, setAt } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { Finding, Json, JsonObject, Path, PathStep } from '../model.ts'
import type { KnownKey } from './keys.ts'
import { findOperations, type Operation } from './operations.ts'
import type { RankKey } from './rank-keys.ts'

/** A map or list of the values whose content is found again in what is rendered, and the edit of it that would do. */
export type BlockProposal = { readonly operations: readonly Operation[]; readonly known: KnownKey }

/**
 * Finds the maps and lists of values that are written out as they are (`toYaml .Values.resources`): their content is a part
 * of the desired object at the finding's place or above it. The nearest come first.
 *
 * @param desired the object, prepared
 */
export function proposeBlocks(finding: Finding, desired: JsonObject, known: readonly KnownKey[], rank: RankKey): readonly BlockProposal[] {
  const { path, live } = finding
  const full = known.filter(({ value }) => value !== undefined && isComposite(value) && !isEmpty(value))
  const proposals = path.map((_step, index) => {
    const above = path.slice(0, path.length - index)
    const there = getAt(desired, above)
    if (there === undefined || !isComposite(there)) return []
    const fits = full.filter(({ value }) => isPartOf(value as Json, there))
    return fits
      .toSorted((a, b) => rank(b.key) - rank(a.key))
      .flatMap((one) => propose(one, changeBlock(one.value as Json, there, path.slice(above.length), live)))
  })
  return [...proposals.flat(), ...proposeInText(finding, full)]
}

function propose(known: KnownKey, changed: Json | undefined | null): readonly BlockProposal[] {
  if (changed === null || isSame(changed, known.value)) return []
  // A block that goes as a whole stays as an empty one: templates expect its key.
  const after = changed === undefined ? (isList(known.value) ? [] : {}) : changed
  const operations =
    changed === undefined ? [{ op: 'set', key: known.key, value: after } as const] : findOperations(known.key, known.value, after)
  return operations.length === 0 ? [] : [{ operations, known }]
}

function isPartOf(part: Json, whole: Json): boolean {
  if (isObject(part) && isObject(whole)) return Object.entries(part).every(([name, value]) => isPart(value, getOwn(whole, name)))
  if (isList(part) && isList(whole)) return part.every((one) => whole.some((other) => isPart(one, other)))
  return false
}

function isPart(part: Json, whole: Json | undefined): boolean {
  return isSame(part, whole) || (whole !== undefined && isComposite(part) && isPartOf(part, whole)) || isEmpty(part)
}

/** The block with the finding's place as it is live; null where the block does not hold that place. */
function changeBlock(block: Json, there: Json, rest: Path, live: Json | undefined): Json | undefined | null {
  const [step] = rest
  if (step === undefined) return changeWhole(block, there, live)
  const own = 'index' in step ? findPlace(block, there, step) : step
  if (own === null || ('field' in own ? !isObject(block) : !isList(block))) return null
  const changed = setAt(block, [own, ...rest.slice(1)], live)
  return isEmpty(changed) ? undefined : changed
}

function findPlace(block: Json, there: Json, step: { readonly index: number }): PathStep | null {
  const item = isList(there) ? there[step.index] : undefined
  const index = isList(block) && item !== undefined ? block.findIndex((one) => isPart(one, item)) : -1
  return index < 0 ? null : { index }
}

function changeWhole(block: Json, there: Json, live: Json | undefined): Json | undefined | null {
  if (live === undefined || isSame(block, there)) return live
  if (!isList(block) || !isList(there) || !isList(live)) return null
  // The template adds elements of its own, before or after.
  const start = there.findIndex((one) => isSame(one, block[0]))
  const end = there.length - start - block.length
  return live.length < start + end ? null : live.slice(start, live.length - end)
}

/** Text that is YAML or JSON itself, such as a config file that is written from a map. */
function proposeInText({ desired, live }: Finding, known: readonly KnownKey[]): readonly BlockProposal[] {
  const [was, is] = [parseText(desired), parseText(live)]
  if (was === null || is === null) return []
  const chain = listChain(was, is)
  return chain.flatMap(([before, after]) => known.filter(({ value }) => isSame(value, before)).flatMap((one) => propose(one, after)))
}

/** The maps and lists that hold all that differs, the smallest first. */
function listChain(was: Json, is: Json): readonly (readonly [Json, Json])[] {
  const chain: (readonly [Json, Json])[] = []
  let at: readonly [Json, Json] | null = [was, is]
  while (at !== null) {
    const [before, after] = at as readonly [Json, Json]
    chain.unshift(at)
    const names: readonly string[] =
      isObject(before) && isObject(after) ? [...new Set([...Object.keys(before), ...Object.keys(after)])] : []
    const different = names.filter((name) => !isSame((before as JsonObject)[name], (after as JsonObject)[name]))
    const [name = ''] = different
    const [inner, outer] = [(before as JsonObject)[name], (after as JsonObject)[name]]
    at =
      different.length === 1 && inner !== undefined && outer !== undefined && isComposite(inner) && isComposite(outer)
        ? [inner, outer]
        : null
  }
  return chain
}

function parseText(value: Json | undefined): Json | null {
  if (typeof value !== 'string' || !/[:{]/.test(value)) return null
  try {
    const { documents } = parseYaml(value, 'text')
    const [only] = documents
    return documents.length === 1 && only !== undefined && isComposite(only.value) ? only.value : null
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
