import { UserError } from '../errors.ts'
import { ARTIFACT, MOST_BYTES } from '../handover/model.ts'
import { MOST, showSize } from '../handover/refuse-handover.ts'
import { isSafeAddress } from '../safe-address.ts'
import type { Octokit } from './open-octokit.ts'
import type { Place } from './read-activity-parts.ts'
import type { FollowedRun } from './read-workflow-run.ts'
import { refuseAnswer } from './refusal.ts'

const TIMEOUT_MS = 60_000
const UPLOAD = `Let the job that renders the pull request upload it with actions/upload-artifact under the name ${ARTIFACT}, once.`

type Artifact = Awaited<ReturnType<Octokit['rest']['actions']['listWorkflowRunArtifacts']>>['data']['artifacts'][number]

/**
 * Downloads what a run handed over, into memory. The place where it is stored gets no token and may not lead on.
 *
 * @param send how the storage is asked; `fetch` unless in a test
 * @returns the bytes of the zip file
 * @throws UserError when there is not exactly one, when it is too large, or when it cannot be downloaded; what Octokit throws
 */
export async function downloadArtifact(
  { rest }: Octokit,
  { owner, repo }: Place,
  run: FollowedRun,
  send: typeof fetch,
): Promise<Uint8Array> {
  const { data } = await rest.actions.listWorkflowRunArtifacts({ owner, repo, run_id: run.id, name: ARTIFACT, per_page: 100 })
  if (!Array.isArray(data.artifacts)) throw refuseAnswer()
  const artifact = choose(data.artifacts, run.startedAt)
  if (!(artifact.size_in_bytes <= MOST_BYTES)) throw refuse(`It has ${showSize(artifact.size_in_bytes)}; at most ${MOST} are read.`)
  const answer = await rest.actions.downloadArtifact({
    ...{ owner, repo, artifact_id: artifact.id, archive_format: 'zip' },
    request: { redirect: 'manual' },
  })
  const { location } = answer.headers
  if (Number(answer.status) !== 302 || location === undefined) throw refuseAnswer()
  return await readBounded(checkLocation(location), send)
}

/** Runs that are repeated leave one each; the newest attempt's counts, or the newest at all where that attempt made none. */
function choose(artifacts: readonly Artifact[], startedAt: string | null): Artifact {
  const named = artifacts.filter(({ name }) => name === ARTIFACT)
  const kept = named.filter(({ expired }) => !expired)
  if (named.length > 0 && kept.length === 0) throw refuse('It has expired.', 'Run the workflow that renders the pull request again.')
  const time = ({ created_at }: Artifact) => Date.parse(created_at ?? '') || 0
  const since = startedAt === null ? 0 : Date.parse(startedAt)
  const fresh = kept.filter((one) => time(one) >= since)
  if (fresh.length > 1) throw refuse(`The run has ${fresh.length} artifacts of this name, so it cannot be told which one counts.`, UPLOAD)
  const [newest] = fresh.length > 0 ? fresh : kept.toSorted((a, b) => time(b) - time(a))
  if (newest === undefined) throw refuse('The run has no artifact of this name.', UPLOAD)
  return newest
}

function checkLocation(location: string): URL {
  if (isSafeAddress(location)) return new URL(location)
  throw refuse('GitHub refers to a place that is not reached by https.')
}

/** The URL is a credential itself for a minute, so no message shows it. */
async function readBounded(url: URL, send: typeof fetch): Promise<Uint8Array> {
  try {
    const response = await send(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel()
      throw refuse(`The storage at ${url.host} answers ${response.status}.`)
    }
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of response.body) {
      size += chunk.length
      // Leaving the loop ends the download.
      if (size > MOST_BYTES) throw refuse(`The storage at ${url.host} sends more than ${MOST}.`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code = 'no answer' } = ((error as Error).cause ?? {}) as { readonly code?: string }
    throw refuse(`It could not be downloaded from ${url.host} (${(error as Error).name === 'TimeoutError' ? 'it took too long' : code}).`)
  }
}

function refuse(
  message: string,
  remedy = 'Run this job again; if it stays, let the workflow that renders the pull request run again.',
): UserError {
  return new UserError({ message, where: `artifact ${ARTIFACT}`, remedy })
}
