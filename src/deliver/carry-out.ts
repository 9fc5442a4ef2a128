import { isSelf } from '../github/is-self.ts'
import { explainRefusal, type Refusal } from '../github/refusal.ts'
import type { Tracker } from '../github/tracker.ts'
import type { IssueDecision, IssueStep } from '../issues/model.ts'
import { fileOnce } from './file-once.ts'
import { refreshEdit } from './refresh-edit.ts'

/** What became of a decision. */
export type Outcome = {
  readonly decision: IssueDecision
  readonly issue: IssueDecision['issue']
  /** Null where everything was done. */
  readonly refusal: Refusal | null
  /** What was done otherwise than decided, as sentences. */
  readonly remarks: readonly string[]
}
export type Hands = {
  readonly tracker: Tracker
  /** Our own login. */
  readonly self: string
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** After one of these nothing else will work either, and trying on would only make it worse. */
const HOPELESS: readonly Refusal['kind'][] = ['unauthorized', 'forbidden', 'limited']

/**
 * Carries out decisions, one request after the other. The steps of one issue stop at the first that fails; what could not
 * be done is told, and found again by the next run.
 */
export async function carryOut(decisions: readonly IssueDecision[], hands: Hands): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let hopeless: Refusal | null = null
  for (const decision of decisions) {
    const outcome: Outcome =
      hopeless !== null && decision.steps.length > 0
        ? { decision, issue: decision.issue, refusal: hopeless, remarks: [] }
        : await carryOutOne(decision, hands)
    outcomes.push(outcome)
    if (outcome.refusal !== null && HOPELESS.includes(outcome.refusal.kind)) hopeless = outcome.refusal
  }
  return outcomes
}

async function carryOutOne(decision: IssueDecision, hands: Hands): Promise<Outcome> {
  let { issue } = decision
  const remarks: string[] = []
  try {
    for (const step of decision.steps) {
      if (step.type === 'file') {
        const filed = await fileOnce(step, decision.target, hands)
        issue = { number: filed.number, url: filed.url }
        remarks.push(...filed.remarks)
      } else {
        await takeStep(step, hands)
      }
    }
    return { decision, issue, refusal: null, remarks }
  } catch (error) {
    return { decision, issue, refusal: explainRefusal(error), remarks }
  }
}

async function takeStep(step: Exclude<IssueStep, { type: 'file' }>, { tracker, self, sleep }: Hands): Promise<void> {
  switch (step.type) {
    case 'comment':
      return commentOnce(step, { tracker, self, sleep })
    case 'edit': {
      const fresh = await refreshEdit(step, { tracker, self })
      if (fresh === null) return
      const { number, title, body, state } = fresh
      const edit = {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { body }),
        ...(state === undefined ? {} : state === 'open' ? { state } : { state: 'closed' as const, state_reason: state }),
      }
      return again(() => tracker.editIssue(number, edit), sleep)
    }
    case 'add-labels':
      return again(() => tracker.addLabels(step.number, step.labels), sleep)
    case 'remove-label':
      return again(() => tracker.removeLabel(step.number, step.label), sleep)
  }
}

/** Done twice is the same as done once here, so a request without an answer is sent once more. */
export async function again(request: () => Promise<void>, sleep: Hands['sleep']): Promise<void> {
  try {
    await request()
  } catch (error) {
    if (explainRefusal(error).kind !== 'unsure') throw error
    await sleep(2000)
    await request()
  }
}

/**
 * A comment that is our newest already is not made again: a run that was stopped after it left the rest to this one. So, too,
 * where a request had no answer.
 */
async function commentOnce(
  { number, body }: { readonly number: number; readonly body: string },
  { tracker, self, sleep }: Hands,
): Promise<void> {
  const isThere = async () => {
    const { comments } = await tracker.listComments(number)
    return comments.findLast(({ author }) => isSelf(author, self))?.body.trim() === body.trim()
  }
  if (await isThere()) return
  try {
    await tracker.createComment(number, body)
  } catch (error) {
    if (explainRefusal(error).kind !== 'unsure') throw error
    await sleep(2000)
    if (!(await isThere())) await tracker.createComment(number, body)
  }
}
