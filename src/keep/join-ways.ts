import { nameValue } from '../compare/name-value.ts'
import type { Finding, Json, Ways } from '../model.ts'
import type { KeepTools } from './keep-tools.ts'
import type { Operation } from './operations.ts'
import { makePatch } from './patch.ts'
import type { Tried, TryEdit } from './try-edit.ts'

/** A finding with the edit by which it can be kept. */
export type Kept = { readonly finding: Finding; readonly tried: Tried }
/** A finding that cannot be kept, and why. */
export type Left = Ways['keep']['leaves'][number]

const SIDE_EFFECTS = 'Its edit changes other places as well, so it is left out of the patch for all.'

/**
 * One patch for all findings that can be kept, rendered with before it is offered. What would change other places as well
 * is left out of it: that is for a person to decide.
 */
export async function joinWays(tools: KeepTools, tryEdit: TryEdit, kept: readonly Kept[], left: readonly Left[]): Promise<Ways['keep']> {
  const total = kept.length + left.length
  const clean = kept.filter(({ tried }) => tried.sideEffects.length === 0)
  const aside = kept.filter((one) => !clean.includes(one)).map(({ finding }): Left => ({ finding: finding.id, why: SIDE_EFFECTS }))
  const joined = clean.length === 0 ? null : await proveAll(tools, tryEdit, clean)
  const covers = joined?.covers ?? []
  return {
    summary: sumUp(covers.length, total),
    patch: joined?.patch ?? null,
    covers,
    leaves: [...(joined?.leaves ?? []), ...aside, ...left],
  }
}

type Joined = Pick<Ways['keep'], 'patch' | 'covers' | 'leaves'>

async function proveAll(tools: KeepTools, tryEdit: TryEdit, kept: readonly Kept[]): Promise<Joined> {
  const operations = new Map<string, Operation>()
  for (const { tried } of kept) for (const one of tried.operations) operations.set(nameValue(one as unknown as Json), one)
  const ids = kept.map(({ finding }) => finding.id)
  const leaveAll = (why: string): Joined => ({ patch: null, covers: [], leaves: ids.map((finding) => ({ finding, why })) })
  const tried = await tryEdit([...operations.values()])
  if ('failure' in tried) return leaveAll(`Its own patch does; together with the others it does not: ${tried.failure}.`)
  if (tried.sideEffects.length > 0) return leaveAll('Its own patch does; together with the others it changes other places as well.')
  const patch = makePatch(tools.files, tried.edited, tools.workspace)
  if (patch === null) return leaveAll('Its own patch does; a patch for all would show lines that may hold a secret.')
  const [covers, others] = [ids.filter((id) => tried.gone.includes(id)), ids.filter((id) => !tried.gone.includes(id))]
  return { patch, covers, leaves: others.map((finding) => ({ finding, why: 'Its own patch does; together with the others it does not.' })) }
}

/** How much of the drift the patch for all keeps. */
export function sumUp(covered: number, total: number): string {
  if (covered === 0)
    return total === 0 ? 'There is nothing to keep.' : 'No patch keeps any of these changes by itself; what can be done is said for each.'
  return covered === total ? 'One patch keeps all of these changes.' : `One patch keeps ${covered} of ${total} changes.`
}
