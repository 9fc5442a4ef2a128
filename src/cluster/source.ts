import type { CircumstancesQuestion } from '../explain/circumstances/ask.ts'
import type { CircumstancesRead } from '../explain/circumstances/model.ts'
import type { RbacRead } from '../explain/gap/rbac-read.ts'
import type { ClusterInfo, Live, Note, ObjectRef, RequestCounts } from '../model.ts'
import { reviewAccess } from './access.ts'
import type { ConnectOptions, KubeconfigSource } from './connect.ts'
import { countReads } from './count-reads.ts'
import { discover } from './discover.ts'
import { type ReadOptions, readLive } from './read.ts'
import { readCircumstances } from './read-circumstances.ts'
import { readRbac } from './read-rbac.ts'
import { readScalers, type Scalers } from './read-scalers.ts'
import { makeSchemaReader, type ReadSchemas } from './read-schemas.ts'
import { type ReleaseRecord, readReleaseRecord } from './release.ts'
import { rememberReviews } from './remember-reviews.ts'

/** Where live objects come from: an API server, or a file that someone saved. The stages after it see no difference. */
export type LiveSource = {
  readonly info: ClusterInfo
  /** The API server's address; null where a saved state stands in for it. */
  readonly server: string | null
  readonly notes: readonly Note[]
  /** What one target reads is counted for itself. */
  readonly openTarget: () => TargetSource
}
/** The reads of one target. */
export type TargetSource = {
  readonly read: (wanted: readonly ObjectRef[], options: ReadOptions) => Promise<Live>
  /** The autoscalers of a namespace. */
  readonly readScalers: (namespace: string) => Promise<Scalers>
  /** Who may do what in a namespace, as far as the credential may see it; null where no cluster can be asked. */
  readonly readRbac: (namespace: string) => Promise<RbacRead | null>
  /** What the cluster knows of kinds that are not built in. */
  readonly readSchemas: ReadSchemas
  readonly readRelease: (release: string, namespace: string) => Promise<ReleaseRecord>
  /** How things stand around a drift. Asked only when there is some; never throws. */
  readonly readCircumstances: (question: CircumstancesQuestion) => Promise<CircumstancesRead>
  /** How many reads this target asked for so far, and the discovery that serves all targets. */
  readonly requests: () => RequestCounts
}

/**
 * Connects to the cluster of a kubeconfig context and learns what it serves. A workflow's credential is asked what it
 * may write, since it should be able to write nothing; a person's own is theirs to know.
 *
 * @param namespace where the rights of the credential are looked at
 * @throws {UserError} naming `kubeconfig` or `kube-context`
 */
export async function openCluster(
  kubeconfig: KubeconfigSource,
  context: string | null,
  namespace: string,
  options: ConnectOptions,
): Promise<LiveSource> {
  // The Kubernetes client is half of all code; a run that ends with a bad input or help never needs it.
  const { connect } = await import('./connect.ts')
  const { client: connected, server, notes } = connect(kubeconfig, context, options)
  const client = rememberReviews(connected)
  const [info, access] = await Promise.all([discover(client), kubeconfig.type === 'inline' ? reviewAccess(client, namespace) : null])
  const readSchemas = makeSchemaReader(client)
  return {
    info,
    server,
    notes: [...notes, ...(access?.notes ?? [])],
    openTarget: () => {
      const { counted, counts } = countReads(client)
      // Judging and deciding may both want it.
      let record: Promise<ReleaseRecord> | null = null
      const readRelease = (release: string, namespace: string) => (record ??= readReleaseRecord(counted, release, namespace))
      return {
        read: (wanted, readOptions) => readLive(counted, info, wanted, readOptions),
        readScalers: (namespace) => readScalers(counted, info, namespace),
        readRbac: (namespace) => readRbac(counted, info, namespace),
        readSchemas,
        readRelease,
        readCircumstances: (question) => readCircumstances(counted, info, question, readRelease),
        requests: counts,
      }
    },
  }
}
