import { explainRefusal, RefusalError } from '../github/refusal.ts'
import type { NewIssue } from '../github/tracker.ts'
import { closeDuplicate } from '../issues/decide-target.ts'
import type { TrackedIssue } from '../issues/model.ts'
import type { Hands } from './carry-out.ts'

/** How long GitHub's lists may lag behind its writes, in tries: 1, 2, 4 and 8 seconds apart. */
const LOOKS = 4

type Created = { readonly number: number; readonly url: string; readonly parts?: never }
export type Filed = { readonly number: number; readonly url: string; readonly remarks: readonly string[] }

/**
 * Files an issue so that there is one in the end. A request without an answer is looked up and never sent again blindly;
 * afterwards the list is read, and if another run has filed for the same target at the same time, the younger gives way.
 *
 * @param target null for the detector's issue
 * @throws RefusalError also where it could not be found out whether it was filed
 */
export async function fileOnce(issue: NewIssue, target: string | null, hands: Hands): Promise<Filed> {
  const { created, remarks } = await create(issue, target, hands)
  const twins = await findTwins(target, created.number, hands)
  const all: readonly (TrackedIssue | Created)[] = [created, ...twins.filter(({ number }) => number !== created.number)]
  const [kept = created, ...younger] = all.toSorted((a, b) => a.number - b.number)
  for (const twin of younger) {
    for (const step of closeDuplicate(twin, kept.number)) {
      await hands.tracker.editIssue(twin.number, { body: step.body, state: 'closed', state_reason: 'duplicate' })
    }
  }
  const told = younger.length === 0 ? [] : [`another run had filed at the same time; #${kept.number} stays.`]
  return { number: kept.number, url: kept.url, remarks: [...remarks, ...told] }
}

async function create(issue: NewIssue, target: string | null, hands: Hands) {
  try {
    return { created: await hands.tracker.createIssue(issue), remarks: [] }
  } catch (error) {
    const refusal = explainRefusal(error)
    // A refusal is certain: nothing was filed, so it may be sent again without what was refused.
    if (refusal.kind === 'invalid' && issue.assignees.length > 0 && /assignee/i.test(refusal.message)) {
      const remark = `GitHub refused the assignees (${issue.assignees.join(', ')}), so nobody is assigned.`
      return { created: await hands.tracker.createIssue({ ...issue, assignees: [] }), remarks: [remark] }
    }
    if (refusal.kind !== 'unsure') throw error
    for (let look = 0; look < LOOKS; look++) {
      await hands.sleep(1000 * 2 ** look)
      // Whatever broke the first request may break these, too.
      const [found] = await listTwins(target, hands).catch(() => [])
      if (found !== undefined) return { created: found, remarks: ['GitHub did not answer, but had filed it.'] }
    }
    const message = `${refusal.message}; whether the issue was filed is not known, the next run will look`
    throw new RefusalError({ ...refusal, message })
  }
}

/** Reads the list until it shows our own issue: then it shows what was filed before it, too. */
async function findTwins(target: string | null, own: number, hands: Hands): Promise<readonly TrackedIssue[]> {
  for (let look = 0; look < LOOKS; look++) {
    const twins = await listTwins(target, hands).catch(() => null)
    // Not worth failing for: the next run sees both, and closes one.
    if (twins === null) return []
    if (twins.some(({ number }) => number === own)) return twins
    await hands.sleep(1000 * 2 ** look)
  }
  return []
}

async function listTwins(target: string | null, { tracker, self }: Hands): Promise<readonly TrackedIssue[]> {
  const { issues } = await tracker.listIssues(self, { state: 'open', creator: self })
  const isTwin = ({ parts: { identity } }: TrackedIssue) => (identity.kind === 'drift' ? identity.target === target : target === null)
  return issues.filter(isTwin).toSorted((a, b) => a.number - b.number)
}
