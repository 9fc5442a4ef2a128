/** What differs each time that the same thing fails, in the words of helm, Go and Node, and what stands for it. */
const PASSING: readonly (readonly [RegExp, string])[] = [
  // Go: `read tcp 127.0.0.1:52622->10.0.0.1:443: connection reset`. The own port is another one for each connection.
  [/(\b\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.%\w]{2,60}\]):\d{1,5}(?=->)/gi, '$1:…'],
  // Times of day: Go says for a certificate `current time 2026-11-02T08:00:00Z is after …`.
  [/\bcurrent time \d{4}-\d\d-\d\dT[\d:.]{5,18}(?:Z|[+-]\d\d:\d\d)/g, 'current time …'],
  [/((?:\/private)?\/(?:var\/)?tmp|\/var\/folders\/\w{1,10}\/\w{1,60}\/T)\/[\w.-]{1,200}/g, '$1/…'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '…'],
  [/\b0x[0-9a-f]{6,16}\b/gi, '0x…'],
  [/\b(pid|process)([ =:]{1,3})\d{1,10}\b/gi, '$1$2…'],
  // `after 10013 ms`, `1.002345678s`: measured ones. Whole seconds are mostly limits, which stay the same.
  [/\b\d{1,12}(?:\.\d{1,9})? ?(?:ms|µs|ns)\b|\b(?:\d{1,4}h)?(?:\d{1,4}m)?\d{1,6}\.\d{1,9} ?s\b/g, '…'],
]

/**
 * An error's text without what is another one each time: own ports, times of day, temporary paths, addresses in memory,
 * process ids, measured times. For texts that are compared with earlier ones, so that the same fault gives the same text.
 */
export function dropPassing(text: string): string {
  return PASSING.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text)
}
