import type { Which } from './model.ts'

/** Findings that a command can be about. */
export type Choice = {
  /** Ids that the person could see, or that are in force. */
  readonly visible: readonly string[]
  /** Ids that the same command covered before, whether they are still there or not. */
  readonly before: readonly string[]
  /** Ids that count when all 16 digits are given, since that names one and the same value at any time. */
  readonly named: readonly string[]
}
/** A sentence for nothing to choose from, and what names those to choose from. */
export type Words = { readonly none: string; readonly among: string }
/** What a command is about; `matches` are those that the faulty words could mean. */
export type Resolved = { readonly ids: readonly string[]; readonly faults: readonly WhichFault[] }
export type WhichFault = { readonly problem: string; readonly matches: readonly string[] }

/**
 * Finds the ids that a command means. Words that mean none or several are faults, and the others still count: a finding that is
 * gone by the next run must not take the others' acceptance along.
 *
 * @param words for the person; they hold at every later run, too, when what was there may be gone
 */
export function resolveWhich(which: Which, choice: Choice, words: Words): Resolved {
  const { visible, before } = choice
  if (which === 'all') {
    const ids = [...new Set([...visible, ...before])]
    return { ids, faults: ids.length === 0 ? [{ problem: words.none, matches: [] }] : [] }
  }
  if (which === 'only') {
    const only = visible.length === 0 ? before : visible
    if (only.length === 1) return { ids: only, faults: [] }
    const problem = only.length === 0 ? words.none : `It names no id, and there are ${only.length} that it could mean.`
    return { ids: [], faults: [{ problem, matches: only }] }
  }
  const ids = new Set<string>()
  const faults: WhichFault[] = []
  for (const prefix of which) {
    const matches = matchPrefix(prefix, choice)
    if (matches.length === 1 && matches[0] !== undefined) ids.add(matches[0])
    else if (matches.length > 1) faults.push({ problem: `"${prefix}" begins the ids of ${matches.length}.`, matches })
    else faults.push({ problem: `"${prefix}" is the id of none of ${words.among}.`, matches: visible })
  }
  return { ids: [...ids], faults }
}

function matchPrefix(prefix: string, { visible, before, named }: Choice): readonly string[] {
  if ([...visible, ...before, ...named].includes(prefix)) return [prefix]
  const matches = visible.filter((id) => id.startsWith(prefix))
  return matches.length > 0 ? matches : before.filter((id) => id.startsWith(prefix))
}
