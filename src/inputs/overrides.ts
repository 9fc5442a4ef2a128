import { resolve } from 'node:path'
import { persistMaximum, type TargetConfig } from './config-schema.ts'
import { type Given, type ListOption, nameOption, type TextOption } from './options.ts'
import { applyRule, parseInteger, type Tell } from './parse.ts'
import { localPath, namespaceName, type Rule, releaseName, setExpression, targetName, valuesKey } from './rules.ts'

/** The part of a target that was given as Action inputs or flags: only keys that were given. */
export type Overrides = Omit<TargetConfig, 'extra-kinds' | 'argocd-application'>

/**
 * Reads what was given about a target. It is laid over every target of the config file.
 *
 * @param base the folder that relative paths start from; paths come out absolute
 */
export function readOverrides(given: Given, base: string, tell: Tell): Overrides {
  const text = (option: TextOption, rule: Rule) => {
    const value = given.texts[option]
    return value === undefined ? undefined : applyRule(value, rule, nameOption(given, option), tell)
  }
  const list = (option: ListOption, rule: Rule) =>
    given.lists[option]?.map((value) => applyRule(value, rule, nameOption(given, option), tell))
  const integer = (option: TextOption, min: number, max: number) => {
    const value = given.texts[option]
    return value === undefined ? undefined : parseInteger(value, min, max, nameOption(given, option), tell)
  }
  const path = (value: string | undefined) => (value === undefined ? undefined : resolve(base, value))
  const all: Overrides = {
    chart: path(text('chart', localPath)),
    manifests: path(text('manifests', localPath)),
    values: list('values', localPath)?.map((file) => resolve(base, file)),
    set: list('set', setExpression),
    'deploy-time-values': list('deploy-time-values', valuesKey),
    name: text('name', targetName),
    release: text('release', releaseName),
    namespace: text('namespace', namespaceName),
    context: given.texts['kube-context'],
    'persist-runs': integer('persist-runs', 1, persistMaximum.runs),
    'persist-minutes': integer('persist-minutes', 0, persistMaximum.minutes),
  }
  // A key with `undefined` would cover the config file's value.
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
