import type { Json, JsonObject } from '../../src/model.ts'

/** Records of ownership stay on one line: they are long, and seldom read. */
const ONE_LINE = new Set(['fieldsV1'])
const WIDTH = 120

/** Prints objects as kubectl prints several, with what is short on one line. */
export function printObjects(objects: readonly JsonObject[]): string {
  return `${print({ apiVersion: 'v1', kind: 'List', items: objects }, '', '')}\n`
}

function print(value: Json, indent: string, field: string): string {
  const flat = JSON.stringify(value)
  if (ONE_LINE.has(field) || value === null || typeof value !== 'object' || flat.length + indent.length < WIDTH / 2) return flat
  const inner = `${indent}  `
  const items = Array.isArray(value)
    ? value.map((item: Json) => `${inner}${print(item, inner, '')}`)
    : Object.entries(value as JsonObject).map(([name, child]) => `${inner}${JSON.stringify(name)}: ${print(child, inner, name)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${items.join(',\n')}\n${indent}${close}`
}
