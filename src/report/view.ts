import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { stringify } from 'yaml'
import { isList, isObject } from '../compare/json.ts'
import type { Json, JsonObject, ObjectView } from '../model.ts'

/** The order of an object's fields in Kubernetes' own manifests; all others follow by name. */
const FIRST = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'type',
  'labels',
  'annotations',
  'spec',
  'key',
  'value',
  'valueFrom',
  'image',
  'command',
  'args',
]
const LAST = ['data', 'stringData', 'binaryData', 'status']
/** Texts that take more edits than this are not worth a reader's time, nor the time to compute them. */
const MOST_EDITS = 1_000

/**
 * An object as YAML text that is the same for the same object, whatever order its fields came in. Strings that YAML 1.1
 * (which Kubernetes reads) would take for something else are quoted; integers keep every digit.
 */
export function toYaml(object: JsonObject): string {
  return stringify(sortFields(object), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: false })
}

/**
 * The unified difference of a view: `-` lines are what Git says, `+` lines what the cluster has.
 *
 * @param context unchanged lines around a change
 * @returns the empty string when the texts are equal; otherwise lines with a line feed at the end
 */
export function formatUnified({ desired, live }: ObjectView, { context }: { readonly context: number }): string {
  return compareTexts({ name: 'desired (Git)', text: desired }, { name: 'live (cluster)', text: live }, context)
}

/**
 * The unified difference of a preview's view: `-` lines are what is there now, `+` lines what the deploy makes of it.
 *
 * @param now what stands for now: the cluster, or the pull request's base
 * @returns as `formatUnified`
 */
export function formatOutlook({ desired, live }: ObjectView, now: 'cluster' | 'base', { context }: { readonly context: number }): string {
  return compareTexts({ name: `now (${now})`, text: live }, { name: 'as this pull request asks for', text: desired }, context)
}

type Named = { readonly name: string; readonly text: string }

function compareTexts(before: Named, after: Named, context: number): string {
  if (before.text === after.text) return ''
  const options = { context, headerOptions: FILE_HEADERS_ONLY, maxEditLength: MOST_EDITS }
  const patch = createTwoFilesPatch(before.name, after.name, endLine(before.text), endLine(after.text), undefined, undefined, options)
  return patch ?? `--- ${before.name}\n+++ ${after.name}\n@@ the texts differ in more than ${MOST_EDITS} lines @@\n`
}

/** A text that ends with a line feed, unless it is empty. */
export function endLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function sortFields(value: Json): Json {
  if (isList(value)) return value.map(sortFields)
  if (!isObject(value)) return value
  const names = Object.keys(value).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(names.map((name) => [name, sortFields(value[name] ?? null)]))
}

function rank(name: string): number {
  const first = FIRST.indexOf(name)
  if (first >= 0) return first
  const last = LAST.indexOf(name)
  return FIRST.length + (last < 0 ? 0 : 1 + last)
}
