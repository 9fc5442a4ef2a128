import { listCel, orElse, quoteCel, sameBut } from './cel.ts'
import { type Addressed, formatAddress } from './declared.ts'
import { KUBERNETES } from './subjects.ts'

/** A named CEL expression, as `matchConditions` and `variables` take it. */
export type Expression = { readonly name: string; readonly expression: string }

/** The annotation by which `kubectl rollout restart` makes new pods. A restart changes nothing that a chart declares. */
const RESTART = 'kubectl.kubernetes.io/restartedAt'
/** Kinds that `kubectl rollout restart` restarts. */
const RESTARTED = ['DaemonSet', 'Deployment', 'StatefulSet']

// Requests for a whole collection carry no name (measured), so `resourceNames` in a rule would let them through.
const NAME = `(has(request.name) && request.name != "" ? request.name : oldObject != null ? string(oldObject.metadata.name) : "")`
const GROUPS = orElse('request.userInfo.groups', '[]')

/** Of which requests the policy speaks at all: all of these must be true. */
export function writeConditions(
  declared: readonly Addressed[],
  deployers: readonly string[],
  breakGlassGroup: string | null,
): readonly Expression[] {
  const address = `request.resource.group + "/" + request.resource.resource + "/" + ${orElse('request.namespace', '""')} + "/" + ${NAME}`
  return [
    { name: 'not-by-a-deployer', expression: `!(request.userInfo.username in ${listCel(deployers)})` },
    ...(breakGlassGroup === null ? [] : [{ name: 'not-in-an-emergency', expression: `!(${quoteCel(breakGlassGroup)} in ${GROUPS})` }]),
    {
      name: 'not-by-kubernetes-itself',
      expression: `!(request.userInfo.username in ${listCel(KUBERNETES.users)}) && !${GROUPS}.exists(g, g in ${listCel(KUBERNETES.groups)})`,
    },
    { name: 'declared-by-the-chart', expression: `(${address}) in ${listCel(declared.map(formatAddress))}` },
  ]
}

/**
 * What is let through all the same: an update of the object itself that leaves alone what a chart can declare. Operators
 * keep finalizers and owners there, and whoever applies the same again changes nothing.
 */
export function writeVariables(declared: readonly Addressed[]): readonly Expression[] {
  const part = (of: string, name: string) => orElse(`${of}.metadata.${name}`, '{}')
  const marks = (name: string) => `${part('object', name)} == ${part('oldObject', name)}`
  const restarted = declared.filter(({ group, kind }) => group === 'apps' && RESTARTED.includes(kind)).map(({ resource }) => resource)
  return [
    { name: 'name', expression: NAME },
    { name: 'isUpdate', expression: `request.operation == "UPDATE" && ${orElse('request.subResource', '""')} == ""` },
    { name: 'sameMarks', expression: `variables.isUpdate && ${marks('labels')} && ${marks('annotations')}` },
    { name: 'sameBesideSpec', expression: `variables.isUpdate && ${sameBut('object', 'oldObject', ['metadata', 'spec', 'status'])}` },
    { name: 'sameSpec', expression: `variables.isUpdate && ${orElse('object.spec', '{}')} == ${orElse('oldObject.spec', '{}')}` },
    ...(restarted.length === 0 ? [] : writeRestarted([...new Set(restarted)])),
  ]
}

/** What must be true of a request that the conditions match. */
export function writeValidation(variables: readonly Expression[]): string {
  const restart = variables.some(({ name }) => name === 'restarted') ? '(variables.sameSpec || variables.restarted)' : 'variables.sameSpec'
  return `variables.sameMarks && variables.sameBesideSpec && ${restart}`
}

/** Variables are evaluated when they are used, so those before `restarted` need no guard of their own. */
function writeRestarted(resources: readonly string[]): readonly Expression[] {
  const notes = (template: string) => orElse(`${template}.metadata.annotations`, '{}')
  const isWorkload = `variables.isUpdate && request.resource.group == "apps" && request.resource.resource in ${listCel(resources)}`
  const restarted = [
    `${isWorkload} && has(object.spec.template.metadata) && has(oldObject.spec.template.metadata)`,
    sameBut('object.spec', 'oldObject.spec', ['template']),
    sameBut('object.spec.template', 'oldObject.spec.template', ['metadata']),
    sameBut('object.spec.template.metadata', 'oldObject.spec.template.metadata', ['annotations', 'creationTimestamp']),
    sameBut('variables.notes', 'variables.notesBefore', [RESTART]),
  ]
  return [
    { name: 'notes', expression: notes('object.spec.template') },
    { name: 'notesBefore', expression: notes('oldObject.spec.template') },
    { name: 'restarted', expression: restarted.join(' && ') },
  ]
}
