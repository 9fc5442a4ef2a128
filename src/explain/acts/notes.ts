import type { Finding, Note } from '../../model.ts'

/** Says what was searched for in the audit log where nobody was found. One note for each act. */
export function noteNobodyFound(
  clues: readonly { readonly finding: Finding; readonly people: readonly unknown[]; readonly time: string | null }[],
  since: string | null,
): readonly Note[] {
  const nameless = clues.filter(({ people }) => people.length === 0)
  const [first] = nameless
  if (first === undefined) return []
  const { object, evidence } = first.finding
  const more = nameless.length === 1 ? '' : ` and ${nameless.length - 1} more`
  const what =
    evidence.manager === null
      ? 'a change'
      : `a change by ${evidence.manager}${evidence.subresource === null ? '' : ` (${evidence.subresource})`}`
  const when = first.time === null ? (since === null ? '' : ` since ${since}`) : ` at ${first.time} or within two minutes of it`
  const message = `The audit log has no successful write to ${object.kind}/${object.name}${more} that fits ${what}${when}. It may begin later, leave such requests out by its policy, or be another cluster’s.`
  return [{ kind: 'audit-log-no-match', object, message }]
}
