/** What all writers of a report say alike, by topic. Plain text: each writer makes it safe for its own medium. */
export { count } from '../count.ts'
export { describeCause, describeSilence, NEXT_STEP, NOT_A_PERSON, nameObject, nameWriter } from './describe-finding.ts'
export { describeComparison, describeScope } from './describe-scope.ts'
export { describeAge, describeTime, formatDay, formatUtc } from './describe-time.ts'
export { describeIssue, describeRun, describeVerdict, VERDICT_WORDS } from './describe-verdict.ts'
export { describeWaysBack } from './describe-ways-back.ts'
