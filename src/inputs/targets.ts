import { resolve } from 'node:path'
import type { Target } from '../model.ts'
import { isRecord } from './config-faults.ts'
import type { ConfigFile } from './config-file.ts'
import { targetSchema } from './config-schema.ts'
import type { Given } from './options.ts'
import type { Overrides } from './overrides.ts'
import type { Tell } from './parse.ts'
import {
  checkBothSources,
  checkComplete,
  checkGivenAlone,
  checkGivenWithTargets,
  checkLayer,
  checkNames,
  type Layer,
} from './target-checks.ts'

/**
 * Lays the layers of every target over each other, the nearest last: the config file's `defaults`, what was given, the
 * target's own entry. Without targets in the file, what was given over the defaults is the one target.
 *
 * Presence is checked here on the raw content, so that a missing namespace is told together with a misspelt key; the
 * values themselves are checked by the schema and by `readOverrides`.
 *
 * @param overrides what was given, with absolute paths
 * @returns the merged targets, to be finished by `buildTargets` once there are no faults
 */
export function mergeTargets(given: Given, overrides: Overrides, file: ConfigFile | null, tell: Tell): readonly Layer[] {
  checkBothSources(given, overrides, tell)
  const config: Layer = file?.raw ?? {}
  const defaults: Layer = isRecord(config.defaults) ? config.defaults : {}
  if (file !== null) checkLayer(defaults, ['defaults'], file, tell)
  const common = overlay(defaults, overrides)
  const written: unknown = config.targets ?? []
  // Not a list: told by the schema, and nothing can be said about targets.
  if (!Array.isArray(written)) return []
  if (file === null || written.length === 0) {
    checkGivenAlone(given, overrides, common, file, tell)
    return [common]
  }
  const own = written.map((target: unknown) => (isRecord(target) ? target : {}))
  const merged = own.map((target) => overlay(common, target))
  merged.forEach((target, index) => {
    checkLayer(own[index] ?? {}, ['targets', index], file, tell)
    if (isRecord(written[index])) checkComplete(target, index, file, tell)
  })
  checkGivenWithTargets(given, overrides, { own, merged }, file, tell)
  checkNames(merged, file, tell)
  return merged
}

/**
 * Finishes merged targets in which no fault was found.
 *
 * @param workspace the folder that the config file's paths start from
 */
export function buildTargets(merged: readonly Layer[], workspace: string): Target[] {
  const place = (path: string) => resolve(workspace, path)
  return merged.map((layer) => {
    const target = targetSchema.required({ release: true, namespace: true }).parse(layer)
    return {
      name: target.name ?? target.release,
      release: target.release,
      namespace: target.namespace,
      source:
        target.chart === undefined
          ? { type: 'manifests', path: place(target.manifests ?? '') }
          : {
              type: 'chart',
              chart: place(target.chart),
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

/** The upper layer wins key by key; manifests replace a chart below them, and the reverse. */
function overlay(under: Layer, over: Layer): Layer {
  const replaced = 'chart' in over || 'manifests' in over ? ['chart', 'manifests'] : []
  return { ...Object.fromEntries(Object.entries(under).filter(([key]) => !replaced.includes(key))), ...over }
}
