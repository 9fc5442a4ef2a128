import { count } from '../../count.ts'
import type { TargetReport } from '../../model.ts'
import { nameObject } from '../describe-finding.ts'
import { countColumns, type Pen, type Tone } from '../layout.ts'
import { shorten } from '../values.ts'
import {
  concernsCluster,
  groupByObject,
  groupDecisions,
  listConcerned,
  listFolded,
  listIntended,
  type PreviewedTarget,
  type PreviewReport,
} from './arrange.ts'
import { describeHeadline } from './forms.ts'
import { formatChange } from './terminal-change.ts'
import {
  BASE_ONLY_REMEDY,
  type DecisionName,
  describeBaseOnly,
  describeCodified,
  describeKinds,
  describeObject,
  NOTHING,
  nameDecision,
  nameFolded,
  nameIntended,
  nameSubject,
  PREVIEW_DOCS,
  UNTOUCHED,
} from './words.ts'

/** A preview for a person at a terminal, or in the log of a workflow. */

type Block = readonly string[]

/** Files, or objects, that are named; the rest is counted. */
const MOST_NAMES = 5
const TONES: Readonly<Record<DecisionName, Tone>> = {
  ...{ fails: 'bad', contested: 'bad', undoes: 'bad', deletes: 'warn', unknown: 'warn', codifies: 'good', leaves: 'strong' },
}

/** The worst first: one line for each target where there are several, and what is not seen. */
export function formatPreviewOverview(report: PreviewReport, pen: Pen): readonly Block[] {
  const { number, fromFork, untouched } = report.pullRequest
  const isBlind = report.targets.some(({ preview }) => preview?.against === 'base')
  const concerned = listConcerned(report)
  const lines =
    report.targets.length === 1
      ? []
      : concerned.flatMap((target) => pen.wrap(`- ${target.name}: ${describeHeadline(target)}`, { indent: 2, hang: 4 }))
  return [
    pen.wrap(nameSubject(number), { tone: 'strong' }),
    concerned.length === 0 ? pen.wrap(NOTHING) : lines,
    isBlind ? pen.wrap(`${describeBaseOnly(fromFork)} ${BASE_ONLY_REMEDY} ${PREVIEW_DOCS}.`, { tone: 'warn' }) : [],
    untouched.length === 0 ? [] : pen.wrap(`${UNTOUCHED} ${untouched.join(', ')}.`),
  ]
}

/** What the pull request will do to one target. */
export function formatPreviewedTarget(target: PreviewedTarget, pen: Pen): readonly Block[] {
  const { preview } = target
  return [
    [...pen.wrap(describeHeadline(target), { tone: toneOf(target) }), ...formatAbout(target, pen)],
    formatObjects(target, pen),
    ...groupDecisions(preview).map(({ name, changes }) => [
      ...pen.wrap(nameDecision(name, changes.length), { tone: TONES[name] }),
      ...changes.flatMap((change) => formatChange(change, target, pen)),
    ]),
    formatIntended(target, pen),
    formatFolded(target, pen),
  ]
}

function toneOf(target: TargetReport): Tone {
  const [worst] = target.preview === undefined ? [] : groupDecisions(target.preview)
  return concernsCluster(target) && worst !== undefined ? TONES[worst.name] : 'strong'
}

function formatAbout({ preview: { kinds, files, issues = [] } }: PreviewedTarget, pen: Pen): Block {
  const what = describeKinds(kinds)
  const where =
    files.length === 0
      ? ''
      : ` (${files.slice(0, MOST_NAMES).join(', ')}${files.length > MOST_NAMES ? ` and ${count(files.length - MOST_NAMES, 'more file')}` : ''})`
  return [
    ...(what === '' && where === '' ? [] : pen.wrap(`The pull request changes ${what === '' ? 'files' : what}${where}.`)),
    ...issues.flatMap(({ number, whole }) => pen.wrap(`Issue ${number}: ${describeCodified(whole)}.`)),
  ]
}

/** A table by object, the words of one under each other where they do not fit. */
function formatObjects({ preview, namespace }: PreviewedTarget, pen: Pen): Block {
  const groups = groupByObject(preview).map(({ object, changes }) => ({
    name: nameObject(object, namespace),
    words: describeObject(changes),
  }))
  const width = Math.min(Math.floor(pen.width / 2), Math.max(0, ...groups.map(({ name }) => countColumns(name))))
  return groups.flatMap(({ name, words }) => {
    const told = words.map((one) => one.words).join(', ')
    const tone: Tone = words.some(({ grave }) => grave) ? 'bad' : 'plain'
    const pad = ' '.repeat(Math.max(0, width - countColumns(name)) + 3)
    const line = pen.line(2, ['plain', `${name}${pad}`], [tone, told])
    return line === null ? pen.wrap(`${name}: ${told}`, { indent: 2, hang: 4 }) : [line]
  })
}

function formatIntended(target: PreviewedTarget, pen: Pen): Block {
  const intended = listIntended(target.preview)
  if (intended.length === 0) return []
  return [
    ...pen.wrap(nameIntended(intended.length), { tone: 'strong' }),
    ...intended.flatMap((change) => formatChange(change, target, pen)),
  ]
}

function formatFolded({ preview, namespace }: PreviewedTarget, pen: Pen): Block {
  const folded = listFolded(preview)
  if (folded.length === 0) return []
  const names = [...new Set(folded.map(({ object }) => nameObject(object, namespace)))]
  const more = names.length > MOST_NAMES ? ` and ${count(names.length - MOST_NAMES, 'more object')}` : ''
  return pen.wrap(shorten(`${nameFolded(folded)} (${names.slice(0, MOST_NAMES).join(', ')}${more})`, 1000))
}
