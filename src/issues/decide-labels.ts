import type { IssueStep, TrackedIssue } from './model.ts'

/** Which labels to put on an issue and which to take off, and which are ours from then on. */
export type LabelChange = {
  readonly add: readonly string[]
  readonly remove: readonly string[]
  readonly owned: readonly string[]
  readonly changed: boolean
}

/**
 * Follows the setting without touching anybody else's labels: one that was added to the setting is put on, one that was
 * taken out of it goes if it was ours. One of ours that a human took off stays off. Case does not matter to GitHub.
 */
export function decideLabels({ labels, parts }: Pick<TrackedIssue, 'labels' | 'parts'>, wanted: readonly string[]): LabelChange {
  const owned = parts.marker?.labels ?? wanted
  const has = (list: readonly string[], label: string) => list.some((one) => one.toLowerCase() === label.toLowerCase())
  const add = wanted.filter((label) => !has(owned, label) && !has(labels, label))
  const remove = owned.filter((label) => !has(wanted, label) && has(labels, label))
  // A label that a human had put on before we wanted it stays theirs.
  const kept = owned.filter((label) => has(wanted, label))
  return { add, remove, owned: [...kept, ...add], changed: add.length + remove.length > 0 }
}

/** The requests for a change of labels. */
export function changeLabels(number: number, { add, remove }: LabelChange): readonly IssueStep[] {
  return [
    ...(add.length === 0 ? [] : [{ type: 'add-labels' as const, number, labels: add }]),
    ...remove.map((label) => ({ type: 'remove-label' as const, number, label })),
  ]
}
