import { isObject } from '../../compare/json.ts'
import type { Json } from '../../model.ts'
import { toList } from '../../shapes.ts'
import type { Direction } from './direction.ts'
import type { Subject } from './subject.ts'

/** One right, as RBAC checks it: `resource` has its group and subresource, and the name it is restricted to. */
type Right = { readonly verb: string; readonly group: string; readonly resource: string; readonly name: string }

/**
 * Whether the rules of a Role allow more or less than Git says. Both whole lists are compared, since a right may have moved
 * from one rule to another.
 */
export function compareGrants({ sides }: Pick<Subject, 'sides'>): Direction {
  const [before, after] = [listRights(sides.desired?.rules), listRights(sides.live?.rules)]
  const more = after.some((right) => !before.some((one) => covers(one, right)))
  const less = before.some((right) => !after.some((one) => covers(one, right)))
  return more && less ? 'both' : more ? 'up' : less ? 'down' : 'unclear'
}

/** Whether a role allows something with a wildcard that it did not before. */
export function hasNewWildcard({ sides }: Pick<Subject, 'sides'>): boolean {
  const before = listRights(sides.desired?.rules)
  return listRights(sides.live?.rules).some((right) => Object.values(right).includes('*') && !before.some((one) => covers(one, right)))
}

function listRights(rules: Json | undefined): readonly Right[] {
  return toList(rules).flatMap((rule) => {
    if (!isObject(rule)) return []
    const named = toList(rule.resourceNames)
    const names = named.length === 0 ? [ANY_NAME] : named.map(String)
    const urls = toList(rule.nonResourceURLs).map((url) => ({ group: 'url', resource: String(url) }))
    const resources = toList(rule.apiGroups).flatMap((group) =>
      toList(rule.resources).map((resource) => ({ group: String(group), resource: String(resource) })),
    )
    return toList(rule.verbs).flatMap((verb) =>
      [...urls, ...resources].flatMap((what) => names.map((name) => ({ verb: String(verb), ...what, name }))),
    )
  })
}

/** No name stands for all names, as RBAC has it. */
const ANY_NAME = ''

/** `*` covers all, and `*` before a subresource all resources that have it. https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
function covers(one: Right, other: Right): boolean {
  const fits = (a: string, b: string) => a === '*' || a === b
  const subresource = other.resource.split('/')[1]
  const resource = fits(one.resource, other.resource) || (subresource !== undefined && one.resource === `*/${subresource}`)
  return fits(one.verb, other.verb) && fits(one.group, other.group) && resource && (one.name === ANY_NAME || one.name === other.name)
}
