import { count } from '../count.ts'
import type { TargetReport } from '../model.ts'
import { toTitleText } from './sanitize.ts'
import { formatTitle } from './title.ts'
import { shorten } from './values.ts'

/** GitHub refuses a longer title. UTF-16 units. */
export const TITLE_CHARS = 256
/** Of them, what a target's name may take, so that facts are left. */
const NAME_CHARS = 100

/**
 * The title of a target's issue: `grokdevops: replicas 3 -> 5, +env DEBUG (Deployment/grokdevops)`. Plain text that
 * mentions nobody and links nothing.
 *
 * Once a drift has lasted, the title tells what has lasted: what is new and may pass would change the title twice, and
 * GitHub shows each change of a title in the issue.
 *
 * @returns at most 256 UTF-16 units
 */
export function formatIssueTitle(target: TargetReport): string {
  const named = { ...target, name: shortenForTitle(target.name, NAME_CHARS) }
  const drift = target.findings.filter((finding) => finding.drift)
  const accepted = target.findings.filter((finding) => finding.acceptance !== undefined).length
  if (drift.length === 0 && accepted > 0 && target.verdict !== 'error')
    return toTitleText(`${named.name}: ${describeAccepted(target, accepted)}`)
  const lasting = drift.filter((finding) => finding.lasting === true)
  return fitTitle({ ...named, findings: lasting.length > 0 ? lasting : drift })
}

/** A text cut so that `toTitleText` makes no more than `most` UTF-16 units of it. It is still as hostile as it was. */
export function shortenForTitle(text: string, most: number): string {
  for (let length = most; length > 0; length = Math.floor(length * 0.8)) {
    const short = shorten(text, length)
    if (toTitleText(short).length <= most) return short
  }
  return ''
}

function describeAccepted(target: TargetReport, accepted: number): string {
  const unread = target.complete ? '' : `, ${target.counts.unread} of ${count(target.counts.objects, 'object')} not read`
  return `${count(accepted, 'accepted difference')}${unread}`
}

/** Making a text harmless makes it longer, so that fewer facts may fit than were taken. */
function fitTitle(target: TargetReport): string {
  for (let most = TITLE_CHARS; most > NAME_CHARS; most -= 12) {
    const safe = toTitleText(formatTitle(target, '->', most))
    if (safe.length <= TITLE_CHARS) return safe
  }
  return toTitleText(`${target.name}: ${count(target.findings.length, 'difference')}`)
}
