import type { Operations } from './context.ts'
import { ACTIVITY_OPERATIONS } from './serve-activity.ts'
import { ARTIFACT_OPERATIONS } from './serve-artifacts.ts'
import { COMMENT_OPERATIONS } from './serve-comments.ts'
import { ISSUE_OPERATIONS } from './serve-issues.ts'
import { LABEL_OPERATIONS } from './serve-labels.ts'
import { REPOSITORY_OPERATIONS } from './serve-repository.ts'

/** All that is served, but for `rate-limit/get`, which is about the fake and not about the repository. */
export const OPERATIONS: Operations = {
  ...REPOSITORY_OPERATIONS,
  ...ACTIVITY_OPERATIONS,
  ...ARTIFACT_OPERATIONS,
  ...ISSUE_OPERATIONS,
  ...COMMENT_OPERATIONS,
  ...LABEL_OPERATIONS,
}
