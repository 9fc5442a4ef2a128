import type { Decision, Finding, KeepChoice, RevertChoice, TargetReport, WholeRevert } from '../model.ts'
import { describeEffects, endSentence } from './decision-words.ts'
import { formatApprovals, formatDecisionTitle, writeSentence } from './markdown-advice.ts'
import { fold } from './markdown-parts.ts'
import { escapeMarkdown, toCode, toCopyFence } from './sanitize.ts'
import { formatFact, formatNamedFact, shorten } from './values.ts'

/** Both ways in Markdown, ready to be copied, for a job summary and an issue. Whatever it takes is hostile; what it gives is safe. */

/** Of more findings than this, the ways are folded: the page would be nothing but commands. */
const MOST_OPEN = 3
/** Characters of a command or a patch that stand open; longer ones are folded. */
const LONGEST_OPEN = 400
/** What a text is kept from holding as a whole, see `joinIssueText`: altered, it would be another command. */
const ACTIVE = /^\s*::|##\[|<!--|^\s*\/drift/im
/** Longer ones are only in the JSON report. */
const LONGEST_CODE = 6000

export type WayOptions = {
  /** Whether diffs are shown. */
  readonly patches: boolean
}

/** For each finding how to keep it and how to revert it, then what concerns all of them. */
export function formatWays(target: TargetReport, decision: Decision, options: WayOptions): readonly string[] {
  const drift = target.findings.filter((finding) => finding.drift)
  const isOpen = drift.length <= MOST_OPEN
  const objects = new Set(drift.map(({ object }) => object))
  const name = (finding: Finding) => (objects.size > 1 ? formatNamedFact(finding, target.namespace) : formatFact(finding, '→'))
  return [
    formatDecisionTitle('next'),
    ...formatApprovals(decision.advice),
    ...drift.flatMap((finding) => {
      const blocks = formatWaysOf(finding, isOpen, options)
      return blocks.length === 0 ? [] : [`**${escapeMarkdown(shorten(name(finding), 100))}**`, ...blocks]
    }),
    ...formatWhole(target, decision, options),
  ]
}

function formatWaysOf({ choices }: Finding, isOpen: boolean, options: WayOptions): readonly string[] {
  if (choices === undefined) return []
  return [...formatKeep(choices.keep, isOpen, options), ...formatRevert(choices.revert, isOpen)]
}

function formatKeep({ summary, edit, patch, place }: KeepChoice, isOpen: boolean, { patches }: WayOptions): readonly string[] {
  const from = edit?.from === undefined ? '' : ` (now ${toCode(shorten(edit.from, 60), true)})`
  const inFull =
    edit === undefined ? '' : ` ${toCode(edit.file, true)}: set ${toCode(edit.key, true)} to ${toCode(shorten(edit.to, 200), true)}${from}.`
  const where =
    place === undefined || patch !== undefined ? '' : ` ${toCode(`${place.file}${place.line === null ? '' : `:${place.line}`}`, true)}`
  const code = patches && patch !== undefined ? formatCode(patch, 'diff', isOpen, 'The patch, for git apply') : []
  // A patch that is shown says what the edit would say again.
  return [
    `**Keep:** ${writeSentence(endSentence(summary))}${code.length > 0 || says(summary, edit) ? '' : inFull}${says(summary, place) ? '' : where}`,
    ...code,
  ]
}

/** Whether a sentence names the file already. */
function says(summary: string, named: { readonly file: string } | undefined): boolean {
  return named !== undefined && summary.includes(named.file)
}

function formatRevert(revert: RevertChoice, isOpen: boolean): readonly string[] {
  const { summary, command, release } = revert
  const effects = describeEffects(revert).map(writeSentence).join(' ')
  return [
    `**Revert:** ${writeSentence(endSentence(summary))}${effects === '' ? '' : ` ${effects}`}`,
    ...(command === undefined ? [] : formatCode(command, 'sh', isOpen, 'The command')),
    ...(release === undefined ? [] : formatRelease(release)),
  ]
}

/** The entry of the tool that wrote the field outlives the revert, and may block a later deploy. */
function formatRelease({ command, reason }: NonNullable<RevertChoice['release']>): readonly string[] {
  return fold('Afterwards, so that no later deploy fails on it: release the field', [
    writeSentence(endSentence(reason)),
    ...showCode(command, 'sh'),
  ])
}

function formatWhole({ findings }: TargetReport, { ways }: Decision, { patches }: WayOptions): readonly string[] {
  const { keep, revert } = ways
  const known = new Map(findings.map((one) => [one.id, one]))
  const leaves = keep.leaves.map(({ finding, why }) => {
    const left = known.get(finding)
    return `- ${left === undefined ? '' : `${writeSentence(formatFact(left, '→'))}: `}${writeSentence(why)}`
  })
  // For one finding its own patch says the same.
  const patch = patches && keep.patch !== null && keep.covers.length > 1 ? showCode(keep.patch, 'diff') : []
  const kept =
    patch.length === 0
      ? []
      : fold(
          `Keep all that can be kept: ${shorten(keep.summary, 200)}`,
          [...patch, leaves.join('\n')].filter((block) => block !== ''),
        )
  return [...kept, ...revert.whole.flatMap(formatWholeRevert)]
}

function formatWholeRevert({ tool, command, effect, approval }: WholeRevert): readonly string[] {
  return fold(`Revert the whole release with ${tool}: ${shorten(effect, 300)}`, [
    ...(approval === '' ? [] : [writeSentence(endSentence(approval))]),
    ...showCode(command, 'sh'),
  ])
}

/** Code that stands open while it is short, and folded otherwise. */
function formatCode(code: string, info: string, isOpen: boolean, title: string): readonly string[] {
  const shown = showCode(code, info)
  return isOpen && code.length <= LONGEST_OPEN ? shown : fold(title, shown)
}

function showCode(code: string, info: string): readonly string[] {
  const why = code.length > LONGEST_CODE ? `Too long to be shown here (${code.length.toLocaleString('en')} characters)` : null
  const fence = why === null ? toCopyFence(code, info) : ''
  if (why === null && fence.includes(code.trimEnd()) && !ACTIVE.test(code)) return [fence]
  return [`${why ?? 'Not shown here, since it holds characters that would have to be altered'}: it is in ${toCode('report.json')}.`]
}
