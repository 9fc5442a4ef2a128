import type { Decision, ProcessGap, TargetReport } from '../model.ts'
import { count } from './count.ts'
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

/** What helps to decide, for a person at a terminal. Blocks of lines; `details` adds what is long: patches, queries, YAML, steps. */

type Block = readonly string[]
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
    formatActs(target, decision, pen, details),
    formatCircumstances(target, decision, pen, details),
    formatWhole(decision, pen, details),
    decision.gap === null ? [] : formatGap(decision.gap, pen, details),
  ]
}

function formatActs(target: TargetReport, { acts }: Decision, pen: Pen, details: boolean): Block {
  if (acts.length === 0) return []
  const lines = acts
    .slice(0, MOST)
    .flatMap((act) => [
      ...pen.wrap(`${act.tool}, ${describeActTime(act)}: ${describeActFindings(act, target)}`, { indent: 2, hang: 4 }),
      ...act.people.slice(0, MOST).flatMap((one) => pen.wrap(describeWitness(one), { indent: 4, hang: 6, tone: 'strong' })),
      ...(act.caution === '' ? [] : pen.wrap(endSentence(act.caution), { indent: 4, hang: 6, tone: 'faint' })),
      ...(details ? act.queries.flatMap(({ where, text }) => [...pen.wrap(`${where}:`, { indent: 4 }), ...formatText(text, pen, 6)]) : []),
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
  const absences = circumstances.absences.map((absence) => `not looked at: ${describeAbsence(absence)}`)
  return [
    ...pen.wrap(DECISION_TITLES.around, { tone: 'strong' }),
    ...[describeHealth(circumstances, target.namespace), ...facts, ...absences].flatMap((text) =>
      pen.wrap(shorten(text, LONGEST), { indent: 2, hang: 4 }),
    ),
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

function formatGap({ summary, writers, rbac, policy, steps, absences }: ProcessGap, pen: Pen, details: boolean): Block {
  const pieces = [rbac, policy].filter((text) => text !== null)
  const hidden =
    pieces.length + steps.length === 0 || details ? '' : ` There is ${count(pieces.length, 'piece')} of YAML for it in the JSON report.`
  return [
    ...pen.wrap(DECISION_TITLES.prevent, { tone: 'strong' }),
    ...pen.wrap(`${endSentence(shorten(summary, LONGEST))}${hidden}`, { indent: 2, hang: 4 }),
    ...(details
      ? [
          ...writers.flatMap((writer) => pen.wrap(`- ${describeWriter(writer)}`, { indent: 2, hang: 4 })),
          ...pieces.flatMap((text) => formatText(text, pen, 4)),
          ...steps.flatMap(({ text, command }, at) => [
            ...pen.wrap(`${at + 1}. ${endSentence(text)}`, { indent: 2, hang: 5 }),
            ...(command === undefined ? [] : formatCommand(command, pen, 5)),
          ]),
          ...formatList(absences.map(describeAbsence), pen),
        ]
      : []),
  ]
}

function formatList(sentences: readonly string[], pen: Pen): Block {
  return sentences.slice(0, MOST).flatMap((text) => pen.wrap(`- ${endSentence(shorten(text, LONGEST))}`, { indent: 2, hang: 4 }))
}
