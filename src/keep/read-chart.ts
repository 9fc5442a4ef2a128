import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { parseYaml } from '../chart/parse-yaml.ts'
import { isList, isObject } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { Json } from '../model.ts'

/**
 * Reads every template of a chart folder, dependencies that are folders included.
 *
 * @returns texts by their path below the chart, with slashes; nothing for a packed chart
 */
export async function readTemplateTexts(chart: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(chart, { recursive: true, withFileTypes: true }).catch(() => [])
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(chart, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((name) => /(?:^|\/)templates\/.*\.(?:ya?ml|tpl|txt|json)$/.test(name))
    .sort()
  const texts = await Promise.all(names.map(async (name): Promise<[string, string]> => [name, await readFile(join(chart, name), 'utf8')]))
  return new Map(texts)
}

/** Under which keys the values of a chart's dependencies lie, by the dependency's name: an alias, or the name itself. */
export async function readAliases(chart: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const aliases = new Map<string, string[]>()
  for (const file of ['Chart.yaml', 'requirements.yaml']) {
    const text = await readFile(join(chart, file), 'utf8').catch(() => '')
    for (const { name, alias } of readDeclared(text)) aliases.set(name, [...(aliases.get(name) ?? []), alias])
  }
  return aliases
}

function readDeclared(text: string): readonly { readonly name: string; readonly alias: string }[] {
  let value: Json | undefined
  try {
    value = parseYaml(text, 'Chart.yaml').documents[0]?.value
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  }
  const list = isObject(value) && isList(value.dependencies) ? value.dependencies : []
  return list.filter(isObject).map(({ name, alias }) => ({ name: String(name), alias: String(alias ?? name) }))
}
