import { count } from '../../count.ts'
import type { PreviewChange, TargetReport } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { nameObject } from '../describe-finding.ts'
import { countColumns, type Pen, type Tone } from '../layout.ts'
import { formatTextChange } from '../text-change.ts'
import { shorten } from '../values.ts'
import {
  concernsCluster,
  groupChanges,
  groupDecisions,
  isOwn,
  listConcerned,
  listIntended,
  type PreviewedTarget,
  type PreviewReport,
} from './arrange.ts'
import { describeHeadline } from './forms.ts'
import { tellOrigin, tellSides, tellText } from './tell-sides.ts'
import {
  BASE_ONLY_REMEDY,
  type DecisionName,
  describeBaseOnly,
  describeCodified,
  describeFolded,
  describeKinds,
  describeObject,
  NOTHING,
  nameDecision,
  nameSubject,
  PREVIEW_DOCS,
} from './words.ts'

/** A preview for a person at a terminal, or in the log of a workflow. */

type Block = readonly string[]

/** Characters of one value; the YAML difference has the rest. */
const LONGEST_VALUE = 400
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
    untouched.length === 0 ? [] : pen.wrap(`Left alone, since the pull request touches nothing of theirs: ${untouched.join(', ')}.`),
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
    files.length === 0 ? '' : ` (${files.slice(0, 5).join(', ')}${files.length > 5 ? ` and ${count(files.length - 5, 'more file')}` : ''})`
  return [
    ...(what === '' && where === '' ? [] : pen.wrap(`The pull request changes ${what === '' ? 'files' : what}${where}.`)),
    ...issues.flatMap(({ number, whole }) => pen.wrap(`Issue ${number}: ${describeCodified(whole)}.`)),
  ]
}

/** A table by object, the words of one under each other where they do not fit. */
function formatObjects({ preview, namespace }: PreviewedTarget, pen: Pen): Block {
  const groups = groupChanges(preview.changes.filter(isOwn)).map(({ object, changes }) => ({
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

function formatChange(change: PreviewChange, target: PreviewedTarget, pen: Pen): Block {
  const { conflict, path, object } = change
  const place = path.length === 0 ? '' : ` ${formatPath(path)}`
  const text = tellText(change)
  const origin = tellOrigin(change, target)
  return [
    ...pen.wrap(`${nameObject(object, target.namespace)}${place}`, { indent: 2, hang: 6 }),
    ...(text === '' ? [] : pen.wrap(text, { indent: 6 })),
    ...formatValues(change, target, pen),
    ...(conflict === undefined ? [] : pen.wrap(`It will say: ${conflict}`, { indent: 6, hang: 8, tone: 'faint' })),
    ...(origin === null || origin.writer === null ? [] : pen.wrap(`by ${origin.writer}, ${origin.time}`, { indent: 6, tone: 'faint' })),
    ...(origin === null || origin.decided === null ? [] : pen.wrap(origin.decided, { indent: 6 })),
  ]
}

function formatValues(change: PreviewChange, target: PreviewedTarget, pen: Pen): Block {
  const sides = tellSides(change, target, LONGEST_VALUE)
  if (sides === null) return []
  const lines = formatTextChange(change.live, change.head)
  if (lines !== null) {
    return lines.flatMap((line) =>
      pen.wrap(line, { indent: 6, hang: 10, tone: line.startsWith('-') ? 'minus' : line.startsWith('+') ? 'plus' : 'faint' }),
    )
  }
  const write = (side: string | null) => side ?? 'not set'
  const git = `Git ${sides.before === undefined ? '' : `${write(sides.before)} -> `}${write(sides.git)}`
  return pen.wrap(sides.live === undefined ? git : `${git}, cluster ${write(sides.live)}`, { indent: 6, hang: 8 })
}

function formatIntended(target: PreviewedTarget, pen: Pen): Block {
  const intended = listIntended(target.preview)
  if (intended.length === 0) return []
  return [
    ...pen.wrap(`As intended: ${count(intended.length, 'place')}`, { tone: 'strong' }),
    ...intended.flatMap((change) => formatChange(change, target, pen)),
  ]
}

function formatFolded({ preview, namespace }: PreviewedTarget, pen: Pen): Block {
  const folded = preview.changes.filter((change) => !isOwn(change))
  if (folded.length === 0) return []
  const names = [...new Set(folded.map(({ object }) => nameObject(object, namespace)))]
  const more = names.length > 5 ? ` and ${count(names.length - 5, 'more object')}` : ''
  return pen.wrap(shorten(`Also: ${describeFolded(folded)} (${names.slice(0, 5).join(', ')}${more})`, 1000))
}
