import type { ConfigFile } from './config-file.ts'
import { type Given, nameOption, type TextOption } from './options.ts'
import type { Overrides } from './overrides.ts'
import type { Tell } from './parse.ts'
import { showSmallest } from './smallest.ts'

/** Some of a target's keys, with whatever values. */
export type Layer = { readonly [key: string]: unknown }

const sources = ['chart', 'manifests'] as const
const chartOnly: readonly string[] = ['values', 'set', 'deploy-time-values']
const twoSources = { message: '`chart` and `manifests` are both given.', remedy: 'Keep the one that says what should be live.' }

/** What contradicts itself in one target of the config file, or in its `defaults`. */
export function checkLayer(layer: Layer, path: readonly (string | number)[], file: ConfigFile, tell: Tell): void {
  if (!('manifests' in layer)) return
  if ('chart' in layer) tell({ ...twoSources, where: file.locate([...path, 'manifests']) })
  // In `defaults` they are for those targets that have a chart.
  else if (path[0] === 'targets') {
    for (const key of chartOnly.filter((name) => name in layer)) {
      tell({
        message: `\`${key}\` has no effect with \`manifests\`.`,
        where: file.locate([...path, key]),
        remedy: 'Remove it, or give a chart.',
      })
    }
  }
}

/** What a target of the config file lacks with everything laid under it. */
export function checkComplete(layer: Layer, index: number, file: ConfigFile, tell: Tell): void {
  const where = file.locate(['targets', index])
  const lacks = (what: string, remedy: string) => tell({ message: `\`targets[${index}]\` has ${what}.`, where, remedy })
  if (!hasSource(layer)) {
    lacks('neither `chart` nor `manifests`', 'Add `chart:` with the folder of the chart, or `manifests:` with rendered YAML.')
  }
  if (!('release' in layer)) lacks('no `release`', 'Add the name of the release, as `helm list` shows it.')
  if (!('namespace' in layer)) lacks('no `namespace`', 'Add the namespace of the release, here or under `defaults`.')
}

/** Names are identities: of issues, of state, of finding ids. */
export function checkNames(merged: readonly Layer[], file: ConfigFile, tell: Tell): void {
  const names = merged.map((layer) => layer.name ?? layer.release)
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

/** A chart and manifests at once say two things. */
export function checkBothSources(given: Given, overrides: Overrides, tell: Tell): void {
  if (sources.every((key) => key in overrides)) tell({ ...twoSources, where: nameOption(given, 'manifests') })
}

/** Whether what was given, over the file's defaults, is a target. */
export function checkGivenAlone(given: Given, overrides: Overrides, target: Layer, file: ConfigFile | null, tell: Tell): void {
  if (!hasSource(target)) {
    const looked = file === null ? '' : `, and ${file.file} has no \`targets\``
    const message = `nothing says what should be live: neither a chart nor manifests are given${looked}.`
    tell({ message, where: nameOption(given, 'chart'), remedy: showSmallest(given) })
    return
  }
  const missing = (option: TextOption, remedy: string) => tell({ message: 'is missing.', where: nameOption(given, option), remedy })
  if (!('release' in target)) missing('release', 'Give the name of the release, as `helm list` shows it.')
  // No default: in a wrong namespace everything looks missing.
  if (!('namespace' in target)) missing('namespace', 'Give the namespace of the release, as `helm list -A` shows it.')
  if (!('chart' in target)) {
    for (const key of listGiven(overrides).filter((option) => chartOnly.includes(option))) {
      tell({ message: 'has no effect with `manifests`.', where: nameGiven(given, key), remedy: 'Remove it, or give a chart.' })
    }
  }
}

/**
 * Whether what was given has a meaning beside the file's targets. It stands in for `defaults`; what no target takes would be
 * without effect, and chart, manifests and release are what tells targets apart.
 */
export function checkGivenWithTargets(
  given: Given,
  overrides: Overrides,
  { own, merged }: { readonly own: readonly Layer[]; readonly merged: readonly Layer[] },
  file: ConfigFile,
  tell: Tell,
): void {
  const without =
    given.source === 'action' ? "or leave the file out with `config: ''`" : 'or say all of it with flags and leave `--config` out'
  for (const key of listGiven(overrides)) {
    const where = nameGiven(given, key)
    const remedy = `Set it there, ${without}.`
    const identifies = key === 'name' || key === 'chart' || key === 'manifests' || key === 'release'
    if (identifies && merged.length > 1) {
      tell({ message: `can mean only one target, but ${file.file} has ${merged.length}.`, where, remedy })
    } else if (own.every((target) => (isSource(key) ? hasSource(target) : key in target))) {
      const every = own.length > 1 ? 'every target' : 'the target'
      tell({ message: `has no effect: ${every} in ${file.file} has its own.`, where, remedy })
    } else if (chartOnly.includes(key) && merged.every((target) => !('chart' in target))) {
      tell({ message: 'has no effect with `manifests`.', where, remedy: 'Remove it, or give a chart.' })
    }
  }
}

function hasSource(layer: Layer): boolean {
  return sources.some((key) => key in layer)
}

function isSource(key: string): boolean {
  return key === 'chart' || key === 'manifests'
}

function listGiven(overrides: Overrides): (keyof Overrides)[] {
  return Object.keys(overrides) as (keyof Overrides)[]
}

function nameGiven(given: Given, key: keyof Overrides): string {
  return nameOption(given, key === 'context' ? 'kube-context' : key)
}
