import { toPattern } from '../../compare/pattern.ts'
import { findBuiltInSchema } from '../../compare/schema/built-in.ts'
import type { Finding, RevertChoice } from '../../model.ts'
import { formatPath } from '../../path.ts'
import type { Context } from './context.ts'
import type { Costs } from './costs.ts'
import { renderAlone } from './from-render.ts'
import { flag, kubectl, nameObject } from './kubectl.ts'
import { isUnsettled } from './questions.ts'
import { isServerSide, REVERT_MANAGER, releasePatch } from './release.ts'

/** What Git declares in this object, sent as a patch from a render: nothing secret stands in the command. */
export function patchFromRender(finding: Finding, costs: Costs, context: Context): RevertChoice {
  const { object: ref, change, path } = finding
  const { input, place } = context
  const desired = context.desiredOf(ref)
  if (isUnsettled(path, finding, context)) {
    return { summary: `Deploy the release again: Git alone does not settle ${formatPath(path)}.`, ...costs }
  }
  const others = input.findings.filter((one) => one.object === ref && one.change !== 'added')
  const render = desired === undefined || others.length > 1 || change === 'added' ? null : renderAlone(input, desired)
  const why = 'the value is secret or too long for a command'
  if (render === null) return { summary: `Deploy the release again: ${why}.`, ...costs }
  // Lists of custom resources would be replaced as a whole.
  const isBuiltIn = findBuiltInSchema(ref) !== null
  if (!isBuiltIn && toPattern(path).includes('[]')) return { summary: `Deploy the release again: ${why}.`, ...costs }
  const live = context.liveOf(ref) ?? {}
  const isOurs = isServerSide(live, input)
  const words = [
    `--type=${isBuiltIn ? 'strategic' : 'merge'}`,
    ...(isOurs ? [flag('field-manager', REVERT_MANAGER)] : []),
    '--patch-file=/dev/stdin',
  ]
  return {
    summary: `Set back what Git declares in ${ref.kind} ${ref.name}, from a render: ${why}.`,
    command: `${render} | ${kubectl(place, ref.namespace, 'patch', nameObject(ref, place.info), ...words)}`,
    ...costs,
    ...(isOurs ? { release: releasePatch(ref, place) } : {}),
  }
}
