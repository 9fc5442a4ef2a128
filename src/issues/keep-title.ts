import type { TrackedIssue } from './model.ts'

/** The title to give an issue: none where a human gave it one, which stays. */
export function keepTitle({ title, parts }: Pick<TrackedIssue, 'title' | 'parts'>, ours: string): { readonly title?: string } {
  return parts.title !== null && parts.title !== title ? {} : { title: ours }
}
