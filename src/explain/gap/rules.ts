import type { JsonObject } from '../../model.ts'
import { toTexts } from '../../shapes.ts'

/** One question to RBAC: may this be done? `name` is empty where a request names no object, as when one is created. */
export type Question = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource: string
  readonly name: string
}
/** A rule of a Role or ClusterRole that is about objects. */
export type Rule = {
  readonly verbs: readonly string[]
  readonly groups: readonly string[]
  readonly resources: readonly string[]
  readonly names: readonly string[]
}

/** Reads a rule as it stands in a Role. */
export function readRule(rule: JsonObject): Rule {
  return {
    verbs: toTexts(rule.verbs),
    groups: toTexts(rule.apiGroups),
    resources: toTexts(rule.resources),
    names: toTexts(rule.resourceNames),
  }
}

/**
 * Whether a rule allows something, decided as Kubernetes' own authorizer decides: `*` alone is every verb, group or
 * resource with all its subresources, a star before a slash is one subresource of every resource, and names match a request that names one.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/rbac/v1/evaluation_helpers.go
 */
export function allows(rule: Rule, question: Question): boolean {
  const { verb, group, resource, subresource, name } = question
  const full = subresource === '' ? resource : `${resource}/${subresource}`
  return (
    hasOrAll(rule.verbs, verb) &&
    hasOrAll(rule.groups, group) &&
    (hasOrAll(rule.resources, full) || (subresource !== '' && rule.resources.includes(`*/${subresource}`))) &&
    (rule.names.length === 0 || rule.names.includes(name))
  )
}

function hasOrAll(list: readonly string[], one: string): boolean {
  return list.includes('*') || list.includes(one)
}
