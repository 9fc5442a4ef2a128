import type { ReleaseState } from '../explain/circumstances/model.ts'
import type { Absence } from '../model.ts'
import { toObject } from '../shapes.ts'
import { describeAnswer, isJsonAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'
import { formatMissingRule } from './rbac-rule.ts'
import type { ReleaseRecord } from './release.ts'

export type ReadRelease = (release: string, namespace: string) => Promise<ReleaseRecord>

const SOURCE = 'Helm’s record of the release'

/**
 * What Helm recorded of the last deploy. Whether Secrets may be listed is asked first: a refused list of Secrets at every
 * run is what a cluster's alarms look for.
 */
export async function explainRelease(
  client: ClusterClient,
  { release, namespace }: { readonly release: string; readonly namespace: string },
  readRelease: ReadRelease,
): Promise<{ readonly value: ReleaseState | null; readonly absences: readonly Absence[] }> {
  const miss = (why: string, remedy: string) => ({ value: null, absences: [{ source: SOURCE, why, remedy }] })
  const review = await client.review('SelfSubjectAccessReview', { resourceAttributes: { verb: 'list', resource: 'secrets', namespace } })
  const isAnswered = isJsonAnswer(review, 201) || isJsonAnswer(review, 200)
  if (!isAnswered) return miss(`whether it may be read could not be asked: ${describeAnswer(review)}`, '')
  if (toObject(toObject(review.body).status).allowed !== true) {
    const resource = { apiVersion: 'v1', resource: 'secrets' }
    return miss(
      'it may not be read',
      `${formatMissingRule({ resource, namespace, verbs: ['list'] })}\nIt lets the credential read every Secret of the namespace.`,
    )
  }
  const record = await readRelease(release, namespace)
  if (record.outcome === 'unreadable') return miss(record.why, record.remedy ?? '')
  const { revision, status, time } = record.last
  return { value: { revision, status, time, rollbackTo: record.rollback?.to ?? null }, absences: [] }
}
