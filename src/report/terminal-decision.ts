import type { Absence, Decision, ProcessGap, TargetReport } from '../model.ts'
import {
  DECISION_TITLES,
  describeAbsence,
  describeActFindings,
  describeActTime,
  describeFactTime,
  describeHealth,
  describeLean,
  describeWitness,
  describeWriter,
  endSentence,
  UNKNOWN_PERSON,
} from './decision-words.ts'
import type { Pen } from './layout.ts'
import { formatCommand, formatText } from './terminal-command.ts'
import { formatWay } from './terminal-told.ts'
import { shorten } from './values.ts'

/** What helps to decide, for a person at a terminal. Blocks of lines; `details` adds what is long. */

type Block = readonly string[]
/** Hundreds of lines to be copied, which would bury what a person came for. */
const ELSEWHERE =
  'Queries for the audit log, a change of RBAC, an admission policy and how to try them are in the report as HTML or Markdown.'
const LONGEST = 600
const MOST = 10

/** The advice with its reasons, in the order in which a person asks. */
export function formatAdvice({ advice }: Decision, pen: Pen): Block {
  return [
    ...pen.wrap(`${describeLean(advice)}: ${endSentence(shorten(advice.headline, LONGEST))}`, { tone: 'strong' }),
    ...(advice.deadline === null ? [] : pen.wrap(endSentence(shorten(advice.deadline, LONGEST)), { tone: 'warn' })),
    ...formatList(advice.reasons, pen),
    ...formatList(
      advice.wouldChange.map((text) => `would change this: ${text}`),
      pen,
    ),
  ]
}

/** What concerns the target as a whole: acts, circumstances, what takes back or keeps everything, and how to prevent it. */
export function formatDecision(target: TargetReport, decision: Decision, pen: Pen, details: boolean): readonly Block[] {
  return [
    formatActs(target, decision, pen),
    formatCircumstances(target, decision, pen, details),
    formatWhole(decision, pen, details),
    decision.gap === null ? [] : formatGap(decision.gap, pen),
  ]
}

function formatActs(target: TargetReport, { acts }: Decision, pen: Pen): Block {
  if (acts.length === 0) return []
  const lines = acts
    .slice(0, MOST)
    .flatMap((act) => [
      ...pen.wrap(`${act.tool}, ${describeActTime(act)}: ${describeActFindings(act, target)}`, { indent: 2, hang: 4 }),
      ...act.people.slice(0, MOST).flatMap((one) => pen.wrap(describeWitness(one), { indent: 4, hang: 6, tone: 'strong' })),
      ...(act.caution === '' ? [] : pen.wrap(endSentence(act.caution), { indent: 4, hang: 6, tone: 'faint' })),
    ])
  const isUnknown = acts.every(({ people }) => people.length === 0)
  return [
    ...pen.wrap(DECISION_TITLES.who, { tone: 'strong' }),
    ...lines,
    ...(acts.length > MOST ? pen.wrap(`and ${acts.length - MOST} more`, { indent: 2 }) : []),
    ...(isUnknown ? pen.wrap(UNKNOWN_PERSON, { indent: 2, tone: 'faint' }) : []),
  ]
}

function formatCircumstances(target: TargetReport, { circumstances }: Decision, pen: Pen, details: boolean): Block {
  const facts = circumstances.facts.slice(0, details ? 100 : MOST).map((fact) => {
    const when = describeFactTime(fact)
    return `${endSentence(fact.text)}${when === '' ? '' : ` (${when})`}${fact.url === undefined ? '' : ` ${fact.url}`}`
  })
  return [
    ...pen.wrap(DECISION_TITLES.around, { tone: 'strong' }),
    ...[describeHealth(circumstances, target.namespace), ...facts].flatMap((text) =>
      pen.wrap(shorten(text, LONGEST), { indent: 2, hang: 4 }),
    ),
    ...circumstances.absences.flatMap((absence) => formatAbsence(absence, pen)),
  ]
}

/** The first line is a sentence, the rest (an RBAC rule) is to be copied and keeps its lines. */
function formatAbsence(absence: Absence, pen: Pen): Block {
  const [sentence = '', ...lines] = describeAbsence(absence).split('\n')
  return [
    ...pen.wrap(`not looked at: ${shorten(sentence, LONGEST)}`, { indent: 2, hang: 4 }),
    ...lines.flatMap((line) => pen.wrap(line, { indent: 6 })),
  ]
}

function formatWhole({ ways, advice }: Decision, pen: Pen, details: boolean): Block {
  const { keep, revert } = ways
  const lines = [
    ...advice.approvals.flatMap((text) => pen.wrap(endSentence(text), { indent: 2, hang: 4 })),
    ...(keep.summary === '' ? [] : formatWay('keep', endSentence(keep.summary), pen, 2)),
    ...(details && keep.patch !== null && keep.covers.length > 1 ? formatText(keep.patch, pen, 10) : []),
    ...(revert.summary === '' ? [] : formatWay('revert', endSentence(revert.summary), pen, 2)),
    ...revert.whole.flatMap(({ tool, command, effect, approval }) => [
      ...formatWay(tool, `${endSentence(effect)} ${endSentence(approval)}`.trim(), pen, 2),
      ...formatCommand(command, pen, 10),
    ]),
  ]
  return lines.length === 0 ? [] : [...pen.wrap(DECISION_TITLES.all, { tone: 'strong' }), ...lines]
}

function formatGap({ summary, writers, absences }: ProcessGap, pen: Pen): Block {
  return [
    ...pen.wrap(DECISION_TITLES.prevent, { tone: 'strong' }),
    ...pen.wrap(endSentence(shorten(summary, LONGEST)), { indent: 2, hang: 4 }),
    ...formatList(
      writers.map((writer) => describeWriter(writer)),
      pen,
    ),
    ...absences.flatMap((absence) => formatAbsence(absence, pen)),
    ...pen.wrap(ELSEWHERE, { indent: 2, hang: 4 }),
  ]
}

function formatList(sentences: readonly string[], pen: Pen): Block {
  return sentences.slice(0, MOST).flatMap((text) => pen.wrap(`- ${endSentence(shorten(text, LONGEST))}`, { indent: 2, hang: 4 }))
}
