import { isSelf } from '../github/is-self.ts'
import { explainRefusal } from '../github/refusal.ts'
import { readPreviewMarker, saySame } from '../report/preview/marker.ts'
import type { IssueComment } from '../triage/model.ts'
import { again, type Hands } from './carry-out.ts'

/** What a pull request's comment is to say. */
export type WantedComment = {
  /** The pull request. */
  readonly number: number
  readonly key: string
  /** The run that says so; null where that is not known. */
  readonly run: number | null
  /** With its mark. */
  readonly text: string
  /** Whether it only says that there is nothing left to say: then none is made for it. */
  readonly nothing: boolean
}
export type CommentNews = {
  readonly action: 'none' | 'created' | 'updated' | 'unchanged' | 'left-alone'
  /** The comment; null where there is none. */
  readonly url: string | null
  /** A sentence that says why. */
  readonly why: string
}
type Ours = Pick<IssueComment, 'id' | 'url' | 'body'> & { readonly run: number }

/** How often the list is read again where it lags behind: 1, 2 and 4 seconds apart. */
const LOOKS = 3

/**
 * Keeps one comment of ours on a pull request: makes it, edits it where it says something else, and leaves it alone where a
 * newer run has written it. Where two runs have made one each, the older comment stays, and the other is deleted.
 *
 * @param dryRun tells what would be done and does nothing
 * @throws RefusalError where GitHub does not let it
 */
export async function keepComment(wanted: WantedComment, hands: Hands, dryRun: boolean): Promise<CommentNews> {
  const { ours, complete } = await listOurs(wanted, hands)
  const [kept] = ours
  if (kept === undefined) return makeFirst(wanted, hands, { complete, dryRun })
  if (isOlder(wanted, ours)) {
    return { action: 'left-alone', url: kept.url, why: 'a newer run has written it.' }
  }
  const same = saySame(kept.body, wanted.text)
  if (same && ours.length === 1) return { action: 'unchanged', url: kept.url, why: 'it says the same already.' }
  if (dryRun) return { action: 'unchanged', url: kept.url, why: 'this is a dry run; otherwise it would be brought up to date.' }
  if (!same) {
    const edited = await edit(kept, wanted, hands)
    if (!edited) return makeFirst(wanted, hands, { complete, dryRun })
  }
  await deleteTwins(ours.slice(1), hands)
  return {
    action: 'updated',
    url: kept.url,
    why: wanted.nothing ? 'nothing concerns the cluster any more.' : 'it says what this run found.',
  }
}

type FirstOptions = { readonly complete: boolean; readonly dryRun: boolean }

async function makeFirst(wanted: WantedComment, hands: Hands, { complete, dryRun }: FirstOptions): Promise<CommentNews> {
  if (wanted.nothing) return { action: 'none', url: null, why: 'nothing concerns the cluster.' }
  if (!complete) {
    return { action: 'none', url: null, why: 'the pull request has more than 1,000 comments, so ours cannot be told for sure.' }
  }
  if (dryRun) return { action: 'none', url: null, why: 'this is a dry run; otherwise it would be made.' }
  const created = await createOnce(wanted, hands)
  return settle(created, wanted, hands)
}

/** A request without an answer may have been done: the list is read before it is sent once more. */
async function createOnce(wanted: WantedComment, hands: Hands): Promise<Pick<Ours, 'id' | 'url'>> {
  const { tracker, sleep } = hands
  try {
    return await tracker.createComment(wanted.number, wanted.text)
  } catch (error) {
    if (explainRefusal(error).kind !== 'unsure') throw error
    for (let look = 0; look < LOOKS; look++) {
      await sleep(1000 * 2 ** look)
      // Whatever broke the first request may break these, too.
      const { ours } = await listOurs(wanted, hands).catch(() => ({ ours: [] }))
      const found = ours.find(({ run }) => run === (wanted.run ?? 0))
      if (found !== undefined) return found
    }
    return tracker.createComment(wanted.number, wanted.text)
  }
}

/** Looks whether another run has made one at the same time: the older comment stays, with what the newer run says. */
async function settle(created: Pick<Ours, 'id' | 'url'>, wanted: WantedComment, hands: Hands): Promise<CommentNews> {
  const ours = await readWithOwn(created.id, wanted, hands)
  const [kept = created, ...younger] = ours
  if (kept.id === created.id) {
    // One of a newer run is that run's own to clear away, once it has put its text here.
    const older = younger.filter(({ run }) => run <= (wanted.run ?? 0))
    await deleteTwins(older, hands)
    return { action: 'created', url: created.url, why: 'there was none yet.' }
  }
  if (!isOlder(wanted, ours)) await edit(kept, wanted, hands)
  await deleteTwins([created], hands)
  return { action: 'updated', url: kept.url, why: 'another run had made one at the same time.' }
}

/** Reads the list until it shows our own comment: then it shows what was made before it, too. */
async function readWithOwn(id: number, wanted: WantedComment, hands: Hands): Promise<readonly Ours[]> {
  for (let look = 0; look < LOOKS; look++) {
    // Not worth failing for: the next run sees both, and deletes one.
    const { ours } = await listOurs(wanted, hands).catch(() => ({ ours: null }))
    if (ours === null) return []
    if (ours.some((one) => one.id === id)) return ours
    await hands.sleep(1000 * 2 ** look)
  }
  return []
}

/** @returns false where it was deleted meanwhile */
async function edit({ id }: Pick<Ours, 'id'>, { text }: WantedComment, { tracker, sleep }: Hands): Promise<boolean> {
  try {
    await again(() => tracker.editComment(id, text), sleep)
    return true
  } catch (error) {
    if (['not-found', 'gone'].includes(explainRefusal(error).kind)) return false
    throw error
  }
}

/** What cannot be deleted now is found again by the next run. */
async function deleteTwins(twins: readonly Pick<Ours, 'id'>[], { tracker }: Hands): Promise<void> {
  for (const { id } of twins) await tracker.deleteComment(id).catch(() => undefined)
}

function isOlder({ run }: WantedComment, ours: readonly Ours[]): boolean {
  return run !== null && ours.some((one) => one.run > run)
}

/** Ours by author and mark, the oldest first. */
async function listOurs({ number, key }: WantedComment, { tracker, self }: Hands) {
  const { comments, complete } = await tracker.listComments(number)
  const ours = comments.flatMap(({ id, url, author, body }): readonly Ours[] => {
    const marker = isSelf(author, self) ? readPreviewMarker(body) : null
    return marker?.key === key ? [{ id, url, body, run: marker.run }] : []
  })
  return { ours: ours.toSorted((a, b) => a.id - b.id), complete }
}
