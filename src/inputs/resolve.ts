import { relative } from 'node:path'
import { UserError } from '../errors.ts'
import type { ControllerRule, Fault } from '../model.ts'
import { describeNewFile, readConfigFile } from './config-file.ts'
import type { Config } from './config-schema.ts'
import { checkRuleTargets, listIgnoreRules, readApplications } from './ignore-rules.ts'
import type { Inputs, Place } from './model.ts'
import type { Given } from './options.ts'
import { readOverrides } from './overrides.ts'
import type { Tell } from './parse.ts'
import { readKubeconfig, readSettings } from './settings.ts'
import { buildTargets, mergeTargets } from './targets.ts'

/**
 * Checks what was given and the config file, and joins them.
 *
 * @param earlier faults found before
 * @throws UserError with every fault
 */
export function resolveInputs(given: Given, place: Place, earlier: readonly Fault[]): Inputs {
  const faults: Fault[] = [...earlier]
  const tell: Tell = (fault) => {
    faults.push(fault)
  }
  const settings = readSettings(given, place, tell)
  const kubeconfig = readKubeconfig(given, place.base, settings.mode, tell)
  const overrides = readOverrides(given, place.base, tell)
  const read = place.config === null ? 'absent' : readConfigFile(place.config, tell)
  const file = typeof read === 'string' ? null : read
  const isNew = read === 'absent' && place.config?.fromBase === true && !('chart' in overrides || 'manifests' in overrides)
  if (isNew && place.config !== null) {
    const { message, remedy } = describeNewFile(relative(place.config.workspace, place.config.path))
    tell({ message: message.replace(/\.$/, ', and no input names a chart.'), where: place.config.input, remedy })
  }
  // What the targets of an unusable file are is not known: asking for a chart would mislead.
  const isBare = settings.mode === 'triage' && Object.keys(overrides).length === 0 && file?.raw.targets === undefined
  const merged = read === 'unusable' || isBare || isNew ? [] : mergeTargets(given, overrides, file, tell)
  checkRuleTargets(merged, file, tell)
  const fromArgo = readApplications(merged, file, place.config?.workspace ?? place.workspace, tell)
  const [first, ...rest] = faults
  if (first !== undefined) throw new UserError(first, ...rest)
  const targets = buildTargets(merged, place.workspace)
  return {
    ...settings,
    kubeconfig,
    targets,
    workspace: place.workspace,
    configFile: (file?.config?.targets ?? []).length > 0 ? (file?.file ?? null) : null,
    ignore: [...listIgnoreRules(file), ...fromArgo],
    controllers: (file?.config?.controllers ?? []).map(buildControllerRule),
    deployers: file?.config?.deployers ?? [],
    deployerUsers: file?.config?.['deployer-users'] ?? [],
    breakGlassGroup: file?.config?.['break-glass-group'] ?? null,
    redact: file?.config?.redact ?? [],
    notes: [],
  }
}

function buildControllerRule(rule: NonNullable<Config['controllers']>[number]): ControllerRule {
  return { manager: rule.manager, kind: rule.kind ?? null, path: rule.path ?? null, subresource: rule.subresource ?? null }
}
