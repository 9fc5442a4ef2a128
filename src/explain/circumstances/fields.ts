import { getAt } from '../../compare/json.ts'
import type { Json, JsonObject } from '../../model.ts'
import { toObjects, toText } from '../../shapes.ts'

/** What is at a dotted path of plain fields (`status.replicas`); for status, which no list keys lead into. */
export function readField(object: JsonObject, path: string): Json | undefined {
  return getAt(
    object,
    path.split('.').map((field) => ({ field })),
  )
}

export function readNumber(object: JsonObject, path: string, otherwise = 0): number {
  const value = readField(object, path)
  return typeof value === 'number' ? value : otherwise
}

/** Null for anything but a text that is not empty. */
export function readText(object: JsonObject, path: string): string | null {
  return toText(readField(object, path))
}

/** The maps of a list; anything else in it is left out. */
export function readMaps(object: JsonObject, path: string): readonly JsonObject[] {
  return toObjects(readField(object, path))
}

/** A condition of an object's status. `reason` is empty unless it is a word, as Kubernetes asks for. */
export type Condition = { readonly status: string; readonly reason: string; readonly time: string | null; readonly updated: string | null }

/** @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#condition-v1-meta */
export function readCondition(object: JsonObject, type: string): Condition | null {
  const found = readMaps(object, 'status.conditions').find((one) => one.type === type)
  if (found === undefined) return null
  const reason = readText(found, 'reason') ?? ''
  return {
    status: readText(found, 'status') ?? 'Unknown',
    reason: /^[A-Za-z][A-Za-z0-9_]{0,80}$/.test(reason) ? reason : '',
    time: readText(found, 'lastTransitionTime'),
    updated: readText(found, 'lastUpdateTime'),
  }
}

/** Within a sentence: ` (FailedCreate)`, or nothing. */
export function inBrackets(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : ` (${reason})`
}

/** On one line, at most so many characters. */
export function shorten(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}

/** `2026-11-23 14:50 UTC`; the text as it is where it is no time. */
export function formatTime(time: string): string {
  const at = Date.parse(time)
  return Number.isNaN(at) ? shorten(time, 30) : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
