import { redactText } from './redact-text.ts'
import { REDACTED_TEXT } from './secrets.ts'

/** Takes known secrets out of texts that were made from objects: sentences keep the rest, commands are shown whole or not at all. */
export type Scrubber = {
  /** A text for people, with `(redacted)` in place of what is secret. */
  readonly sentence: (text: string) => string
  /** Whether a command, a patch or a piece of YAML holds nothing secret. With a hole in it, it would write the hole. */
  readonly isOpen: (code: string) => boolean
}

/**
 * @param listSecrets what to search for, as it stands in objects; asked once there is a text. The forms that shells, JSON and base64 give
 *   it are searched for, too
 * @param shortest characters; shorter secrets are found by chance in every sentence, and are not searched for
 * @param said what the report says anyway: what stands in it is not searched for
 */
export function makeScrubber(listSecrets: () => readonly string[], shortest: number, said = ''): Scrubber {
  let forms: readonly string[] | null = null
  const listForms = () => {
    forms ??= [...new Set(listSecrets().flatMap(spell))]
      .filter((form) => form.length >= shortest && !said.includes(form))
      .toSorted((a, b) => b.length - a.length)
    return forms
  }
  const sentence = (text: string) => redactText(listForms().reduce((rest, form) => rest.replaceAll(form, REDACTED_TEXT), text))
  // Behind the marks of a unified difference, a block under a secret name is not seen as one.
  const isOpen = (code: string) => [code, code.replace(/^[-+ ]/gm, '')].every((text) => sentence(text) === text)
  return { sentence, isOpen }
}

/** A value with all its strings scrubbed, at any depth. */
export function scrubStrings<T>(value: T, scrub: (text: string) => string): T {
  if (typeof value === 'string') return scrub(value) as T
  if (Array.isArray(value)) return value.map((child) => scrubStrings(child, scrub)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, scrubStrings(child, scrub)])) as T
}

/** The ways in which a text may quote a secret: as it is, line by line, within quotes, and through base64 either way. */
function spell(secret: string): readonly string[] {
  const bare = secret.replace(/^(["'])(.*)\1$/s, '$2')
  const plain = decode(bare)
  const lines = bare.includes('\n') ? bare.split('\n').map((line) => line.trim()) : []
  return [secret, bare, ...lines, ...(plain === null ? [] : [plain])].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll("'", `'\\''`),
    encode(text),
  ])
}

function encode(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text.slice(0, 10_000))))
}

/** The text behind base64, as Secrets have it; null for what is no base64, or no text. */
function decode(text: string): string | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0)))
  } catch {
    return null
  }
}
