import { getAt } from '../../compare/json.ts'
import { isSamePath, overlaps } from '../../compare/same-place.ts'
import { findBuiltInSchema } from '../../compare/schema/built-in.ts'
import type { Finding, Path } from '../../model.ts'
import { findScaler } from '../autoscalers.ts'
import type { Context } from './context.ts'
import type { BothSides } from './together.ts'

/** The finding at the very place of one in the same object. */
export function findAt(path: Path, { object }: Finding, { input }: Context): Finding | undefined {
  return input.findings.find((one) => one.object === object && isSamePath(one.path, path))
}

/** Whether something else of the same object drifted, so that there is another command for it. */
export function hasMore({ id, object }: Finding, { input }: Context): boolean {
  return input.findings.some((one) => one.drift && one.object === object && one.id !== id)
}

/** Whether other elements of the same list are to be taken out or put back as well. */
export function hasNeighbours(path: Path, { object }: Finding, { input }: Context): boolean {
  const list = path.slice(0, -1)
  return input.findings.some(
    (one) =>
      one.object === object &&
      one.change !== 'changed' &&
      one.path.length === path.length &&
      isSamePath(one.path.slice(0, -1), list) &&
      !isSamePath(one.path, path),
  )
}

/** A value that changes from render to render, or that only the pipeline knows: there is nothing to set back to. */
export function isUnsettled(path: Path, { object }: Finding, { desiredOf }: Context): boolean {
  return (desiredOf(object)?.unstable ?? []).some((one) => overlaps(one.path, path))
}

/** Whoever writes one key of an atomic map owns the map, which Git may declare. */
export function isWithinAtomic({ object, path }: Finding, { desired }: BothSides, { input }: Context): boolean {
  let schema = findBuiltInSchema(object) ?? input.findSchema(object)
  for (const [depth, step] of path.entries()) {
    const isWhole = schema !== null && (schema.atomic || (schema.type === 'list' && schema.list.type === 'atomic'))
    if (isWhole && getAt(desired, path.slice(0, depth)) !== undefined) return true
    schema = ('field' in step ? schema?.field(step.field) : schema?.items) ?? null
  }
  return false
}

/** What sets the replicas of the object, such as `HorizontalPodAutoscaler/web`; null for nothing. */
export function nameScaler({ object }: Finding, { input, others }: Context): string | null {
  const { bounds, handMade } = findScaler(input.desired, others, object, input.rules)
  return bounds?.by ?? (handMade === null ? null : `${handMade.ref.kind}/${handMade.ref.name}`)
}
