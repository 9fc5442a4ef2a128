import { describeAge, formatDay } from '../describe-time.ts'
import { shorten } from '../values.ts'
import { breakable, type Content, type Html, html, isAsShown, keepWords, trust } from './markup.ts'

/** Pieces that all sections are made of. */

/** A heading; the level below the last one stays the last one. */
export function heading(level: number, content: Content, id = ''): Html {
  const tag = trust(`h${Math.min(6, Math.max(1, level))}`)
  return html`<${tag}${id !== '' && html` id="${id}"`}>${content}</${tag}>`
}

/** A sentence from outside, cut where it is longer than anyone would read. What stands between backticks is code. */
export function prose(text: string, most = 1000): Html {
  const pieces = shorten(text, most).split(/`([^`]+)`/)
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`
}

/** A paragraph; nothing for an empty text. */
export function paragraph(text: string, name = 'plain'): Html | null {
  return text === '' ? null : html`<p class="${name}">${prose(text)}</p>`
}

/** A list of sentences; nothing for none. */
export function bullets(items: readonly Content[]): Html | null {
  return items.length === 0 ? null : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** Content that opens on a click, and is open on paper. */
export function fold(summary: Content, content: Content, isOpen = false): Html {
  const open = trust(isOpen ? ' open' : '')
  return html`<details${open}><summary>${summary}</summary><div class="folded">${content}</div></details>`
}

/** Labels with what belongs to them; rows without content are left out. */
export function facts(rows: readonly (readonly [label: string, content: Content])[]): Html | null {
  const given = rows.filter(([, content]) => content !== null && content !== false && content !== '')
  if (given.length === 0) return null
  return html`<dl class="facts">${given.map(([label, content]) => html`<div><dt>${label}</dt><dd>${content}</dd></div>`)}</dl>`
}

/** A time as it is, with the age that it has in this report; a text that is no time comes as it is. */
export function moment(time: string, now: string): Html {
  const age = describeAge(time, now)
  const words = shorten(formatDay(time), 40)
  const at = Number.isNaN(Date.parse(time)) ? html`${words}` : html`<time datetime="${new Date(time).toISOString()}">${words}</time>`
  return age === null ? at : html`${at} <span class="age">(${age})</span>`
}

/** A link to a page of people's own; the text alone where the address is anything but http or https, or names a user. */
export function link(text: Content, url: string | null | undefined): Html {
  const address = URL.parse(url ?? '')
  const isSafe = address !== null && /^https?:$/.test(address.protocol) && address.username === '' && address.password === ''
  return isSafe ? html`<a href="${address.href}" rel="noopener noreferrer">${text}</a>` : html`${text}`
}

/** Something to copy: what it is, a button, and the text, which is copied just as it is seen. */
export function copyable(text: string, what: string, extra: Content = null): Html {
  const isSeen = isAsShown(text)
  const button = isSeen && html`<button type="button" class="copy" aria-label="Copy: ${what}">Copy</button>`
  const warning =
    !isSeen &&
    html`<p class="small">It holds characters that cannot be seen. They are written as escapes here, so do not copy it from this page.</p>`
  return html`<figure class="copyable"><figcaption><span>${what}</span><span class="tools">${extra}${button}</span></figcaption><pre><code>${keepWords(text)}</code></pre>${warning}</figure>`
}

/** A file made from a text, to be saved by a browser without any script. Nothing where it is too long for an address. */
export function download(text: string, file: string): Html | null {
  if (text.length > 200_000) return null
  const name = file.replace(/[^\w.-]+/g, '-').slice(0, 80)
  const address = `data:text/plain;charset=utf-8,${encodeURIComponent(text.toWellFormed())}`
  return html`<a class="tool" download="${name}" href="${address}">Download</a>`
}

/** What to do: the first line of a remedy is a sentence, the rest (a rule, a command) is to be copied. */
export function remedy(text: string, label = 'What to do'): Html | null {
  if (text.trim() === '') return null
  const [sentence = '', ...block] = text.trimEnd().split(/\r?\n/)
  return html`<p>${label}: ${prose(sentence)}</p>${block.length > 0 && copyable(block.join('\n'), 'To be copied')}`
}

/** A name as code, cut where it is too long. */
export function name(text: string, most = 300): Html {
  return breakable(shorten(text, most))
}
