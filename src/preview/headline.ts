import { capitalise } from '../capitalise.ts'
import { count } from '../count.ts'
import type { PreviewChange, Prospect } from '../model.ts'

/** Those that matter most first. */
export const PROSPECTS: readonly Prospect[] = ['fails', 'undoes', 'deletes', 'unknown', 'codifies', 'leaves', 'creates', 'changes', 'no-op']

/** How often each prospect occurs. */
export function countProspects(changes: readonly PreviewChange[]): { readonly [prospect in Prospect]: number } {
  const counts = Object.fromEntries(PROSPECTS.map((prospect) => [prospect, 0])) as { [prospect in Prospect]: number }
  for (const { prospect } of changes) counts[prospect]++
  return counts
}

/** Those that matter most first: by prospect, then contested ones, then in the order of the chart. */
export function sortChanges(changes: readonly PreviewChange[]): readonly PreviewChange[] {
  const rank = ({ prospect, contested }: PreviewChange) => PROSPECTS.indexOf(prospect) * 2 + (contested ? 0 : 1)
  return changes.toSorted((a, b) => rank(a) - rank(b))
}

export type Gone = { readonly lost: number; readonly isRemoved: boolean }

/**
 * The one sentence that a reviewer needs.
 *
 * @param changes sorted
 * @param against what the head was compared with
 * @param gone how many changes made by hand are lost with objects that go, and whether the whole chart goes
 */
export function writeHeadline(changes: readonly PreviewChange[], against: 'cluster' | 'base', gone: Gone): string {
  const seen = changes.filter(({ folded }) => folded === undefined)
  const own = seen.filter(({ ours }) => ours)
  if (against === 'base') return own.length === 0 ? 'Changes nothing that is rendered.' : `${sum(own)}, compared with the base alone.`
  const of = (prospect: Prospect) => seen.filter((change) => change.prospect === prospect)
  const [fails, undoes, unknown, codifies] = [of('fails'), of('undoes'), of('unknown'), of('codifies')]
  // What is contested is told as that.
  const leaves = of('leaves').filter((change) => !change.contested)
  const contested = seen.filter((change) => change.contested)
  const stays =
    leaves.length === 0 ? '' : `, and leaves ${count(leaves.length, 'difference')} as ${leaves.length === 1 ? 'it is' : 'they are'}`
  if (fails.length > 0) {
    const more = undoes.length === 0 ? '' : `, and would undo ${byHand(undoes.length)}`
    return `Deploying this will fail on ${place(fails)}${more}${stays}.`
  }
  if (contested.length > 0) {
    const others = undoes.filter((change) => !change.contested)
    const more = others.length === 0 ? '' : ` and undoes ${count(others.length, 'other')}`
    return `This contradicts ${byHand(contested.length)} at ${place(contested)}${more}${stays}.`
  }
  if (undoes.length > 0) return `Deploying this undoes ${byHand(undoes.length)}: ${place(undoes)}${stays}.`
  if (gone.isRemoved && own.some(({ prospect }) => prospect === 'deletes')) {
    return `The chart is removed: whether that deletes ${deleted(of('deletes').length, gone)}${gone.lost > 0 ? ',' : ''} is for the pipeline to say.`
  }
  if (gone.lost > 0) return `Deploying this deletes ${deleted(of('deletes').length, gone)}${stays}.`
  if (unknown.length > 0) return `What happens to ${count(unknown.length, 'place')} is not known: ${place(unknown)}.`
  if (codifies.length > 0) {
    const rest = own.filter(({ prospect }) => prospect !== 'codifies' && prospect !== 'no-op')
    const also = rest.length === 0 ? '' : `; beside that, it ${lowerFirst(sum(rest))}`
    return `This codifies ${byHand(codifies.length)}: ${place(codifies)}${stays}${also}.`
  }
  if (leaves.length > 0)
    return `${own.length === leaves.length && leaves.every(({ ours }) => ours) ? 'The deploy does not carry this out' : `${sum(own)}${stays}`}: ${place(leaves)}.`
  if (own.some(({ prospect }) => prospect !== 'no-op')) return `${sum(own)} as intended; nothing that was done by hand is in its way.`
  return own.length > 0 ? 'The cluster is like this already.' : 'Nothing here changes what runs.'
}

function byHand(number: number): string {
  return count(number, 'out-of-band change')
}

function deleted(number: number, { lost }: Gone): string {
  const more = lost === 0 ? '' : `, and ${byHand(lost)} with ${number === 1 ? 'it' : 'them'}`
  return `${count(number, 'object')}${more}`
}

/** Where the first is, and how many more there are. */
function place(changes: readonly PreviewChange[]): string {
  const names = [
    ...new Set(changes.map(({ object, path }) => `${path.length === 0 ? '' : `${nameShortly(path)} of `}${object.kind}/${object.name}`)),
  ]
  const more = names.length - 2
  return `${names.slice(0, 2).join(' and ')}${more > 0 ? ` and ${count(more, 'more place')}` : ''}`
}

/** Shorter than `nameEnd` of the report: the object's name follows. */
function nameShortly(path: PreviewChange['path']): string {
  const last = path.at(-1)
  if (last === undefined) return ''
  if ('field' in last) return last.field
  if ('key' in last) return Object.values(last.key).map(String).join('/')
  return 'value' in last ? String(last.value) : `[${last.index}]`
}

/** `Changes 3 places and creates 1 object`. */
function sum(changes: readonly PreviewChange[]): string {
  const number = (prospect: Prospect) => changes.filter((change) => change.prospect === prospect).length
  const parts = [
    ...(number('changes') > 0 ? [`changes ${count(number('changes'), 'place')}`] : []),
    ...(number('creates') > 0 ? [`creates ${count(number('creates'), 'object')}`] : []),
    ...(number('deletes') > 0 ? [`deletes ${count(number('deletes'), 'object')}`] : []),
  ]
  const text = parts.length === 0 ? 'changes nothing that runs' : parts.join(' and ')
  return capitalise(text)
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
