import { readManagedFields } from '../../compare/managed-fields.ts'
import { overlaps } from '../../compare/same-place.ts'
import { ANY } from '../../compare/schema/any.ts'
import { findBuiltInSchema } from '../../compare/schema/built-in.ts'
import type { Delivery, DesiredObject, Fate, Finding, JsonObject, Note, ObjectRef } from '../../model.ts'
import { keyOfRef } from '../../refs.ts'
import type { DecisionInput } from '../decision-input.ts'
import { choosePreparation } from '../helm-marks.ts'
import { formatRefusedObject } from './conflict-text.ts'
import { adaptToGitOps, judgeUnknown } from './gitops.ts'
import { judgeField } from './judge-field.ts'
import { judgeExtra, judgeMissing, LEFT_ALONE } from './judge-object.ts'
import { listStops, noteLatent, type Stop } from './latent.ts'
import type { Conflict, Method, Scene } from './model.ts'
import { foreseeObject } from './outlook.ts'

/** What the next deploy does: every finding with its `fate`, and what a later deploy may trip over. */
export type Foretold = {
  readonly findings: readonly Finding[]
  readonly notes: readonly Note[]
  /** For each object that a server-side deploy fails on: Helm 4's message about it, word by word. */
  readonly messages: readonly RefusedObject[]
  /** Where a server-side deploy fails though nothing is found there. */
  readonly stops: readonly Stop[]
}
/** `certain` is false where the chart makes a value up, and may look up the live one instead. */
export type RefusedObject = { readonly object: ObjectRef; readonly text: string; readonly certain: boolean }

/** Tells the fate of every finding, by the way in which the release was last applied. */
export function foretellFates(input: DecisionInput): Foretold {
  const delivery = chooseDelivery(input)
  switch (delivery) {
    case 'helm-client-side':
    case 'helm-server-side':
      return foretellBy(delivery === 'helm-client-side' ? 'client-side' : 'server-side', input)
    case 'argocd':
    case 'flux': {
      const { findings } = foretellBy('client-side', input)
      return { findings: findings.map((finding) => adapt(finding, delivery)), notes: [], messages: [], stops: [] }
    }
    default:
      return {
        findings: input.findings.map((finding) => ({ ...finding, fate: judgeUnknown(delivery) })),
        notes: [],
        messages: [],
        stops: [],
      }
  }
}

/** Helm goes by its own record, where that could be read; entries of managedFields move only with a change. */
function chooseDelivery({ delivery, record }: DecisionInput): Delivery {
  return delivery.startsWith('helm-') ? (record?.delivery ?? delivery) : delivery
}

function adapt(finding: Finding, delivery: Extract<Delivery, 'argocd' | 'flux'>): Finding {
  return finding.fate === undefined ? finding : { ...finding, fate: adaptToGitOps(finding.fate, finding, delivery) }
}

/** Tells the fates for one of Helm's two methods, whichever the release was last applied by. */
export function foretellBy(method: Method, input: DecisionInput): Foretold {
  const findingsOf = Map.groupBy(input.findings, ({ object }) => keyOfRef(object))
  const fates = new Map<Finding, Fate>()
  const notes: Note[] = []
  const messages: RefusedObject[] = []
  const stops: Stop[] = []
  for (const [index, wanted] of input.desired.entries()) {
    const reading = input.live.readings[index]?.reading
    const findings = findingsOf.get(keyOfRef(wanted.ref)) ?? []
    if (reading?.outcome !== 'found') continue
    if (method === 'client-side' && findings.length === 0) continue
    const scene = setScene(wanted, reading.object, input)
    const outlook = foreseeObject(method, scene)
    for (const finding of findings) {
      fates.set(finding, wanted.fromCrds ? LEFT_ALONE : judgeField(finding, scene, outlook, method, reading.object))
    }
    if (method === 'client-side' || wanted.fromCrds) continue
    for (const stop of listStops(scene, outlook, findings)) stops.push(stop)
    for (const note of noteLatent(scene, outlook, findings, input.rules)) notes.push(note)
    if (outlook.conflicts.length > 0) messages.push(refuse(wanted, outlook.conflicts))
  }
  const wantedOf = new Map(input.desired.map((wanted) => [keyOfRef(wanted.ref), wanted]))
  const judge = (finding: Finding): Fate => {
    const known = fates.get(finding)
    if (known !== undefined) return known
    if (finding.change === 'extra-object') return judgeExtra(finding, input)
    return judgeMissing(finding, wantedOf.get(keyOfRef(finding.object)))
  }
  return { findings: input.findings.map((finding) => ({ ...finding, fate: judge(finding) })), notes, messages, stops }
}

function refuse({ ref, unstable }: DesiredObject, conflicts: readonly Conflict[]): RefusedObject {
  const certain = !conflicts.some((conflict) => unstable.some(({ path }) => overlaps(path, conflict.path)))
  return { object: ref, text: formatRefusedObject(ref, conflicts), certain }
}

function setScene(wanted: DesiredObject, read: JsonObject, input: DecisionInput): Scene {
  const { ref } = wanted
  const sides = input.sides.get(ref)
  const live = sides?.live ?? read
  const prepare = choosePreparation(input.target, wanted, live, input.delivery)
  const rendered = input.record?.rendered[0]
  const last = rendered?.get(keyOfRef(ref))
  return {
    wanted,
    desired: sides?.desired ?? prepare(wanted.object),
    live,
    last: rendered === undefined ? null : last,
    entries: readManagedFields(read),
    schema: findBuiltInSchema(ref) ?? input.findSchema(ref) ?? ANY,
  }
}
