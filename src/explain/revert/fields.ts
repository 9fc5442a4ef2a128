import { getAt } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import { findBuiltInSchema } from '../../compare/schema/built-in.ts'
import { isSamePath } from '../../compare/walk.ts'
import type { Finding, Json, JsonObject, Path, RevertChoice, UnstablePath } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { findScaler } from '../autoscalers.ts'
import { type Context, LONGEST } from './context.ts'
import { type Costs, tellCosts, tellScaling } from './costs.ts'
import { renderAlone } from './from-render.ts'
import { findObstacle } from './immutable.ts'
import { type Op, writePatch } from './json-patch.ts'
import { writeJson } from './json-text.ts'
import { flag, kubectl, nameObject } from './kubectl.ts'
import { tellRemaking } from './object-costs.ts'
import { isServerSide, REVERT_MANAGER, releasePatch, releaseScale } from './release.ts'
import { type SetBack, setBack } from './set-back.ts'
import { type BothSides, listTogether } from './together.ts'

/** A value that is longer guards by the version of the object, and is no part of a command. */
const LONG_VALUE = 2000

/** How one field is set back, and nothing else. */
export function revertField(finding: Finding, context: Context): RevertChoice {
  const { object: ref, path } = finding
  const live = context.liveOf(ref)
  const desired = context.input.sides.get(ref)?.desired
  if (live === undefined || desired === undefined)
    return { summary: 'Deploy the release again: both sides of this object are not at hand.' }
  const obstacle = findObstacle(finding, live)
  if (obstacle !== null) {
    return {
      summary: `It cannot be set back in place: ${obstacle}. ${ref.kind} ${ref.name} has to be deleted and made again.`,
      costs: tellRemaking(ref),
    }
  }
  const scaled = revertReplicas(finding, live, context)
  if (scaled !== null) return scaled
  const sides = { desired, live }
  const paths = listTogether(path, sides, (at) => findAt(at, finding, context) !== undefined)
  const costs = tellCosts(ref, paths, live, nameScaler(finding, context))
  return patchFields(finding, paths, sides, costs, context) ?? patchFromRender(finding, costs, context)
}

function revertReplicas(finding: Finding, live: JsonObject, context: Context): RevertChoice | null {
  const { object: ref, path, desired } = finding
  if (!/^(Deployment|StatefulSet|ReplicaSet)$/.test(ref.kind) || toPattern(path) !== 'spec.replicas') return null
  const now = getAt(live, path)
  const wanted = desired ?? 1
  if (!Number.isSafeInteger(now) || !Number.isSafeInteger(wanted) || Number(wanted) < 0 || isUnsettled(path, finding, context)) return null
  const words = ['scale', nameObject(ref, context.place.info), `--current-replicas=${now}`, `--replicas=${wanted}`]
  const scaler = nameScaler(finding, context)
  return {
    summary: `Scale it back to ${wanted}.`,
    command: kubectl(context.place, ref.namespace, ...words),
    guard: `It refuses if the replicas are not ${now} any more.`,
    restartsPods: false,
    costs: tellScaling(finding, Number(wanted), scaler),
    ...(isServerSide(live, context.input) && desired !== undefined ? { release: releaseScale(ref, context.place, Number(wanted)) } : {}),
  }
}

/** Null where what would have to stand in the command is secret, too long, or not settled by Git. */
function patchFields(finding: Finding, paths: readonly Path[], sides: BothSides, costs: Costs, context: Context): RevertChoice | null {
  const { place, input } = context
  const { object: ref } = finding
  const steps: SetBack[] = []
  let isSecret = false
  for (const path of paths) {
    const other = findAt(path, finding, context)
    const wanted = other === undefined ? getAt(sides.desired, path) : other.desired
    const seen = other === undefined ? undefined : other.live
    const step = setBack(path, wanted, seen, sides, hasNeighbours(path, finding, context))
    const secret = input.isSecret({ object: ref, path, desired: wanted, live: seen ?? getAt(sides.live, path) })
    if (step.writes !== undefined && (secret || isUnsettled(path, finding, context))) return null
    isSecret ||= secret
    steps.push(step)
  }
  const tests = steps.flatMap((step) => step.tests ?? [])
  const isGuardedByValue = !isSecret && steps.every((step) => step.tests !== null) && lengthOf(tests) < LONG_VALUE
  const { guard, ops: guards } = isGuardedByValue ? { guard: GUARDS.value, ops: tests } : guardByVersion(finding, sides.live)
  const ops = steps.flatMap((step) => step.ops)
  if (ops.length === 0) return { summary: 'It is as Git has it already.' }
  const isOurs = isServerSide(sides.live, input) && (ops.some(({ op }) => op !== 'remove') || isWithinAtomic(finding, sides, context))
  const words = ['--type=json', ...(isOurs ? [flag('field-manager', REVERT_MANAGER)] : []), flag('patch', writePatch([...guards, ...ops]))]
  const command = kubectl(place, ref.namespace, 'patch', nameObject(ref, place.info), ...words)
  if (command.length > LONGEST) return null
  return {
    summary: summarize(finding, paths, isSecret),
    command,
    guard,
    ...costs,
    ...(isOurs ? { release: releasePatch(ref, place) } : {}),
  }
}

const GUARDS = {
  value: 'It refuses if the value has changed since, or stands elsewhere in its list.',
  generation: 'It refuses if anything in its spec has changed since.',
  resourceVersion: 'It refuses if anything in the object has changed since.',
} as const

/** The generation counts every change but those of metadata and status; kinds without one have their version alone. */
function guardByVersion({ path }: Finding, live: JsonObject): { readonly guard: string; readonly ops: readonly Op[] } {
  const [first] = path
  const isMetadata = first !== undefined && 'field' in first && first.field === 'metadata'
  const generation = getAt(live, [{ field: 'metadata' }, { field: 'generation' }])
  const field = typeof generation === 'number' && !isMetadata ? 'generation' : 'resourceVersion'
  const value = getAt(live, [{ field: 'metadata' }, { field }]) ?? null
  return { guard: GUARDS[field], ops: [{ op: 'test', path: `/metadata/${field}`, value }] }
}

/** What Git declares in this object, sent as a patch from a render: nothing secret stands in the command. */
function patchFromRender(finding: Finding, costs: Costs, context: Context): RevertChoice {
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

function summarize({ change, desired, path, object }: Finding, paths: readonly Path[], isSecret: boolean): string {
  const place = paths.map(formatPath).join(' and ')
  const where = `${place} of ${object.kind} ${object.name}`
  if (paths.length > 1) return `Set ${where} back, which only go together.`
  if (change === 'added') return `Take ${where} out.`
  if (change === 'removed') return `Put ${where} back as Git has it.`
  const text = desired === undefined || isSecret || path.length === 0 ? '' : writeJson(desired)
  return text === '' || text.length > 60 ? `Set ${where} back to what Git has.` : `Set ${where} back to ${text}.`
}

/** The finding at the very place of one in the same object. */
function findAt(path: Path, { object }: Finding, { input }: Context): Finding | undefined {
  return input.findings.find((one) => one.object === object && isSamePath(one.path, path))
}

/** Whether other elements of the same list are to be taken out as well. */
function hasNeighbours(path: Path, { object }: Finding, { input }: Context): boolean {
  const list = path.slice(0, -1)
  return input.findings.some(
    (one) =>
      one.object === object &&
      one.change === 'added' &&
      one.path.length === path.length &&
      isSamePath(one.path.slice(0, -1), list) &&
      !isSamePath(one.path, path),
  )
}

/** A value that changes from render to render, or that only the pipeline knows: there is nothing to set back to. */
function isUnsettled(path: Path, { object }: Finding, { desiredOf }: Context): boolean {
  const within = ({ path: other }: UnstablePath) => {
    const length = Math.min(path.length, other.length)
    return isSamePath(path.slice(0, length), other.slice(0, length))
  }
  return (desiredOf(object)?.unstable ?? []).some(within)
}

/** Whoever writes one key of an atomic map owns the map, which Git may declare. */
function isWithinAtomic({ object, path }: Finding, { desired }: BothSides, { input }: Context): boolean {
  let schema = findBuiltInSchema(object) ?? input.findSchema(object)
  for (const [depth, step] of path.entries()) {
    const isWhole = schema !== null && (schema.atomic || (schema.type === 'list' && schema.list.type === 'atomic'))
    if (isWhole && getAt(desired, path.slice(0, depth)) !== undefined) return true
    schema = ('field' in step ? schema?.field(step.field) : schema?.items) ?? null
  }
  return false
}

function nameScaler({ object }: Finding, { input, others }: Context): string | null {
  const { bounds, handMade } = findScaler(input.desired, others, object, input.rules)
  return bounds?.by ?? (handMade === null ? null : `${handMade.ref.kind}/${handMade.ref.name}`)
}

function lengthOf(ops: readonly Op[]): number {
  return writeJson(ops as unknown as readonly Json[]).length
}
