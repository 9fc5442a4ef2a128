import { parseYaml } from '../chart/parse-yaml.ts'
import { isObject, isSame } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { Json, JsonObject } from '../model.ts'
import { type Key, setKey } from './keys.ts'
import { proposeSplices } from './propose-splices.ts'

/** The text with the edit, or why it cannot be made. */
export type YamlEdit = { readonly text: string } | { readonly refused: string }

/**
 * Sets one key in the text of a YAML file and leaves every other byte as it is: comments, blank lines, quotes, order.
 * What comes out is read again as Helm reads it, and must be what was there with that key set and nothing else changed.
 *
 * @param value undefined takes the key out
 */
export function editYaml(text: string, key: Key, value: Json | undefined): YamlEdit {
  const before = readValues(text)
  if (before === null) return { refused: 'it is not one YAML document with a map in it' }
  const wanted = setKey(before, key, value)
  if (isSame(before, wanted)) return { text }
  for (const splice of proposeSplices(text, before, key, value)) {
    const edited = text.slice(0, splice.start) + splice.text + text.slice(splice.end)
    if (isSame(readValues(edited) ?? undefined, wanted)) return { text: edited }
  }
  return { refused: 'an anchor or its layout ties the key to others' }
}

/** The content of a values file as Helm reads it; an empty one is an empty map. Null when it is nothing of the kind. */
export function readValues(text: string): JsonObject | null {
  try {
    const { documents } = parseYaml(text, 'values')
    if (documents.length > 1) return null
    const value = documents[0]?.value ?? {}
    return isObject(value) ? value : null
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
