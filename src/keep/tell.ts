import type { Finding } from '../model.ts'
import { formatPath } from '../path.ts'
import type { Place } from './judge-trial.ts'
import type { FoundPlace } from './place-finding.ts'
import type { Tried } from './try-edit.ts'

type Described = { readonly key: string; readonly from?: string; readonly to: string }

/** Why nothing is looked for; null where a key is worth looking for. */
export function tellUnkept({ change }: Finding, isSecret: boolean): string | null {
  if (isSecret)
    return 'This may be secret, so no patch has it: set it where the secret comes from (a secret store, or --set at deploy time).'
  if (change === 'missing-object')
    return 'To keep it deleted, take it out of the chart, or switch it off in the values if they have a switch for it.'
  if (change === 'extra-object') return 'To keep it, add it to the chart as a template.'
  return null
}

/** What the edit is, and all that comes with it. */
export function tellEdit(
  { sideEffects, follows }: Tried,
  edit: Described & { readonly file: string },
  others: readonly Described[],
  overriding: string | null,
): string {
  const sentences = [`${tellOperation(edit, true)} in ${edit.file}.`, ...others.map((one) => `${tellOperation(one, true)} there, too.`)]
  if (overriding !== null) sentences.unshift(`${overriding} is set by --set, which counts more than any values file: change it there.`)
  if (follows.length > 0) sentences.push(`${list(follows.map(name))} follows, so the next deploy replaces pods.`)
  if (sideEffects.length > 0) sentences.push(`Mind that the next deploy then also changes ${list(sideEffects.map(name))}.`)
  return sentences.join(' ')
}

function tellOperation({ key, from, to }: Described, _first: boolean): string {
  if (to === '') return `Take ${key} out`
  const short = to.length <= 40 && !to.includes('\n')
  if (from === undefined) return short ? `Add ${key}: ${to}` : `Add ${key}`
  return short ? `Set ${key} to ${to}` : `Change ${key}`
}

/** That no key was found, and how far that goes. */
export function tellMiss(
  { exhausted, renders }: { readonly exhausted: boolean; readonly renders: number },
  place: FoundPlace | null,
): string {
  const where = place === null ? '' : place.line === null ? `: see ${place.file}` : `: ${place.file}, line ${place.line}`
  if (exhausted || place?.isFixed === true) return `No values key drives this field${where}.`
  return `No values key was found within ${renders} renders${where}.`
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
  const [shown, more] = [names.slice(0, 3), names.length - 3]
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}
