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
/** What a command is about; `matches` are those that the faulty words could mean. */
export type Resolved = { readonly ids: readonly string[]; readonly faults: readonly WhichFault[] }
export type WhichFault = { readonly problem: string; readonly matches: readonly string[] }

/**
 * Finds the ids that a command means. Words that mean none or several are faults, and the others still count: a finding that is
 * gone by the next run must not take the others' acceptance along.
 *
 * @param noun names what there is to choose from: `difference in this issue`
 */
export function resolveWhich(which: Which, choice: Choice, noun: string): Resolved {
  const { visible, before } = choice
  if (which === 'all') {
    const ids = [...new Set([...visible, ...before])]
    return { ids, faults: ids.length === 0 ? [{ problem: `There was no ${noun}.`, matches: [] }] : [] }
  }
  if (which === 'only') {
    const only = visible.length === 0 ? before : visible
    if (only.length === 1) return { ids: only, faults: [] }
    const problem = only.length === 0 ? `There was no ${noun}.` : `It names no id, and there were ${only.length}.`
    return { ids: [], faults: [{ problem, matches: only }] }
  }
  const ids = new Set<string>()
  const faults: WhichFault[] = []
  for (const prefix of which) {
    const matches = matchPrefix(prefix, choice)
    if (matches.length === 1 && matches[0] !== undefined) ids.add(matches[0])
    else if (matches.length > 1) faults.push({ problem: `"${prefix}" begins the ids of ${matches.length}.`, matches })
    else faults.push({ problem: `"${prefix}" is the id of no ${noun}.`, matches: visible })
  }
  return { ids: [...ids], faults }
}

function matchPrefix(prefix: string, { visible, before, named }: Choice): readonly string[] {
  if ([...visible, ...before, ...named].includes(prefix)) return [prefix]
  const matches = visible.filter((id) => id.startsWith(prefix))
  return matches.length > 0 ? matches : before.filter((id) => id.startsWith(prefix))
}
