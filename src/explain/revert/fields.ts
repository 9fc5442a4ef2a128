import { getAt } from '../../compare/json.ts'
import type { Finding, Json, JsonObject, Path, RevertChoice } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { type Context, LONGEST } from './context.ts'
import { type Costs, tellCosts } from './costs.ts'
import { findObstacle } from './immutable.ts'
import { type Op, writePatch } from './json-patch.ts'
import { writeJson } from './json-text.ts'
import { flag, kubectl, nameObject } from './kubectl.ts'
import { tellRemaking } from './object-costs.ts'
import { patchFromRender } from './patch-from-render.ts'
import { findAt, hasMore, hasNeighbours, isUnsettled, isWithinAtomic, nameScaler } from './questions.ts'
import { isServerSide, REVERT_MANAGER, releasePatch } from './release.ts'
import { revertReplicas } from './replicas.ts'
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
  const { guard, ops: guards } = isGuardedByValue ? { guard: guardByValue(finding), ops: tests } : guardByVersion(finding, sides.live)
  const ops = steps.flatMap((step) => step.ops)
  if (ops.length === 0) return { summary: 'It is as Git has it already.' }
  const isOurs = isServerSide(sides.live, input) && (ops.some(({ op }) => op !== 'remove') || isWithinAtomic(finding, sides, context))
  const words = ['--type=json', ...(isOurs ? [flag('field-manager', REVERT_MANAGER)] : []), flag('patch', writePatch([...guards, ...ops]))]
  const command = kubectl(place, ref.namespace, 'patch', nameObject(ref, place.info), ...words)
  if (command.length > LONGEST) return null
  return {
    summary: summarize(finding, paths, isSecret),
    command,
    guard: guard !== GUARDS.value && hasMore(finding, context) ? `${guard} ${AFTER_ANOTHER}` : guard,
    ...costs,
    ...(isOurs ? { release: releasePatch(ref, place) } : {}),
  }
}

const GUARDS = {
  value: 'It refuses if the value has changed since, or stands elsewhere in its list.',
  list: 'It refuses if anything was added to its list or taken out of it since.',
  generation: 'It refuses if anything in its spec has changed since.',
  resourceVersion: 'It refuses if anything in the object has changed since.',
} as const
/** To the API server, what another command of the same report did is a change like any other. */
const AFTER_ANOTHER = 'Another command for the same object counts as a change, too: check again before this one.'

/** Where an element is put in, the names of its whole list are tested, and no value. */
function guardByValue({ change, path }: Finding): string {
  const last = path.at(-1)
  return change === 'removed' && last !== undefined && !('field' in last) ? GUARDS.list : GUARDS.value
}

/** The generation counts every change but those of metadata and status; kinds without one have their version alone. */
function guardByVersion({ path }: Finding, live: JsonObject): { readonly guard: string; readonly ops: readonly Op[] } {
  const [first] = path
  const isMetadata = first !== undefined && 'field' in first && first.field === 'metadata'
  const generation = getAt(live, [{ field: 'metadata' }, { field: 'generation' }])
  const field = typeof generation === 'number' && !isMetadata ? 'generation' : 'resourceVersion'
  const value = getAt(live, [{ field: 'metadata' }, { field }]) ?? null
  return { guard: GUARDS[field], ops: [{ op: 'test', path: `/metadata/${field}`, value }] }
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

function lengthOf(ops: readonly Op[]): number {
  return writeJson(ops as unknown as readonly Json[]).length
}
