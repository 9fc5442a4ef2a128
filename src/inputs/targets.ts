import { resolve } from 'node:path'
import type { Target } from '../model.ts'
import type { ConfigFile } from './config-file.ts'
import { isRecord } from './config-faults.ts'
import { targetSchema } from './config-schema.ts'
import { type Given, nameOption } from './options.ts'
import type { Tell } from './parse.ts'
import { showSmallest } from './smallest.ts'
import type { Overrides } from './overrides.ts'

type Layer = { readonly [key: string]: unknown }
const chartOnly = ['values', 'set', 'deploy-time-values'] as const

/**
 * Lays what was given over each of the config file's targets, and those over its defaults; without targets in the
 * file, what was given is the one target. Presence is checked on the raw content, so that a missing namespace is told
 * together with a misspelt key; the values themselves are checked by the schema and by `readOverrides`.
 *
 * @param overrides what was given, with absolute paths
 * @param workspace the folder that the config file's paths start from
 * @returns the merged targets, to be finished by `buildTargets` once there are no faults
 */
export function mergeTargets(given: Given, overrides: Overrides, file: ConfigFile | null, tell: Tell): Layer[] {
  const config: Layer = isRecord(file?.raw) ? file.raw : {}
  const defaults: Layer = isRecord(config['defaults']) ? config['defaults'] : {}
  const written: readonly unknown[] = Array.isArray(config['targets']) ? config['targets'] : []
  if (file !== null) checkLayer(defaults, ['defaults'], file, tell)
  if (written.length === 0) {
    const merged = overlay(defaults, overrides)
    // A list that is broken, or a file that does not parse, is a fault of its own.
    if (config['targets'] === undefined || Array.isArray(config['targets'])) checkSingle(merged, given, file, tell)
    checkGiven(given, overrides, [merged], null, tell)
    return [merged]
  }
  const merged = written.map((target, index) => {
    if (!isRecord(target)) return {}
    if (file !== null) checkLayer(target, ['targets', index], file, tell)
    const layers = overlay(overlay(defaults, target), overrides)
    if (file !== null) checkComplete(layers, index, file, tell)
    return layers
  })
  checkGiven(given, overrides, merged, file, tell)
  if (file !== null) checkNames(merged, file, tell)
  return merged
}

/** Finishes merged targets in which no fault was found. */
export function buildTargets(merged: readonly Layer[], workspace: string): Target[] {
  const place = (path: string) => resolve(workspace, path)
  return merged.map((layer) => {
    const target = targetSchema.required({ release: true, namespace: true }).parse(layer)
    const chart = target.chart
    return {
      name: target.name ?? target.release,
      release: target.release,
      namespace: target.namespace,
      source:
        chart === undefined
          ? { type: 'manifests', path: place(target.manifests ?? '') }
          : {
              type: 'chart',
              chart: place(chart),
              values: (target.values ?? []).map(place),
              set: target.set ?? [],
              deployTimeValues: target['deploy-time-values'] ?? [],
            },
      context: target.context ?? null,
      persistRuns: target['persist-runs'] ?? 2,
      persistMinutes: target['persist-minutes'] ?? 0,
      extraKinds: target['extra-kinds'] ?? [],
    }
  })
}

/** The nearer layer wins key by key; a source of manifests replaces a chart and the reverse. */
function overlay(under: Layer, over: Layer): Layer {
  const replaced = 'chart' in over || 'manifests' in over ? ['chart', 'manifests'] : []
  return { ...Object.fromEntries(Object.entries(under).filter(([key]) => !replaced.includes(key))), ...over }
}

function checkLayer(layer: Layer, path: readonly (string | number)[], file: ConfigFile, tell: Tell): void {
  if (!('manifests' in layer)) return
  if ('chart' in layer) {
    const where = file.locate([...path, 'manifests'])
    tell({ message: '`chart` and `manifests` are both given.', where, remedy: 'Keep the one that says what should be live.' })
    return
  }
  // In `defaults` they are for those targets that have a chart.
  for (const key of chartOnly.filter((name) => path[0] === 'targets' && name in layer)) {
    tell({ message: `\`${key}\` has no effect with \`manifests\`.`, where: file.locate([...path, key]), remedy: 'Remove it, or give a chart.' })
  }
}

function checkComplete(layer: Layer, index: number, file: ConfigFile, tell: Tell): void {
  const where = file.locate(['targets', index])
  const name = `\`targets[${index}]\``
  if (!('chart' in layer || 'manifests' in layer)) {
    tell({
      message: `${name} has neither \`chart\` nor \`manifests\`.`,
      where,
      remedy: 'Add `chart:` with the folder of the chart, or `manifests:` with rendered YAML.',
    })
  }
  if (!('release' in layer)) {
    tell({ message: `${name} has no \`release\`.`, where, remedy: 'Add the name of the release, as `helm list` shows it.' })
  }
  if (!('namespace' in layer)) {
    tell({ message: `${name} has no \`namespace\`.`, where, remedy: 'Add the namespace of the release, here or under `defaults`.' })
  }
}

function checkSingle(layer: Layer, given: Given, file: ConfigFile | null, tell: Tell): void {
  if (!('chart' in layer || 'manifests' in layer)) {
    const looked = file === null ? '' : ` ${file.file} has no \`targets\` either.`
    const where = nameOption(given, 'chart')
    tell({ message: `nothing says what should be live: neither a chart nor manifests are given.${looked}`, where, remedy: showSmallest(given) })
    return
  }
  if (!('release' in layer)) {
    tell({ message: 'is missing.', where: nameOption(given, 'release'), remedy: 'Give the name of the release, as `helm list` shows it.' })
  }
  if (!('namespace' in layer)) {
    // No default: in a wrong namespace everything looks missing.
    tell({ message: 'is missing.', where: nameOption(given, 'namespace'), remedy: 'Give the namespace of the release, as `helm list -A` shows it.' })
  }
}

function checkGiven(given: Given, overrides: Overrides, merged: readonly Layer[], file: ConfigFile | null, tell: Tell): void {
  if ('chart' in overrides && 'manifests' in overrides) {
    const where = nameOption(given, 'manifests')
    tell({ message: '`chart` and `manifests` are both given.', where, remedy: 'Keep the one that says what should be live.' })
  } else if (merged.every((layer) => 'manifests' in layer)) {
    for (const key of chartOnly.filter((option) => option in overrides)) {
      tell({ message: 'has no effect with `manifests`.', where: nameOption(given, key), remedy: 'Remove it, or give a chart.' })
    }
  }
  const single = (['chart', 'manifests', 'release'] as const).filter((key) => key in overrides)
  if (file !== null && merged.length > 1 && single[0] !== undefined) {
    const names = single.map((key) => `\`${nameOption(given, key)}\``).join(', ')
    const without = given.source === 'action' ? "`config: ''`" : '`--no-config`'
    tell({
      message: `${names} can mean only one target, but ${file.file} has ${merged.length}.`,
      where: nameOption(given, single[0]),
      remedy: `Set it in the config file, or leave the file out with ${without}.`,
    })
  }
}

function checkNames(merged: readonly Layer[], file: ConfigFile, tell: Tell): void {
  const names = merged.map((layer) => layer['name'] ?? layer['release'])
  names.forEach((name, index) => {
    const first = names.indexOf(name)
    if (typeof name !== 'string' || first === index) return
    tell({
      message: `\`targets[${index}]\` has the same name as \`targets[${first}]\`: \`${name}\`.`,
      where: file.locate(['targets', index, 'name']),
      remedy: 'Give each target its own `name`; without one its release is its name.',
    })
  })
}
