import { count } from '../../count.ts'
import type { Preview, PreviewChange, PreviewKind, Prospect } from '../../model.ts'
import { PROSPECTS } from '../../preview/headline.ts'

/** What a pull request will do, as all writers say it. Plain text: each writer makes it safe for its own medium. */

/** What a preview is of; a working copy has no number. */
export function nameSubject(number: number | null): string {
  return number === null ? 'Preview of the working copy' : `Preview of pull request ${number}`
}

/** What to decide about, in the order in which it is told: `contested` are two intents for one place. */
export const DECISIONS = ['fails', 'contested', 'undoes', 'deletes', 'unknown', 'codifies', 'leaves'] as const
export type DecisionName = (typeof DECISIONS)[number]

const TITLES: Readonly<Record<DecisionName, (number: number) => string>> = {
  fails: (number) => `The deploy will fail at ${count(number, 'place')}`,
  contested: (number) => `Conflict of intent at ${count(number, 'place')}: the pull request says one thing, an out-of-band change another`,
  undoes: (number) => `Sets back ${count(number, 'out-of-band change')}`,
  deletes: (number) => `Deletes ${count(number, 'object')}`,
  unknown: (number) => `What becomes of ${count(number, 'place')} is not known`,
  codifies: (number) => `Codifies ${count(number, 'out-of-band change')}: Git comes to say what the cluster says`,
  leaves: (number) => `Leaves ${count(number, 'difference')} between Git and the cluster`,
}

/** The title above what is to be decided. */
export function nameDecision(name: DecisionName, number: number): string {
  return TITLES[name](number)
}

/** The title above what goes as intended. */
export function nameIntended(number: number): string {
  return `As intended: ${count(number, 'place')}`
}

const CELLS: Readonly<Record<Prospect, (number: number) => string>> = {
  fails: (number) => `deploy fails at ${count(number, 'place')}`,
  undoes: (number) => `sets back ${count(number, 'out-of-band change')}`,
  deletes: () => 'deleted',
  unknown: (number) => `${count(number, 'place')} not known`,
  codifies: (number) => `codifies ${count(number, 'out-of-band change')}`,
  leaves: (number) => `leaves ${count(number, 'difference')}`,
  creates: () => 'created',
  changes: (number) => `${count(number, 'change')} as intended`,
  'no-op': (number) => `${count(number, 'place')} like that already`,
}
/** Those that a reader must not miss. */
const GRAVE: ReadonlySet<Prospect> = new Set(['fails', 'undoes', 'deletes'])

/** What happens to one object, worst first: the words, and whether they are grave. */
export function describeObject(changes: readonly PreviewChange[]): readonly { readonly words: string; readonly grave: boolean }[] {
  return PROSPECTS.flatMap((prospect) => {
    const those = changes.filter((change) => change.prospect === prospect)
    const contested = those.filter((change) => change.contested).length
    const more =
      contested === 0
        ? ''
        : those.length === 1
          ? ': a conflict of intent'
          : `, of which ${contested} ${contested === 1 ? 'is a conflict' : 'are conflicts'} of intent`
    return those.length === 0 ? [] : [{ words: `${CELLS[prospect](those.length)}${more}`, grave: GRAVE.has(prospect) }]
  })
}

const TOTALS: Readonly<Record<Prospect, string>> = {
  ...{ fails: 'the deploy fails at', undoes: 'sets back', deletes: 'deletes', unknown: 'not known', codifies: 'codifies' },
  ...{ leaves: 'leaves', creates: 'creates', changes: 'as intended', 'no-op': 'like that already' },
}

/** All numbers of a preview in one line: `sets back 1, leaves 1, as intended 4`; empty where there is nothing. */
export function describeCounts({ counts }: Preview): string {
  return PROSPECTS.flatMap((prospect) =>
    counts[prospect] === 0 ? [] : [`${TOTALS[prospect]} ${counts[prospect].toLocaleString('en')}`],
  ).join(', ')
}

const KINDS: Readonly<Record<PreviewKind, string>> = {
  ...{ values: 'values', templates: 'templates', dependencies: 'dependencies', image: 'an image', manifests: 'manifests' },
  ...{ definitions: 'custom resource definitions', 'new chart': 'a new chart', 'removed chart': 'a removed chart' },
}

/** `an image and values`; empty where nothing is known. */
export function describeKinds(kinds: readonly PreviewKind[]): string {
  const words = kinds.map((kind) => KINDS[kind])
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

const FOLDED: Readonly<Record<NonNullable<PreviewChange['folded']>, readonly [one: string, many: string]>> = {
  'version-label': ['version label', 'version labels'],
  checksum: ['checksum', 'checksums'],
  unstable: ['field that is new with every render', 'fields that are new with every render'],
  definition: ['custom resource definition', 'custom resource definitions'],
}

/** The title above what nobody needs to look at on its own: `Also: 12 version labels, 3 checksums`. */
export function nameFolded(folded: readonly PreviewChange[]): string {
  const parts = Object.entries(FOLDED).flatMap(([name, [one, many]]) => {
    const number = folded.filter((change) => change.folded === name).length
    return number === 0 ? [] : [count(number, one, many)]
  })
  return `Also: ${parts.join(', ')}`
}

/** What a reader is told of an open issue whose drift the pull request takes over; without the issue's own name in front. */
export function describeCodified(whole: boolean): string {
  return whole
    ? 'all of its drift is codified here; it will be closed once this is deployed and read clean'
    : 'a part of its drift is codified here; it stays open for the rest'
}

/** Why there is no cluster in it. */
export function describeBaseOnly(fromFork: boolean): string {
  const why = fromFork ? 'A pull request from a fork gets no secrets, so no cluster could be read' : 'No cluster could be read'
  return `${why}: this compares the pull request with its base, and no out-of-band change can be seen.`
}
export const BASE_ONLY_REMEDY = 'The docs say how to preview with the cluster all the same:'
export const PREVIEW_DOCS = 'docs/preview.md'
export const RENDERED_ELSEWHERE =
  "The pull request's own job has rendered it, and what it gave is read here as data only: it is as true as that job."
/** Before the names of such targets. */
export const UNTOUCHED = 'Not looked at, since the pull request touches nothing of theirs:'
export const NOTHING_LEFT = 'Nothing in this pull request concerns the cluster any more.'
export const NOTHING = 'Nothing in this pull request concerns the cluster.'
