import type { Finding, KeepChoice, Ways } from '../model.ts'
import type { KeepTools } from './keep-tools.ts'
import type { Operation } from './operations.ts'
import { makePatch } from './patch.ts'
import type { Tried, TryEdit } from './try-edit.ts'

/** A finding with the edit by which it can be kept. */
export type Kept = { readonly finding: Finding; readonly tried: Tried; readonly choice: KeepChoice }

/**
 * One patch for all findings that can be kept, rendered with before it is offered. What would change other places as well
 * is left out of it: that is for a person to decide.
 */
export async function joinWays(tools: KeepTools, tryEdit: TryEdit, kept: readonly Kept[]): Promise<Ways['keep']> {
  const leaves: { finding: string; why: string }[] = []
  const operations: Operation[] = []
  const wanted: string[] = []
  for (const { finding, tried, choice } of kept) {
    const why = choice.patch === undefined ? choice.summary : tried.sideEffects.length > 0 ? 'Its edit changes other places as well.' : null
    if (why !== null) {
      leaves.push({ finding: finding.id, why })
      continue
    }
    wanted.push(finding.id)
    for (const operation of tried.operations) {
      if (!operations.some((other) => JSON.stringify(print(other)) === JSON.stringify(print(operation)))) operations.push(operation)
    }
  }
  const joined = wanted.length === 0 ? null : await proveAll(tools, tryEdit, operations, wanted)
  if (joined === null || 'why' in joined) {
    const why = joined?.why ?? ''
    return {
      summary: sumUp(0, kept.length + 0),
      patch: null,
      covers: [],
      leaves: [...leaves, ...wanted.map((finding) => ({ finding, why }))],
    }
  }
  return {
    summary: sumUp(joined.covers.length, kept.length),
    patch: joined.patch,
    covers: joined.covers,
    leaves: [...leaves, ...joined.leaves],
  }
}

function print(operation: Operation): unknown {
  return {
    ...operation,
    value:
      'value' in operation
        ? String(JSON.stringify(operation.value, (_name, value) => (typeof value === 'bigint' ? `${value}n` : value)))
        : null,
  }
}

async function proveAll(tools: KeepTools, tryEdit: TryEdit, operations: readonly Operation[], wanted: readonly string[]) {
  const tried = await tryEdit(operations)
  if ('failure' in tried) return { why: `All edits together do not do: ${tried.failure}.` }
  const { gone, sideEffects, edited } = tried
  if (sideEffects.length > 0) return { why: 'All edits together change other places as well; each alone does not.' }
  return {
    patch: makePatch(tools.files, edited, tools.workspace),
    covers: wanted.filter((id) => gone.includes(id)),
    leaves: wanted
      .filter((id) => !gone.includes(id))
      .map((finding) => ({ finding, why: 'Together with the others its edit does not do.' })),
  }
}

function sumUp(covered: number, kept: number): string {
  return covered === 0
    ? 'None of the changes can be kept by a change of values alone.'
    : `${covered} of ${kept} can be kept by a change of values.`
}
