import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { describeCause, describeSilence, nameObject, nameWriter } from './describe-finding.ts'
import { describeTime } from './describe-time.ts'
import { groupByObject } from './groups.ts'
import type { Pen } from './layout.ts'
import { formatTold } from './terminal-told.ts'
import { formatTextChange } from './text-change.ts'
import { formatSide, shorten } from './values.ts'

/** Characters of one value; the YAML difference has the rest. */
const LONGEST_VALUE = 400

/** One block of lines per object: its name, then each path with both sides, who wrote it and when. */
export function formatFindings(
  findings: readonly Finding[],
  target: TargetReport,
  now: string,
  pen: Pen,
  { indent = 0, details = false }: { readonly indent?: number; readonly details?: boolean } = {},
): readonly (readonly string[])[] {
  return groupByObject(findings).map(({ object, findings: inObject }) => [
    ...pen.wrap(nameObject(object, target.namespace), { indent, tone: 'strong' }),
    ...inObject.flatMap((finding) => formatFinding(finding, now, pen, indent + 2, details)),
  ])
}

function formatFinding(finding: Finding, now: string, pen: Pen, indent: number, details: boolean): readonly string[] {
  const inner = indent + 4
  const path = formatPath(finding.path)
  const silence = describeSilence(finding)
  const tellsWhy = silence === null && (!finding.drift || finding.confidence !== 'certain')
  return [
    ...(path === '' ? [] : pen.wrap(path, { indent, hang: inner })),
    ...formatChange(finding, pen, path === '' ? indent : inner),
    ...formatWriter(finding, now, pen, inner),
    ...(tellsWhy && finding.because !== '' ? pen.wrap(describeCause(finding), { indent: inner, tone: 'faint' }) : []),
    ...(silence === null ? [] : pen.wrap(silence, { indent: inner })),
    ...formatTold(finding, pen, inner, details),
  ]
}

function formatChange(finding: Finding, pen: Pen, indent: number): readonly string[] {
  const { change, desired, live } = finding
  const write = (side: 'desired' | 'live') => shorten(formatSide(finding, side), LONGEST_VALUE)
  if (change === 'missing-object') return pen.wrap('is in Git, but not in the cluster', { indent, tone: 'minus' })
  if (change === 'extra-object') return pen.wrap('is in the cluster, but not in Git', { indent, tone: 'plus' })
  if (change === 'added') return pen.wrap(`added: ${write('live')}`, { indent, hang: indent + 2, tone: 'plus' })
  if (change === 'removed') return pen.wrap(`removed: ${write('desired')}`, { indent, hang: indent + 2, tone: 'minus' })
  const lines = formatTextChange(desired, live)
  if (lines !== null)
    return lines.flatMap((line) =>
      pen.wrap(line, { indent, hang: indent + 4, tone: line.startsWith('-') ? 'minus' : line.startsWith('+') ? 'plus' : 'faint' }),
    )
  const oneLine = pen.line(indent, ['minus', write('desired')], ['faint', ' -> '], ['plus', write('live')])
  if (oneLine !== null) return [oneLine]
  return [
    ...pen.wrap(`Git      ${write('desired')}`, { indent, hang: indent + 9, tone: 'minus' }),
    ...pen.wrap(`cluster  ${write('live')}`, { indent, hang: indent + 9, tone: 'plus' }),
  ]
}

/** Nobody is recorded for what was deleted, nor for whole objects that are gone: no line is better than an empty one. */
function formatWriter({ evidence }: Finding, now: string, pen: Pen, indent: number): readonly string[] {
  if (evidence.manager === null) return []
  const writer = ['plain', `by ${nameWriter(evidence)}`] as const
  const line = pen.line(indent, writer, ['faint', `, ${describeTime(evidence, now)}`])
  return line === null ? pen.wrap(`${writer[1]}, ${describeTime(evidence, now)}`, { indent, hang: indent + 2 }) : [line]
}
