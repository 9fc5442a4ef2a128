import { matchesGlob } from '../compare/glob.ts'
import { parseIgnorePath, parseJsonPointer, type ReadPath } from '../explain/ignore-path.ts'
import type { IgnorePath, IgnoreRule } from '../model.ts'
import { type ReadApplication, readApplication } from './argocd-application.ts'
import { isRecord } from './config-faults.ts'
import type { ConfigFile, ConfigPath } from './config-file.ts'
import type { Config } from './config-schema.ts'
import type { Tell } from './parse.ts'
import { localPath } from './rules.ts'
import { suggest } from './suggest.ts'
import type { Layer } from './target-checks.ts'

type RuleConfig = NonNullable<Config['ignore']>[number]

/**
 * The ignore rules of a config file without faults, their paths parsed. Every JSON pointer is a rule of its own, so that
 * the report can name the one that matches nothing.
 */
export function listIgnoreRules(file: ConfigFile | null): readonly IgnoreRule[] {
  return (file?.config?.ignore ?? []).flatMap((rule, index) => {
    const build = (path: IgnorePath | null, place: ConfigPath) => buildRule(rule, path, file?.locate(place) ?? '')
    const pointers = rule['json-pointers']
    if (pointers === undefined) return [build(rule.path === undefined ? null : take(parseIgnorePath(rule.path)), ['ignore', index])]
    return pointers.map((pointer, at) => build(take(parseJsonPointer(pointer)), ['ignore', index, 'json-pointers', at]))
  })
}

/**
 * Tells of rules whose `target` names none of the file's targets. Without targets in the file it may serve many runs, each
 * with a target of its own, and nothing is told.
 */
export function checkRuleTargets(merged: readonly Layer[], file: ConfigFile | null, tell: Tell): void {
  const names = merged.map((layer) => layer.name ?? layer.release).filter((name) => typeof name === 'string')
  const { ignore, targets } = file?.raw ?? {}
  if (!Array.isArray(targets) || names.length < targets.length || !Array.isArray(ignore)) return
  ignore.forEach((rule: unknown, index) => {
    const glob = isRecord(rule) ? rule.target : undefined
    if (typeof glob !== 'string' || glob.trim() === '' || names.some((name) => matchesGlob(glob, name))) return
    const where = file?.locate(['ignore', index, 'target']) ?? null
    tell({ message: `\`ignore[${index}].target\`: no target has the name \`${glob}\`.`, where, remedy: suggest(glob, names) })
  })
}

/**
 * The rules that targets take over from their Argo CD Application. Its faults are told, once for each file.
 *
 * @param merged the targets with everything that was laid under them
 */
export function readApplications(merged: readonly Layer[], file: ConfigFile | null, workspace: string, tell: Tell): readonly IgnoreRule[] {
  const read = new Map<string, ReadApplication>()
  return merged.flatMap((layer, index) => {
    const path = layer['argocd-application']
    const target = layer.name ?? layer.release
    // Of another type, or an address: told by the schema.
    if (file === null || typeof path !== 'string' || localPath.check(path) !== null || typeof target !== 'string') return []
    const own = Array.isArray(file.raw.targets) ? (file.raw.targets[index] as unknown) : undefined
    const place = isRecord(own) && 'argocd-application' in own ? ['targets', index] : ['defaults']
    const application = read.get(path) ?? readApplication(path, workspace, file.locate([...place, 'argocd-application']))
    if ('faults' in application && !read.has(path)) for (const fault of application.faults) tell(fault)
    read.set(path, application)
    return 'rules' in application ? application.rules.map((rule) => ({ ...rule, target })) : []
  })
}

function buildRule(rule: RuleConfig, path: IgnorePath | null, where: string): IgnoreRule {
  return {
    target: rule.target ?? null,
    ...splitKind(rule.kind),
    name: rule.name ?? null,
    namespace: rule.namespace ?? null,
    path,
    manager: rule.manager ?? null,
    reason: rule.reason,
    expires: rule.expires ?? null,
    where,
    unsupported: null,
  }
}

/** A kind has no dots; what follows the first is the group. */
function splitKind(text: string | undefined): Pick<IgnoreRule, 'kind' | 'group'> {
  if (text === undefined) return { kind: null, group: null }
  const dot = text.indexOf('.')
  return dot === -1 ? { kind: text, group: null } : { kind: text.slice(0, dot), group: text.slice(dot + 1) }
}

function take(read: ReadPath): IgnorePath {
  if ('message' in read) throw new Error(`the schema let a faulty path through: ${read.message}`)
  return read.path
}
