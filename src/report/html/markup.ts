import { showControls } from '../sanitize.ts'

/** HTML that is safe to put into a page as it is. Only this file makes it, so what has not come through here is text. */
export type Html = { readonly markup: string }
/** What a template takes: text is escaped, HTML is put in as it is, `null` and `false` are nothing, lists are joined. */
export type Content = Html | string | number | null | false | readonly Content[]

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }

/**
 * A piece of a page. Whatever is put in is escaped, and has characters that hide or reorder text made visible, which is why it is
 * not one of the libraries that escape templates: they let those through.
 *
 * @throws Error when a value stands in an attribute without quotes, where no escaping would help
 */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  if (parts.some((part, index) => index < values.length && /=\s*$/.test(part))) throw new Error('A value in an attribute needs quotes.')
  return { markup: parts.reduce((text, part, index) => `${text}${part}${index < values.length ? write(values[index] ?? null) : ''}`, '') }
}

/** Text of several lines: line feeds and tabs stay, for `<pre>`. */
export function keepLines(text: string): Html {
  const lines = text.split('\n').map((line) => line.split('\t').map(showControls).join('\t'))
  return { markup: escapeText(lines.join('\n')) }
}

/** `keepLines`, but a flag does not break after its dashes, where a reader would take it for two words. */
export function keepWords(text: string): Html {
  const pieces = text.split(/((?<!\S)--?\w[\w-]{0,24}(?![\w-]))/)
  return {
    markup: pieces.map((piece, index) => (index % 2 === 1 ? `<span>${keepLines(piece).markup}</span>` : keepLines(piece).markup)).join(''),
  }
}

/** Whether `keepLines` shows a text as it is. What it does not, must not be copied from a page: what is seen is what is copied. */
export function isAsShown(text: string): boolean {
  return text.split(/[\n\t]/).every((line) => showControls(line) === line)
}

/** A path, or another long name, as code that breaks before dots and brackets. Copied text is not changed by it. */
export function breakable(text: string): Html {
  return {
    markup: `<code>${text
      .split(/(?<=.)(?=[./[])/su)
      .map(write)
      .join('<wbr>')}</code>`,
  }
}

/** A style or a script of ours; it holds nothing from outside. */
export function trust(markup: string): Html {
  return { markup }
}

function write(value: Content): string {
  if (value === null || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(showControls(String(value)))
  return 'markup' in value ? value.markup : value.map(write).join('')
}

function escapeText(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
}
