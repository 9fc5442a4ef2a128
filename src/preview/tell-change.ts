import { capitalise } from '../capitalise.ts'
import type { Json, Prospect } from '../model.ts'
import { nameOf } from '../refs.ts'
import { nameWriter } from '../report/describe-finding.ts'
import { formatValueAt, nameEnd, shorten } from '../report/values.ts'
import type { PlacedChange } from './model.ts'

/** A change with nothing secret left in it, ready to be put into words. */
export type Tellable = Omit<PlacedChange, 'confidence' | 'conflict' | 'lost'>

/** Beyond this a value is not read in a sentence; the views have it whole. */
const LONGEST_VALUE = 80

/** What happens at one place, and why: a sentence or two. */
export function tellChange(change: Tellable): string {
  const what = change.path.length === 0 ? tellObject(change) : change.contested ? tellContest(change) : tellField(change)
  // What happens as the pull request intends needs no reason.
  const why = AS_INTENDED.has(change.prospect) && change.because === null ? '' : (change.because ?? change.will?.fate?.reason ?? '')
  return [what, why].flatMap((text) => (text === '' ? [] : [`${capitalise(text)}.`])).join(' ')
}

const AS_INTENDED: ReadonlySet<Prospect> = new Set(['changes', 'creates', 'deletes', 'codifies', 'no-op'])

function tellField(change: Tellable): string {
  const { prospect, ours } = change
  switch (prospect) {
    case 'fails':
      return `the deploy fails here: ${ours ? `this pull request ${tellIntent(change)}` : `${tellHand(change)}, and the chart declares ${change.head === undefined ? 'none' : value(change, change.head)}`}`
    case 'undoes':
      return `undoes ${byHand(change)}: ${tellHand(change)}, and the deploy ${tellEnd(change)}`
    case 'leaves':
      return ours ? `the deploy does not carry this out: ${tellMove(change)}` : `leaves ${byHand(change)}: ${tellHand(change)}`
    case 'codifies':
      return `codifies ${byHand(change)}: ${tellHand(change)}`
    case 'no-op':
      return `the cluster has it already: ${tellMove({ ...change, live: change.base })}`
    case 'unknown':
      return `what becomes of ${byHand(change)} is not known: ${tellHand(change)}`
    default:
      return ours ? tellMove(change) : `${tellMove(change)}, which Git said before this pull request`
  }
}

/** Base, cluster and pull request say three things. */
function tellContest(change: Tellable): string {
  const { prospect, head } = change
  const intent = head === undefined ? 'takes it out' : `says ${nameWith(change, head)}`
  const both = `conflict of intent: ${tellHand(change)}, and this pull request ${intent}`
  if (prospect === 'undoes') return `${both}, which the deploy ${head === undefined ? 'does' : 'sets'}`
  if (prospect === 'fails') return `${both}, on which the deploy fails`
  return prospect === 'leaves'
    ? `${both}, which the deploy does not carry out`
    : `${both}; which of them stands after a deploy is not known`
}

function tellObject(change: Tellable): string {
  const { prospect, object, ours, was } = change
  const title = nameOf(object)
  switch (prospect) {
    case 'fails':
      return `the deploy fails at ${title}`
    case 'undoes':
      return `undoes ${byHand(change)}: ${tellAbsence(change)}, and the deploy makes it again`
    case 'leaves':
      return ours ? `${title} stays in the cluster` : `leaves ${title}, which is not in Git`
    case 'codifies':
      return `codifies ${byHand(change)}: ${was?.change === 'missing-object' ? tellAbsence(change) : `somebody made ${title}`}`
    case 'no-op':
      return `${title} is gone already`
    case 'creates':
      return ours ? `creates ${title}` : `creates ${title}, which Git had before this pull request and the cluster lacks`
    case 'deletes':
      return ours ? `deletes ${title}` : `deletes ${title}, which Git dropped before this pull request`
    case 'changes':
      return `changes ${title}`
    default:
      return `what becomes of ${title} is not known`
  }
}

/** Nobody knows of an object that is not there whether it ever was, unless there is a record. */
function tellAbsence({ was, will, object }: Tellable): string {
  return (was ?? will)?.cause === 'unknown' ? `the cluster has no ${nameOf(object)}` : `somebody deleted ${nameOf(object)}`
}

/** Where nobody is recorded, it may also have been something else. */
function byHand({ was, will }: Tellable): string {
  return (was ?? will)?.cause === 'unknown' ? 'a change made beside Git' : 'a change made by hand'
}

/** `kubectl (scale) set replicas to 5`. */
function tellHand(change: Tellable): string {
  const { was, will, base, live } = change
  const evidence = (was ?? will)?.evidence
  const writer = evidence === undefined || evidence.manager === null ? 'somebody' : nameWriter(evidence)
  if (live === undefined) return `${writer} removed ${name(change)}`
  return base === undefined ? `${writer} added ${nameWith(change, live)}` : `${writer} set ${name(change)} to ${value(change, live)}`
}

/** What a deploy that goes through makes of the place. */
function tellEnd(change: Tellable): string {
  return change.head === undefined ? 'takes it out' : `sets ${value(change, change.head)}`
}

/** `says replicas 3 -> 5`, `adds env DEBUG=true`. */
function tellIntent(change: Tellable): string {
  const move = tellMove(change)
  return change.head === undefined || change.live === undefined
    ? move
    : move.endsWith(' changes')
      ? `changes ${name(change)}`
      : `says ${move}`
}

/** `image shop:1.4 -> shop:1.5`, `adds env DEBUG=true`, `removes replicas`. */
function tellMove(change: Tellable): string {
  const { live, head } = change
  if (head === undefined) return `removes ${isValueAlone(change) ? 'the value of ' : ''}${name(change)}`
  if (live === undefined) return `adds ${nameWith(change, head)}`
  const [from, to] = [value(change, live), value(change, head)]
  return from === to ? `${name(change)} changes` : `${name(change)} ${from} -> ${to}`
}

/** The variable itself stays: it has another source. */
function isValueAlone({ path }: Tellable): boolean {
  const last = path.at(-1)
  return last !== undefined && 'field' in last && last.field === 'value' && path.length > 1
}

/** `env DEBUG=true`, `replicas 5`, and the name alone of what is more than a value. */
function nameWith(change: Tellable, of: Json): string {
  const [title, text] = [name(change), value(change, of)]
  if (title.startsWith('env ') && text.startsWith(`${title.slice('env '.length)}=`)) return `env ${text}`
  return of !== null && typeof of === 'object' ? title : `${title} ${text}`
}

function name({ path }: Tellable): string {
  return nameEnd(path)
}

function value({ path }: Tellable, of: Json): string {
  return shorten(formatValueAt(path, of), LONGEST_VALUE)
}
