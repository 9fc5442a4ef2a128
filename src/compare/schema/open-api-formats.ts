import type { JsonObject } from '../../model.ts'
import { getOwn } from '../json.ts'
import type { Schema } from './schema.ts'

/**
 * Fields that hold durations although their schema says no more than `string`, by API group. Their controllers or webhooks
 * write them anew the way Go spells them, `1h` as `1h0m0s`.
 *
 * @see https://github.com/argoproj/argo-cd/issues/6008 cert-manager
 * @see https://github.com/external-secrets/external-secrets/issues/5390 external-secrets
 */
const DURATION_FIELDS: { readonly [group: string]: readonly string[] } = {
  'cert-manager.io': ['duration', 'renewBefore'],
  'acme.cert-manager.io': ['duration'],
  'external-secrets.io': ['refreshInterval', 'refreshTime'],
}

/** How controller-gen, and people by hand, write what a quantity looks like: by its two families of suffixes. */
const QUANTITY_PATTERN = /\[KMGTPE\]i.*\[numkMGTPE\]/
/** A pattern of nothing but digits, units of time and what joins them. No pattern of a document is ever run. */
const DURATION_PATTERN = /^\^?(?:\(\?:|[()|?*+.\d-]|\\[.d+-]|\[(?:0-9|[-+]{1,2}|\.|[nuµμsmhdwy]+)\]|\{\d+(?:,\d*)?\}|[nuµμsmhdwy])+\$?$/
/** More than any real one, which keeps the patterns above quick. */
const LONGEST_PATTERN = 400

/**
 * How values of an OpenAPI schema may be spelled differently and still be equal.
 *
 * @param name of the field
 * @param group of the API, for fields that are known by name
 */
export function findFormat(raw: JsonObject, name: string, group: string): Schema['format'] {
  const isText = raw.type === 'string'
  const pattern = findPattern(raw)
  if (raw.format === 'quantity' || QUANTITY_PATTERN.test(pattern)) return 'quantity'
  if (!isText) return null
  if (raw.format === 'byte') return 'bytes'
  if (raw.format === 'duration' || isDurationPattern(pattern)) return 'duration'
  const known = getOwn(DURATION_FIELDS, group)
  return known?.includes(name) ? 'duration' : null
}

function findPattern({ pattern }: JsonObject): string {
  return typeof pattern === 'string' && pattern.length <= LONGEST_PATTERN ? pattern : ''
}

/** Hours, minutes and seconds have to be among the units, and digits before them. */
function isDurationPattern(pattern: string): boolean {
  const named = ['h', 'm', 's'].every((unit) => pattern.includes(unit))
  return named && /\\d|0-9/.test(pattern) && DURATION_PATTERN.test(pattern)
}
