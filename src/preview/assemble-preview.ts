import { overlaps } from '../compare/same-place.ts'
import type { Sides } from '../explain/explain.ts'
import type { DesiredObject, Finding, JsonObject, ObjectRef, ObjectView, Preview, PreviewChange } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { viewObject } from '../report/assemble.ts'
import { type RedactionRules, redactFinding, redactObject } from '../report/redact.ts'
import { redactTold } from '../report/redact-told.ts'
import { type Scrubber, scrubStrings } from '../report/scrub.ts'
import { toYaml } from '../report/view.ts'
import { foldChange } from './fold.ts'
import { countProspects, sortChanges, writeHeadline } from './headline.ts'
import type { PlacedChange, PreviewSides } from './model.ts'
import { tellChange } from './tell-change.ts'

export type PreviewInput = {
  readonly sides: PreviewSides
  readonly placed: readonly PlacedChange[]
  readonly kinds: Preview['kinds']
  readonly files: readonly string[]
  readonly against: Preview['against']
}

/** Builds a target's preview from what was placed. Secrets are taken out here, before anything is put into words. */
export function assemblePreview(input: PreviewInput, rules: RedactionRules, scrubber: Scrubber): Preview {
  const find = openSides(input.sides)
  const changes = sortChanges(input.placed.map((placed) => toChange(placed, find(placed.object), rules, scrubber)))
  const lost = input.placed.reduce((sum, placed) => sum + (placed.lost ?? 0), 0)
  return {
    headline: writeHeadline(changes, input.against, { lost, isRemoved: input.sides.head === null }),
    ...{ kinds: input.kinds, files: input.files, against: input.against, changes },
    counts: countProspects(changes),
    views: listViews(input, find, rules),
  }
}

/** An object as both sides declare it, and as it was compared. */
type Both = { readonly base: DesiredObject | undefined; readonly head: DesiredObject | undefined; readonly sides: Sides }
type FindBoth = (ref: ObjectRef) => Both

function openSides({ base, head }: PreviewSides): FindBoth {
  const index = (side: PreviewSides['head']) => new Map((side?.desired ?? []).map((one) => [keyOfRef(one.ref), one]))
  const [before, after] = [index(base), index(head)]
  return (ref) => {
    const both = { base: before.get(keyOfRef(ref)), head: after.get(keyOfRef(ref)) }
    const sidesOf = (side: PreviewSides['head'], one: DesiredObject | undefined) =>
      one === undefined ? undefined : side?.sides.get(one.ref)
    return { ...both, sides: sidesOf(head, both.head) ?? sidesOf(base, both.base) ?? {} }
  }
}

function toChange(placed: PlacedChange, { sides, base, head }: Both, rules: RedactionRules, scrubber: Scrubber): PreviewChange {
  const { prospect, object, ours, contested, confidence, because } = placed
  const redact = (finding: Finding | null, desired: PlacedChange['base']) =>
    finding === null
      ? null
      : redactTold(redactFinding({ ...finding, path: placed.path, desired, live: placed.live }, rules, sides), scrubber)
  const some = placed.will ?? placed.was
  const [was, will] = [redact(placed.was ?? some, placed.base), redact(placed.will ?? some, placed.head)]
  const told = {
    ...{ prospect, object, ours, contested, path: will?.path ?? placed.path },
    ...{ base: was?.desired, head: will?.desired, live: will?.live },
  }
  const conflict = will?.fate?.conflict ?? placed.conflict
  const isRandom = isMadeUp(placed, head) && (!ours || isMadeUp(placed, base))
  const folded = foldChange(placed, isRandom)
  return {
    ...{ ...told, confidence },
    text: tellChange({
      ...told,
      was: placed.was === null ? null : was,
      will: placed.will === null ? null : will,
      because: because === null ? null : scrubber.sentence(because),
    }),
    ...(prospect === 'fails' && conflict !== null && conflict !== undefined ? { conflict: scrubStrings(conflict, scrubber.sentence) } : {}),
    ...(placed.was === null ? {} : { finding: placed.was.id }),
    ...(folded === undefined ? {} : { folded }),
  }
}

/** Whether a side makes the value up with every render: what is new on one side alone is news. */
function isMadeUp({ path }: PlacedChange, side: DesiredObject | undefined): boolean {
  return path.length > 0 && side?.unstable.some((one) => one.why === 'random' && overlaps(one.path, path)) === true
}

/** Each object that the deploy changes: as it will be, and as it is. What the deploy leaves alone stands on both sides. */
function listViews({ sides: { head }, placed }: PreviewInput, find: FindBoth, rules: RedactionRules): readonly ObjectView[] {
  const placedOf = Map.groupBy(placed, ({ object }) => keyOfRef(object))
  const findingsOf = Map.groupBy(head?.findings ?? [], ({ object }) => keyOfRef(object))
  return [...placedOf].flatMap(([key, own]): readonly ObjectView[] => {
    const { base: gone, head: desired } = find((own[0] as PlacedChange).object)
    const whole = own.find(({ path }) => path.length === 0)
    if (whole?.prospect === 'creates' && desired !== undefined)
      return [{ object: desired.ref, desired: show(desired.object, rules), live: '' }]
    if (whole?.prospect === 'deletes') {
      return gone === undefined ? [] : [{ object: gone.ref, desired: '', live: show(gone.object, rules) }]
    }
    if (desired === undefined || head === null) return []
    const stays = new Set(
      own.filter(({ prospect }) => prospect === 'leaves' || prospect === 'unknown').flatMap(({ will }) => (will === null ? [] : [will])),
    )
    const found = findingsOf.get(key) ?? []
    const findings = found.map((finding) => (stays.has(finding) ? { ...finding, desired: finding.live } : finding))
    const declared = head.sides.get(desired.ref)?.desired ?? desired.object
    const views = viewObject(desired.ref, declared, { findings, desired: { objects: [desired] } }, rules)
    return views.filter((view) => view.desired !== view.live)
  })
}

function show(object: JsonObject, rules: RedactionRules): string {
  return toYaml(redactObject(object, rules))
}
