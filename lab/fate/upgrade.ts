import type { Foretold } from '../../src/explain/fate/foretell.ts'
import type { Finding, JsonObject, ObjectRef } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { keyOfRef } from '../../src/refs.ts'
import type { Kube } from '../kube.ts'
import { type Release, upgradeRelease } from '../release.ts'
import { waitUntilQuiet } from '../settle.ts'
import { judgeByValues } from './judge.ts'
import type { FateResult, JudgedFinding } from './model.ts'
import { isAbout, splitMessage } from './read-message.ts'

/** What an upgrade is made and judged with. */
export type Upgrade = {
  readonly release: Release
  readonly flags: readonly string[]
  readonly kube: Kube
  readonly refs: readonly ObjectRef[]
  /** The live objects before the edits, by `keyOfRef`. */
  readonly originals: ReadonlyMap<string, JsonObject>
  readonly isUnstable: (finding: Finding) => boolean
  readonly seconds: number
}

/**
 * Makes the upgrade. Where it fails, its message must be the foretold one; then it is made again, with the conflicts
 * forced and the objects that the API server refuses set back as they were, to see what becomes of all else.
 */
export async function judgeUpgrade(
  foretold: Foretold,
  upgrade: Upgrade,
): Promise<Pick<FateResult, 'judged' | 'unjudged' | 'wrongMessages' | 'rightMessages'>> {
  const { release, flags, kube, refs, seconds } = upgrade
  const objects = foretold.findings.map(({ object }) => object)
  const before = await readAll(objects, kube)
  const message = await upgradeRelease(release, flags, seconds)
  const parts = message === null ? [] : splitMessage(message)
  const { setBackKeys, later } = message === null ? NOTHING_LATER : await upgradeAnyway(objects, parts, upgrade)
  await waitUntilQuiet(kube, refs, { quiet: 800, most: 4000 })
  const after = await readAll(objects, kube)
  const judge = (finding: Finding): readonly JudgedFinding[] => {
    const { object, path, change, cause, fate } = finding
    if (fate === undefined) throw new Error('a finding without a fate')
    const told = { object, path: formatPath(path), change, cause, fate }
    if (fate.next === 'unknown') return []
    if (fate.next === 'none') {
      const { actual, saw } = judgeByValues(finding, timesOf(object), upgrade.isUnstable(finding))
      return [{ ...told, actual: actual === 'kept' ? 'none' : actual, saw }]
    }
    const own = parts.filter((part) => isAbout(part, object))
    if (fate.next === 'blocks-deploy') {
      // A conflict hides what is refused behind it: that shows when the conflicts are forced.
      const all = [...own, ...later.filter((part) => isAbout(part, object))]
      const lines = (fate.conflict ?? '').split('\n')
      const isThere = all.some((part) => lines.every((line) => part.includes(line)))
      return [{ ...told, actual: isThere ? 'blocks-deploy' : 'otherwise', saw: all.join(' && ') || 'no failure' }]
    }
    // What is refused fails as a whole, and was set back: nothing can be seen of its other findings.
    if (setBackKeys.has(keyOfRef(object))) return []
    const { actual, saw } = judgeByValues(finding, timesOf(object), upgrade.isUnstable(finding))
    const isTold = own.length > 0 && conflictsAt(own, finding)
    return [{ ...told, actual: isTold ? 'blocks-deploy' : actual, saw: isTold ? own.join(' && ') : saw }]
  }
  const timesOf = (object: ObjectRef) => {
    const key = keyOfRef(object)
    return { original: upgrade.originals.get(key) ?? null, before: before.get(key) ?? null, after: after.get(key) ?? null }
  }
  const judged = foretold.findings.map(judge)
  const conflicts = parts.filter(isConflict)
  const isForetold = (text: string) => foretold.messages.some((message) => message.text === text)
  // Which of its made-up values a chart looks up, nobody can foretell.
  const isDoubtful = (text: string) => foretold.messages.some(({ object, certain }) => !certain && isAbout(text, object))
  return {
    judged: judged.flat(),
    unjudged: judged.filter(({ length }) => length === 0).length,
    wrongMessages: [
      ...foretold.messages
        .filter(({ text, certain }) => certain && !conflicts.includes(text))
        .map(({ text }) => ({ foretold: text, helm: null })),
      ...conflicts.filter((text) => !isForetold(text) && !isDoubtful(text)).map((text) => ({ foretold: null, helm: text })),
      // A refusal that nobody foretold.
      ...[...parts, ...later]
        .filter(
          (part) =>
            !isConflict(part) && !foretold.findings.some(({ object, fate }) => fate?.next === 'blocks-deploy' && isAbout(part, object)),
        )
        .map((text) => ({ foretold: null, helm: text })),
    ],
    rightMessages: conflicts.filter(isForetold).length,
  }
}

/** How often an upgrade is tried: what is refused shows only when the conflicts are out of the way. */
const TRIES = 4
type Later = { readonly setBackKeys: ReadonlySet<string>; readonly later: readonly string[] }
const NOTHING_LATER: Later = { setBackKeys: new Set(), later: [] }

/** @returns the objects that had to be set back, by `keyOfRef`, and what the later messages say */
async function upgradeAnyway(objects: readonly ObjectRef[], first: readonly string[], upgrade: Upgrade): Promise<Later> {
  const { release, flags, seconds } = upgrade
  const forced = release.helm === 4 && first.some(isConflict) ? ['--force-conflicts'] : []
  const done = new Set<string>()
  let parts = first
  const later: string[] = []
  for (let tries = 1; ; tries++) {
    for (const ref of objects.filter((object) => parts.some((part) => isAbout(part, object) && !isConflict(part)))) {
      if (!done.has(keyOfRef(ref))) await setBack(ref, upgrade)
      done.add(keyOfRef(ref))
    }
    const message = await upgradeRelease(release, [...flags, ...forced], seconds)
    if (message === null) return { setBackKeys: done, later }
    if (tries === TRIES) throw new Error(`the upgrade fails again and again: ${message}`)
    parts = splitMessage(message)
    later.push(...parts)
  }
}

function isConflict(part: string): boolean {
  return part.startsWith('conflict occurred while applying object ')
}

/** Whether the message names the very path of a finding, though nothing of it was foretold there. */
function conflictsAt(parts: readonly string[], { path }: Finding): boolean {
  const field = path.map((step) => ('field' in step ? `.${step.field}` : '')).join('')
  return parts.some((part) =>
    part
      .split('\n')
      .some((line) => line.replace(/\[[^\]]*\]/g, '').endsWith(`: ${field}`) || line.replace(/\[[^\]]*\]/g, '') === `- ${field}`),
  )
}

async function readAll(refs: readonly ObjectRef[], kube: Kube): Promise<ReadonlyMap<string, JsonObject | null>> {
  const unique = new Map(refs.map((ref) => [keyOfRef(ref), ref]))
  return new Map(await Promise.all([...unique].map(async ([key, ref]) => [key, await kube.get(ref)] as const)))
}

/** Puts an object back as it was before the edits, or takes it away for helm to make it again. */
async function setBack(ref: ObjectRef, { kube, originals }: Upgrade): Promise<void> {
  const [path, original, live] = [kube.pathOf(ref), originals.get(keyOfRef(ref)), await kube.get(ref)]
  if (path === null || original === undefined || live === null) return
  const { resourceVersion, uid, managedFields, ...metadata } = original.metadata as JsonObject
  const { status } = await kube.call('PUT', `${path}?fieldManager=lab`, { ...original, metadata })
  if (status === 200) return
  await kube.call('DELETE', `${path}?propagationPolicy=Background`)
  await kube.call('PATCH', path, { metadata: { finalizers: null } }, { 'content-type': 'application/merge-patch+json' })
}
