import type { JsonObject } from '../../src/model.ts'
import { at, look } from '../places.ts'
import { type EditKind, edit, listMaps, writeOne } from './kind.ts'

const RULES = at('rules')
const SUBJECTS = at('subjects')

/** Edits of who may do what. Rules and subjects are atomic lists: one finding at the list. */
export const rbacEdits: readonly EditKind[] = [
  edit('role-rule-add', ['Role', 'ClusterRole'], ({ live }) =>
    isAggregated(live)
      ? null
      : writeOne(RULES, [...listMaps(look(live, RULES)), { apiGroups: [''], resources: ['secrets'], verbs: ['list'] }]),
  ),
  edit('role-verb-add', ['Role', 'ClusterRole'], ({ live }) => {
    const [first, ...others] = listMaps(look(live, RULES))
    const verbs = Array.isArray(first?.verbs) ? first.verbs : []
    if (isAggregated(live) || first === undefined) return null
    return writeOne(RULES, [{ ...first, verbs: [...verbs, 'deletecollection'] }, ...others])
  }),
  edit('role-rule-remove', ['Role', 'ClusterRole'], ({ live }) => {
    const rules = listMaps(look(live, RULES))
    return isAggregated(live) || rules.length < 2 ? null : writeOne(RULES, rules.slice(1))
  }),
  edit('cluster-role-escalate', ['ClusterRole'], ({ live }) =>
    isAggregated(live) ? null : writeOne(RULES, [...listMaps(look(live, RULES)), { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
  ),
  edit('binding-subject-add', ['RoleBinding', 'ClusterRoleBinding'], ({ live }) =>
    writeOne(SUBJECTS, [
      ...listMaps(look(live, SUBJECTS)),
      { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'mallory@example.com' },
    ]),
  ),
  edit('binding-subject-change', ['RoleBinding', 'ClusterRoleBinding'], ({ live }) => {
    const [first, ...others] = listMaps(look(live, SUBJECTS))
    return first === undefined ? null : writeOne(SUBJECTS, [{ ...first, name: 'someone-else' }, ...others])
  }),
]

/** Its rules are written by a controller, over anyone's. */
function isAggregated({ aggregationRule }: JsonObject): boolean {
  return aggregationRule !== undefined && aggregationRule !== null
}
