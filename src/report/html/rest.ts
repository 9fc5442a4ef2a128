import { count } from '../../count.ts'
import type { Note, ObjectRef, TargetReport } from '../../model.ts'
import { nameObject } from '../describe-finding.ts'
import { describeScope } from '../describe-scope.ts'
import { groupSetAside, groupUnread, identifyObject } from '../groups.ts'
import { shorten } from '../values.ts'
import { type Html, html } from './markup.ts'
import { bullets, facts, fold, name, paragraph, prose, remedy } from './parts.ts'

const MOST_NAMES = 50
const MOST_NOTES = 200

/** What could not be read, why, and what to do about it. */
export function writeUnread(target: TargetReport): Html | null {
  if (target.unread.length === 0) return null
  return html`${groupUnread(target.unread).map(
    ({ objects, reason, detail, remedy: what }) => html`<div class="unread"><p><b>${listNames(objects, target)}</b>: ${prose(reason)}.</p>
${paragraph(detail, 'small')}${remedy(what)}</div>`,
  )}`
}

/** Why a target could not be checked, and what to do about it. */
export function writeError({ error }: TargetReport): Html | null {
  if (error === null) return null
  return html`<p>${error.where !== null && html`${name(error.where)}: `}${prose(error.message, 4000)}</p>
${remedy(error.remedy)}`
}

/** What a reader should know beside. */
export function writeNotes(target: TargetReport): Html | null {
  if (target.notes.length === 0) return null
  const notes = target.notes.slice(0, MOST_NOTES).map((note) => html`${writePlace(note, target)}${prose(note.message)}`)
  const left = target.notes.length - notes.length
  return html`${bullets(notes)}${left > 0 && html`<p class="small">And ${count(left, 'more note')}; report.json has all.</p>`}`
}

function writePlace({ object, path }: Note, target: TargetReport): Html | null {
  if (object === undefined) return null
  return html`${nameObject(object, target.namespace)}${path !== undefined && html` ${name(path)}`}: `
}

/** How much was compared, what was set aside, and with which requests. */
export function writeScope(target: TargetReport, now: string): Html | null {
  if (target.error !== null) return null
  const { counts } = target
  const rows = [
    ...describeScope(target, now).map(([label, text]): readonly [string, Html] => [label, prose(text)]),
    ...groupSetAside(target.setAside).map(({ reason, objects }): readonly [string, Html] => [
      'set aside',
      html`${listNames(objects, target)}: ${prose(reason)}`,
    ]),
  ]
  const summary = `${counts.compared} of ${count(counts.objects, 'object')} compared, ${counts.setAside} set aside`
  return fold(summary, facts(rows))
}

/** Objects by name, each once. */
function listNames(objects: readonly ObjectRef[], target: TargetReport): string {
  const unique = [...new Map(objects.map((object) => [identifyObject(object), object])).values()]
  const names = unique.slice(0, MOST_NAMES).map((object) => shorten(nameObject(object, target.namespace), 200))
  return `${names.join(', ')}${unique.length > MOST_NAMES ? ` and ${unique.length - MOST_NAMES} more` : ''}`
}
