import type { Json, JsonObject } from '../model.ts'
import { editYaml, readValues } from './edit-yaml.ts'
import type { SourceFile } from './keep-tools.ts'
import { cutAtList, getKey, isKeyWithin, type Key } from './keys.ts'
import { applyOperations, findWritten, type Operation } from './operations.ts'

/** A values file as it would be, or why it cannot be edited so. */
export type FileEdit = { readonly path: string; readonly text: string } | { readonly refused: string }

/**
 * Makes one edit in the file where it belongs: the last of the target's values files that sets the key already, else the
 * last of them; the chart's own where the target has none.
 *
 * @param files as they are, in the order in which they count
 * @param values what templates see, with all edits before this one
 */
export function editFiles(files: readonly SourceFile[], values: JsonObject, operation: Operation, ownValues: string | null): FileEdit {
  const others = files.filter(({ path }) => path !== ownValues)
  const candidates = others.length > 0 ? others : files
  const { key } = operation
  const chosen = candidates.findLast(({ text }) => sets(text, key)) ?? candidates.at(-1)
  if (chosen === undefined) return { refused: 'the target has no values file, and the chart is packed' }
  const made = write(chosen, files, values, operation)
  return 'refused' in made ? { refused: made.refused } : { path: chosen.path, text: made.text }
}

function sets(text: string, key: Key): boolean {
  return getKey(readValues(text) ?? {}, key) !== undefined
}

function write({ path, text }: SourceFile, files: readonly SourceFile[], values: JsonObject, operation: Operation) {
  const list = cutAtList(findWritten(operation))
  const isInList = list.length < findWritten(operation).length
  const own = readValues(text)
  if (own === null) return { refused: 'the values file is not one YAML document with a map in it' }
  if (isInList) {
    const edited = applyOperations(values, [operation])
    // A list that the file does not have, or has otherwise, is written as a whole: files do not add to each other's lists.
    if (!sets(text, list)) return editYaml(text, list, getKey(edited, list) ?? [])
    return writeInList(text, own, operation)
  }
  if (operation.op !== 'drop') return editYaml(text, operation.key, (operation as { readonly value: Json }).value)
  const isSetBelow = files.some((file) => file.path !== path && sets(file.text, operation.key)) || !sets(text, operation.key)
  return editYaml(text, operation.key, isSetBelow ? null : undefined)
}

function writeInList(text: string, own: JsonObject, operation: Operation) {
  if (operation.op === 'set') return editYaml(text, operation.key, operation.value)
  if (operation.op === 'drop') return editYaml(text, operation.key, undefined)
  const list = getKey(own, operation.key)
  const items = Array.isArray(list) ? (list as readonly Json[]) : []
  if (operation.op === 'append')
    return editYaml(
      text,
      items.length === 0 ? operation.key : [...operation.key, items.length],
      items.length === 0 ? [operation.value] : operation.value,
    )
  const left = getKey(applyOperations(own, [operation]), operation.key)
  const index = items.findIndex((_item, at) => JSON.stringify(items.toSpliced(at, 1)) === JSON.stringify(left))
  return index < 0 ? { refused: 'the list element is not in this file' } : editYaml(text, [...operation.key, index], undefined)
}

/**
 * The key of a `--set` expression that an edit of a values file could not change, since it comes after all files.
 *
 * @param set expressions such as `a.b=1,c[0]=2`
 */
export function findOverriding(set: readonly string[], key: Key): string | null {
  const names = set.flatMap((expression) =>
    expression.split(/(?<!\\),/).map((one) => one.slice(0, Math.max(0, one.search(/(?<!\\)=/)) || one.length)),
  )
  return names.find((name) => overlaps(parseName(name), key)) ?? null
}

function overlaps(one: Key, other: Key): boolean {
  return one.length > 0 && (isKeyWithin(one, other) || isKeyWithin(other, one))
}

function parseName(name: string): Key {
  return [...name.matchAll(/\[(\d+)\]|((?:\\.|[^.[\]\\])+)/g)].map(([, index, text = '']) =>
    index === undefined ? text.replace(/\\(.)/g, '$1') : Number(index),
  )
}
