/** Enough for any message that helps; a chart can print megabytes. */
const MAX_LENGTH = 2000

/**
 * Helm's error output as one readable message: `Error:` and log lines gone, hints about its own flags gone, and no
 * control characters, since a chart can put anything into it.
 * @param stderr helm's whole error output
 * @returns the message, without a full stop at its end; empty when there is none
 */
export function cleanHelmMessage(stderr: string): string {
  const lines = removeControls(stderr)
    .split('\n')
    .filter((line) => line.trim() !== '' && !isLogLine(line) && !/^Use --debug flag/.test(line))
  const start = lines.findIndex((line) => line.startsWith('Error: '))
  const text = (start < 0 ? lines : lines.slice(start))
    .map((line) => line.replace(/^Error: /, '').trim())
    .join(' ')
    .replace(/[.\s]+$/, '')
  // Helm tells the way to a fault first and the fault itself last.
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH / 2)} ... ${text.slice(-MAX_LENGTH / 2)}` : text
}

/**
 * The warnings among helm's log lines, without repeats. Helm 3: `coalesce.go:286: warning: ...`; Helm 4: `level=WARN msg="..."`
 * or `level=INFO msg="warning: ..."`. Some end with the values they are about, which may be secret: those are cut off.
 */
export function listHelmWarnings(stderr: string): readonly string[] {
  const warnings = removeControls(stderr)
    .split('\n')
    .flatMap((line) => WARNINGS.flatMap((form) => form.exec(line)?.[1] ?? []).slice(0, 1))
    .map((text) =>
      text
        .replace(/ \((?:map)?\[.*$/, '')
        .replaceAll('\\"', '"')
        .slice(0, MAX_LENGTH),
    )
  return [...new Set(warnings)]
}

const WARNINGS = [/^level=(?:WARN|INFO) msg="warning: (.*?)"?$/i, /^level=WARN msg="?(.*?)"?$/, /^(?:\S+\.go:\d+: )?warning: (.*)$/i]

/** Drops control characters (but line breaks) and those that change the direction of text or hide in it. */
export function removeControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
}

function isLogLine(line: string): boolean {
  return /^level=[A-Z]+ /.test(line) || /^\w+\.go:\d+: /.test(line) || /^(?:warning|WARNING): /.test(line)
}
