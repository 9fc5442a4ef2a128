import { count } from '../../count.ts'
import type { TargetReport } from '../../model.ts'
import { isPreviewed } from '../preview/arrange.ts'
import { shortenIds } from '../short-ids.ts'
import { writeActs } from './acts.ts'
import { writeAdvice } from './advice.ts'
import { writeCircumstances } from './circumstances.ts'
import { writeDrift, writeDriftList, writeOthers } from './drift.ts'
import { writeGap } from './gap.ts'
import { writeHead } from './head.ts'
import { type Html, html } from './markup.ts'
import { heading } from './parts.ts'
import { writeDecisions, writeIntended, writeObjects, writeOutlooks, writePreviewHead } from './preview.ts'
import { writeReleaseWays } from './release-ways.ts'
import { writeError, writeNotes, writeScope, writeUnread } from './rest.ts'
import { writeTimeline } from './timeline.ts'

/** `full` has all there is; `plain` leaves out the YAML, `list` tells each change in one line, `counts` only the verdict. */
export type Form = 'full' | 'plain' | 'list' | 'counts'

type Section = { readonly id: string; readonly title: string; readonly content: Html | null }

const MOST_LISTED = 1000
/** A page of fewer sections needs no list of them. */
const FEWEST_CONTENTS = 4

/** `level` of its own heading; `anchor` begins the ids of its parts; `yamlRoom` in UTF-16 units, for the objects' YAML. */
export type TargetOptions = {
  readonly now: string
  readonly form: Form
  readonly level: number
  readonly anchor: string
  readonly yamlRoom: number
}

/**
 * Everything about one target, in the order in which a person on call needs it.
 */
export function writeTarget(target: TargetReport, { now, form, level, anchor, yamlRoom }: TargetOptions): Html {
  const sections =
    form === 'counts'
      ? []
      : listSections(target, { now, form, level: level + 2, anchor, yamlRoom }).filter(({ content }) => content !== null)
  const parts = sections.map(
    ({ id, title, content }) => html`<section>${heading(level + 1, title, id)}
${content}</section>`,
  )
  const head =
    isPreviewed(target) && target.error === null ? writePreviewHead(target, now, level, anchor) : writeHead(target, now, level, anchor)
  return html`<section class="target" aria-labelledby="${anchor}">${head}
${sections.length >= FEWEST_CONTENTS && writeContents(sections, target)}
${parts}</section>`
}

/** @param level of the headings within a section */
function listSections(target: TargetReport, { now, form, level, anchor, yamlRoom }: TargetOptions): readonly Section[] {
  const options = { now, ids: shortenIds(target.findings.map(({ id }) => id)), level, anchor, yamlRoom: form === 'full' ? yamlRoom : 0 }
  const { unread, counts } = target
  const list = (id: string, title: string, content: Html | null): Section => ({ id: `${anchor}-${id}`, title, content })
  const isList = form === 'list'
  if (isPreviewed(target) && target.error === null) {
    return [
      list('objects', 'Object by object', writeObjects(target)),
      list('decisions', 'What to decide about', writeDecisions(target, level, isList ? 0 : undefined)),
      list('unread', `Could not be read: ${unread.length} of ${count(counts.objects, 'object')}`, writeUnread(target)),
      ...(isList
        ? []
        : [
            list('outlook', 'Now and afterwards', writeOutlooks(target, options.yamlRoom)),
            list('intended', 'The rest', writeIntended(target)),
            list('drift', 'What has drifted by now, without the pull request', writeDrift(target, options)),
            list('notes', 'Worth knowing', writeNotes(target)),
          ]),
      list('scope', 'How this was checked', writeScope(target, now)),
    ]
  }
  const brief = [list('drift', 'What drifted', isList ? writeDriftList(target, MOST_LISTED) : writeDrift(target, options))]
  const unseen = list('unread', `Could not be read: ${unread.length} of ${count(counts.objects, 'object')}`, writeUnread(target))
  const more = () => [
    list('who', 'Who it was', writeActs(target, now, level)),
    list('health', 'How it stands', writeCircumstances(target, now, level)),
    list('release', 'The whole release', writeReleaseWays(target, level)),
    list('gap', 'So that it does not happen again', writeGap(target)),
    list('others', 'What else differs', writeOthers(target, options)),
    list('notes', 'Worth knowing', writeNotes(target)),
  ]
  return [
    list('error', 'What went wrong', writeError(target)),
    list('advice', 'What to do next', writeAdvice(target, level)),
    list('when', 'When it happened', target.verdict === 'drifted' ? writeTimeline(target, now) : null),
    ...brief,
    unseen,
    ...(isList ? [] : more()),
    list('scope', 'How this was checked', writeScope(target, now)),
  ]
}

function writeContents(sections: readonly Section[], { name }: TargetReport): Html {
  const items = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)
  return html`<nav aria-label="Sections about ${name.slice(0, 60)}"><ul class="contents">${items}</ul></nav>`
}
