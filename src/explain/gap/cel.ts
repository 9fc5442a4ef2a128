// Expressions of the Common Expression Language, as ValidatingAdmissionPolicies take them. Nothing newer than Kubernetes
// 1.28 is used (no optional fields, no `cel.bind`). https://kubernetes.io/docs/reference/using-api/cel/

import { oneLine } from './one-line.ts'

/** A text as a CEL string literal, on one line: a message with a line break is refused. */
export function quoteCel(text: string): string {
  // The escapes of JSON are escapes of CEL, too.
  return JSON.stringify(oneLine(text))
}

/** Some texts as a CEL list. */
export function listCel(texts: readonly string[]): string {
  return `[${texts.map(quoteCel).join(', ')}]`
}

/** A field that may be absent, as `fallback` where it is. `has` checks its last step only, so what is above it must be there. */
export function orElse(field: string, fallback: string): string {
  return `(has(${field}) ? ${field} : ${fallback})`
}

/** Whether two maps have the same fields with the same values, some fields aside. */
export function sameBut(now: string, before: string, aside: readonly string[]): string {
  const isAside = aside.length === 0 ? '' : `f in ${listCel(aside)} || `
  return `${now}.all(f, ${isAside}(f in ${before} && ${now}[f] == ${before}[f])) && ${before}.all(f, ${isAside}f in ${now})`
}
