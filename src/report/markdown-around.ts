import type { Act, Circumstances, Decision, Fact, TargetReport } from '../model.ts'
import {
  DECISION_TITLES,
  describeAbsence,
  describeActFindings,
  describeActTime,
  describeFactTime,
  describeHealth,
  describeWitness,
  describeWriter,
  endSentence,
  UNKNOWN_PERSON,
} from './decision-words.ts'
import { toLink } from './links.ts'
import { formatDecisionTitle, listSentences, writeSentence } from './markdown-advice.ts'
import { fold } from './markdown-parts.ts'
import { escapeMarkdown, toCopyFence } from './sanitize.ts'
import { shorten } from './values.ts'

/** Acts, circumstances and the process gap in Markdown, for a job summary and an issue. What it takes is hostile, what it gives is safe. */

const MOST_ACTS = 20
const MOST_PEOPLE = 5
const MOST_FACTS = 20
const MOST_WRITERS = 20
/** Characters of a query or a piece of YAML. */
const LONGEST_CODE = 8000

export type AroundOptions = {
  /** Leaves out what changes from run to run while nothing happens. */
  readonly steadyOnly: boolean
  /** Queries for the audit log. */
  readonly queries: boolean
  /** The RBAC change and the policy. */
  readonly yaml: boolean
}

/** What was done, with which tool, when and by whom, and how to find out where that is not known. */
export function formatActs(target: TargetReport, { acts }: Decision, { queries }: AroundOptions): readonly string[] {
  if (acts.length === 0) return []
  const lines = acts.slice(0, MOST_ACTS).map((act) => formatAct(act, target))
  const more = acts.length > MOST_ACTS ? [`- and ${acts.length - MOST_ACTS} more`] : []
  const asks = queries ? acts.slice(0, MOST_ACTS).flatMap(formatQueries) : []
  return [
    formatDecisionTitle('who'),
    [...lines, ...more].join('\n'),
    ...(acts.every(({ people }) => people.length === 0) ? [`<small>${escapeMarkdown(UNKNOWN_PERSON)}</small>`] : []),
    ...(asks.length === 0 ? [] : fold('How to find out who it was: queries for the audit log', asks)),
  ]
}

function formatAct(act: Act, target: TargetReport): string {
  const { tool, people, caution } = act
  const who = people.slice(0, MOST_PEOPLE).map((one) => `<br>${writeSentence(describeWitness(one))}`)
  const facts = describeActFindings(act, target)
  return [
    `- **${writeSentence(tool)}**, ${writeSentence(describeActTime(act))}${facts === '' ? '' : `: ${writeSentence(facts)}`}`,
    ...who,
    ...(caution === '' ? [] : [`<br><small>${writeSentence(endSentence(caution))}</small>`]),
  ].join('')
}

function formatQueries({ tool, queries }: Act): readonly string[] {
  return queries.flatMap(({ where, text }) =>
    text.length > LONGEST_CODE ? [] : [`${escapeMarkdown(where)}, for ${writeSentence(tool)}:`, toCopyFence(text, '')],
  )
}

/** Health, what was found out, and what could not be. */
export function formatCircumstances(target: TargetReport, { circumstances }: Decision, { steadyOnly }: AroundOptions): readonly string[] {
  const facts = circumstances.facts.filter(({ steady }) => steady || !steadyOnly).slice(0, MOST_FACTS)
  return [
    formatDecisionTitle('around'),
    [`- ${writeSentence(describeHealth(circumstances, target.namespace))}`, ...facts.map(formatFactLine)].join('\n'),
    ...formatAbsences(circumstances.absences),
  ]
}

const LINK_NAMES: Readonly<Partial<Record<Fact['kind'], string>>> = {
  'workflow-run': 'run',
  deployment: 'deployment',
  'pull-request': 'pull request',
}

function formatFactLine(fact: Fact): string {
  const when = describeFactTime(fact)
  const name = LINK_NAMES[fact.kind] ?? 'page'
  const link = fact.url === undefined ? '' : toLink(name, fact.url, 'fact')
  const details = [when === '' ? '' : writeSentence(when), link.startsWith('[') ? link : ''].filter((part) => part !== '').join(', ')
  return `- ${writeSentence(endSentence(fact.text))}${details === '' ? '' : ` <small>${details}</small>`}`
}

function formatAbsences(absences: Circumstances['absences']): readonly string[] {
  const names = [...new Set(absences.map(({ source }) => source))]
  return absences.length === 0 ? [] : fold(`Not looked at: ${shorten(names.join(', '), 120)}`, listSentences(absences.map(describeAbsence)))
}

/** Who could have done it and what would have stopped it, folded. */
export function formatGap({ gap }: Decision, { yaml }: AroundOptions): readonly string[] {
  if (gap === null) return []
  const writers = gap.writers.slice(0, MOST_WRITERS).map((writer) => `- ${writeSentence(describeWriter(writer))}`)
  const more = gap.writers.length > MOST_WRITERS ? [`- and ${gap.writers.length - MOST_WRITERS} more`] : []
  const pieces = [
    ['The least change of rights that would have stopped it:', gap.rbac],
    ['An admission policy that would have stopped it:', gap.policy],
  ] as const
  return fold(`${DECISION_TITLES.prevent}: ${shorten(gap.summary, 300)}`, [
    ...(writers.length === 0 ? [] : ['Who may change it now:', [...writers, ...more].join('\n')]),
    ...(yaml
      ? pieces.flatMap(([title, text]) => (text === null || text.length > LONGEST_CODE ? [] : [title, toCopyFence(text, 'yaml')]))
      : []),
    ...(yaml
      ? gap.steps.flatMap(({ text, command }, at) => [
          `${at + 1}\\. ${writeSentence(endSentence(text))}`,
          ...(command === undefined ? [] : [toCopyFence(command, 'sh')]),
        ])
      : []),
    ...formatAbsences(gap.absences),
  ])
}
