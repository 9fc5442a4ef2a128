import type { Json, JsonObject, Note } from '../model.ts'
import { toList, toObject, toText, toTexts } from '../shapes.ts'
import { type Answer, describeAnswer, isJsonAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'

/** Who the credential is, and what a reader should know of its rights. */
export type Access = { readonly user: string | null; readonly groups: readonly string[]; readonly notes: readonly Note[] }

const READING = new Set(['get', 'list', 'watch'])
/** Everyone may ask about oneself (`system:basic-user`). */
const HARMLESS = new Set(['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews'])
/** A GET on these can run commands: https://kubernetes.io/docs/concepts/security/rbac-good-practices/. */
const COMMANDING = new Set(['nodes/proxy', 'pods/proxy', 'services/proxy', 'pods/exec', 'pods/attach', 'pods/portforward'])
/** Asked one by one where the server cannot list all rules, as with the authorizers of managed clusters. */
const PROBES = [
  { verb: '*', group: '*', resource: '*' },
  { verb: 'patch', group: 'apps', resource: 'deployments' },
  { verb: 'update', group: '', resource: 'configmaps' },
  { verb: 'create', group: '', resource: 'pods' },
  { verb: 'create', group: '', resource: 'pods', subresource: 'exec' },
  { verb: 'delete', group: '', resource: 'secrets' },
  { verb: 'create', group: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
] as const

/**
 * Asks the cluster who this credential is and what it may write in a namespace: Plumbline needs to read only, so more is a risk for nothing.
 * Two requests; a few more where the server cannot list the rules. What cannot be asked is a note, never a failure.
 * @throws UserError as `ClusterClient.get` does
 */
export async function reviewAccess(client: ClusterClient, namespace: string): Promise<Access> {
  const [self, rules] = await Promise.all([client.review('SelfSubjectReview', {}), client.review('SelfSubjectRulesReview', { namespace })])
  const info = toObject(toObject(readStatus(self)).userInfo)
  const status = readStatus(rules)
  const writes = status === null ? [] : listWrites(toList(status.resourceRules))
  const incomplete = status === null || status.incomplete === true
  const probed = incomplete && writes.length === 0 ? await probeWrites(client, namespace) : { writes: [], notes: [] }
  const all = [...writes, ...probed.writes]
  const user = toText(info.username)
  const excess: Note = {
    kind: 'write-access',
    message: `The credential${user === null ? '' : ` (${user})`} may do more than read in namespace ${namespace}: ${shorten(all)}. Plumbline needs get and list only; use a credential that has no more.`,
  }
  return { user, groups: toTexts(info.groups), notes: [...(all.length === 0 ? [] : [excess]), ...probed.notes] }
}

/** The `status` of a review; null when the review could not be had. */
export function readStatus(answer: Answer): JsonObject | null {
  return isJsonAnswer(answer, 201) || isJsonAnswer(answer, 200) ? toObject(toObject(answer.body).status) : null
}

/** `resourceRules: [{verbs, apiGroups, resources}]` to `patch deployments.apps`, leaving out what only reads. */
function listWrites(rules: readonly Json[]): readonly string[] {
  return rules.map(toObject).flatMap((rule) =>
    toTexts(rule.resources)
      .filter((resource) => !HARMLESS.has(resource))
      .flatMap((resource) => {
        const verbs = toTexts(rule.verbs).filter((verb) => !READING.has(verb) || COMMANDING.has(resource))
        const groups = toTexts(rule.apiGroups)
        return verbs.length === 0
          ? []
          : groups.map((group) => `${verbs.join('/')} ${resource}${group === '' || group === '*' ? '' : `.${group}`}`)
      }),
  )
}

async function probeWrites(
  client: ClusterClient,
  namespace: string,
): Promise<{ readonly writes: readonly string[]; readonly notes: readonly Note[] }> {
  const answers = await Promise.all(
    PROBES.map(async (probe) => ({
      probe,
      answer: await client.review('SelfSubjectAccessReview', { resourceAttributes: { namespace, ...probe } }),
    })),
  )
  const failed = answers.find(({ answer }) => readStatus(answer) === null)
  const writes = answers
    .filter(({ answer }) => readStatus(answer)?.allowed === true)
    .map(({ probe }) => {
      const resource = 'subresource' in probe ? `${probe.resource}/${probe.subresource}` : probe.resource
      return `${probe.verb} ${resource}${probe.group === '' || probe.group === '*' ? '' : `.${probe.group}`}`
    })
  if (failed === undefined) return { writes, notes: [] }
  return {
    writes,
    notes: [
      { kind: 'access-not-reviewed', message: `What the credential may write could not be asked: ${describeAnswer(failed.answer)}.` },
    ],
  }
}

function shorten(writes: readonly string[]): string {
  const unique = [...new Set(writes)]
  const rest = unique.length - 6
  return unique.slice(0, 6).join(', ') + (rest > 0 ? `, and ${rest} more` : '')
}
