import { holdsSecret, isHarmlessValue, isSecretName, REDACTED_TEXT } from './secrets.ts'

/** `password: x`, `export TOKEN=x`, `--client-secret=x`, `"apiKey": "x",`: what stands before the value, and its name. */
const ASSIGNMENT = /^(\s*(?:- )?(?:export\s+|set\s+|env\s+)?(?:--?)?["']?([A-Za-z_][\w.-]*)["']?\s*(?::=|=>|=|:(?!\/\/))\s*)(.*)$/s
/** A value that begins on this line and goes on below: a YAML block, a nested map. */
const BLOCK = /^([|>][-+0-9]*)?\s*(#.*)?$/
const KEY_START = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/
const KEY_END = /-----END (?:[A-Z0-9]+ )*PRIVATE KEY/

/** One line of a text after redaction; `secret` is the text that was taken out, null where nothing was. */
type Line = { readonly text: string; readonly secret: string | null }

/**
 * Takes the secrets out of a text, line by line, and keeps the rest readable: the name before a secret value stays, keys
 * in PEM form and YAML blocks under a secret name become one line. Text without a secret comes back as it was.
 * Also right for messages of other programs, such as helm's errors, which print parts of the manifest.
 */
export function redactText(text: string): string {
  return redactTextAgainst(text, null, REDACTED_TEXT)
}

/**
 * `redactText` with another marker for the secrets that `other` does not hold too.
 *
 * @param other the text on the other side of a difference; null when there is none
 */
export function redactTextAgainst(text: string, other: string | null, differs: string): string {
  const known = other === null ? null : new Set(redactLines(other).map((line) => line.secret))
  return redactLines(text)
    .map((line) =>
      line.secret !== null && known !== null && !known.has(line.secret) ? line.text.replace(/\(redacted\)$/, differs) : line.text,
    )
    .join('\n')
}

/** The pieces of a text that `redactText` takes out. */
export function findSecrets(text: string): readonly string[] {
  return redactLines(text).flatMap((line) => (line.secret === null ? [] : [line.secret]))
}

function redactLines(text: string): readonly Line[] {
  const lines = text.split('\n')
  const redacted: Line[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const end = findEnd(lines, at)
    const secret = lines.slice(at + 1, end).join('\n')
    if (end > at + 1) redacted.push({ text: `${keepName(line)}${REDACTED_TEXT}`, secret: `${line}\n${secret}` })
    else redacted.push(redactLine(line))
    at = end
  }
  return redacted
}

/** The index after the last line of the secret that starts on this line; the next index when it is one line or none. */
function findEnd(lines: readonly string[], start: number): number {
  const line = lines[start] ?? ''
  const next = start + 1
  const until = (isEnd: (line: string) => boolean) => {
    let end = next
    while (end < lines.length && !isEnd(lines[end] ?? '')) end++
    return end
  }
  if (KEY_START.test(line) && !KEY_END.test(line)) return Math.min(lines.length, until((candidate) => KEY_END.test(candidate)) + 1)
  const assignment = ASSIGNMENT.exec(line)
  if (assignment === null || !isSecretVariable(assignment[2] ?? '')) return next
  const value = assignment[3] ?? ''
  const quote = /^("""|''')/.exec(value)?.[1]
  if (quote !== undefined && !value.slice(3).includes(quote)) {
    return Math.min(lines.length, until((candidate) => candidate.includes(quote)) + 1)
  }
  if (value.endsWith('\\')) return Math.min(lines.length, until((candidate) => !candidate.endsWith('\\')) + 1)
  if (!BLOCK.test(value)) return next
  const indent = countIndent(line)
  const end = until((candidate) => candidate.trim() !== '' && countIndent(candidate) <= indent)
  return lines.slice(next, end).some((candidate) => candidate.trim() !== '') ? end : next
}

function redactLine(line: string): Line {
  const assignment = ASSIGNMENT.exec(line)
  if (assignment !== null && isSecretVariable(assignment[2] ?? '')) {
    const [, before = '', , value = ''] = assignment
    const bare = value.replace(/^(["'])(.*)\1[,;]?$/, '$2').replace(/[,;]$/, '')
    if (!isHarmlessValue(bare)) return { text: `${before}${REDACTED_TEXT}`, secret: value }
  }
  if (!holdsSecret(line)) return { text: line, secret: null }
  return { text: `${keepName(line)}${REDACTED_TEXT}`, secret: line }
}

/** The `name: ` at the start of a line whose value is taken out; only its indentation when it has no such start. */
function keepName(line: string): string {
  const before = ASSIGNMENT.exec(line)?.[1] ?? /^\s*/.exec(line)?.[0] ?? ''
  return holdsSecret(before) ? '' : before
}

/** A lone `KEY=` is a secret, a lone `key:` is a plain word. */
function isSecretVariable(name: string): boolean {
  return isSecretName(name, /^[A-Z]+$/.test(name))
}

function countIndent(line: string): number {
  return /^ *(- )?/.exec(line)?.[0].length ?? 0
}
