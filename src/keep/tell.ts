import type { Finding } from '../model.ts'
import { formatPath } from '../path.ts'
import type { Place } from './judge-trial.ts'
import type { FoundPlace } from './place-finding.ts'
import type { Tried } from './try-edit.ts'

/** One step of an edit; `from` and `to` are YAML, and an empty `to` takes the key out. */
export type Described = { readonly key: string; readonly from?: string; readonly to: string }

/** Longer values are in the patch, and not in a sentence. */
const MOST_CHARACTERS = 60
const MOST_NAMES = 3

/** Why nothing is looked for; null where a key is worth looking for. */
export function tellUnkept({ change }: Pick<Finding, 'change'>, isSecret: boolean): string | null {
  if (isSecret)
    return 'This may be secret, so no patch holds it: set it where the secret comes from, a secret store or --set at deploy time.'
  if (change === 'missing-object')
    return 'To keep it deleted, take it out of the chart, or switch it off in the values if they have a switch for it.'
  if (change === 'extra-object') return 'To keep it, add it to the chart as a template.'
  return null
}

/** What the edit is, and all that comes with it. */
export function tellEdit(tried: Tried, [first, ...others]: readonly Described[], file: string): string {
  const steps = first === undefined ? [] : [`${tellStep(first)} in ${file}.`, ...others.map((one) => `${tellStep(one)}, too.`)]
  return [...steps, ...tellConsequences(tried)].join(' ')
}

/** An edit that no file can make. */
export function tellFlag(tried: Tried, described: readonly Described[]): string {
  const why = `The deploy sets ${tried.flag} with --set, which counts more than any values file, so that is the place to change it.`
  return [...described.map((one) => `${tellStep(one)}.`), why, ...tellConsequences(tried)].join(' ')
}

/** An edit so near to a secret that it is not shown. */
export function tellNoPatch(step: string, file: string): string {
  return `${step} in ${file}; there is no patch, since the lines beside it may hold a secret.`
}

function tellConsequences({ sideEffects, follows }: Tried): readonly string[] {
  const sentences: string[] = []
  if (follows.length > 0) sentences.push(`${list(follows.map(name))} will follow, so the next deploy replaces pods.`)
  if (sideEffects.length > 0) sentences.push(`Mind that the next deploy then also changes ${list(sideEffects.map(name))}.`)
  return sentences
}

/** One step of an edit, in words. */
export function tellStep({ key, from, to }: Described): string {
  if (to === '') return `Take ${key} out`
  const isShort = to.length <= MOST_CHARACTERS && !to.includes('\n')
  if (from === undefined) return isShort ? `Add ${key}: ${to}` : `Add ${key}`
  return isShort ? `Set ${key} to ${to}` : `Change ${key}`
}

/** That no key was found, and how far that goes. */
export function tellMiss(miss: { readonly exhausted: boolean; readonly renders: number }, place: FoundPlace | null): string {
  const spot = place?.line == null ? place?.file : `${place.file}, line ${place.line}`
  const where = place === null ? '' : place.line === null ? `: see ${spot}` : `: ${spot}`
  if (miss.exhausted) return `No values key drives this field${where}.`
  // No numbers: how far a search comes depends on the findings before it and on the machine, and the text must stay the same.
  if (miss.renders === 0)
    return `Which values key drives this field was not looked for: there are too many changes.${spot === undefined ? '' : ` The field is in ${spot}.`}`
  return `No values key for this field was found, and not every key could be tried${where}.`
}

function name({ object, path, what }: Place): string {
  const title = `${object.kind}/${object.name}`
  if (what === 'appears') return `${title} (new)`
  if (what === 'disappears') return `${title} (gone)`
  if (what === 'hook') return `the hook ${title}`
  return path.length === 0 ? title : `${title} ${formatPath(path)}`
}

/** The first few, and how many more. */
function list(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ')
}
