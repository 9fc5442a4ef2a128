import type { Finding, ObjectRef, SetAside, Unread } from '../model.ts'

const UNREAD_WORDS: Readonly<Record<string, string>> = {
  forbidden: 'this credential may not read it',
  'not-saved': 'it is not in the saved live state',
  timeout: 'the server did not answer in time',
  'server-error': 'the server failed',
  'bad-answer': 'the answer was not one of a Kubernetes API server',
  'rate-limited': 'the server asked to slow down, and did so to the end',
  'discovery-failed': 'the server did not say what it serves',
  'too-deep': 'it nests too deep to be compared',
  'unknown-kind': 'the cluster does not know this kind',
}

const SET_ASIDE_WORDS: Readonly<Record<string, string>> = {
  hook: 'a Helm hook, which runs and is gone',
  test: 'a Helm test, which runs on demand',
  'random-name': 'rendered under another name each time',
  keep: 'kept by a resource policy',
  'finished-job': 'a Job that Kubernetes deletes some time after it ends',
}

/** Charts may name these anew with every render: nothing looks them up by name. */
const UNSTEADY = new Set(['hook', 'test', 'random-name'])

/**
 * Objects set aside, by reason, in the order of their first appearance. `named` where their names are the same from render
 * to render for sure.
 */
export function groupSetAside(
  setAside: readonly SetAside[],
): readonly { readonly reason: string; readonly objects: readonly ObjectRef[]; readonly named: boolean }[] {
  return [...groupBy(setAside, (one) => one.reason)].map(([reason, group]) => ({
    reason: SET_ASIDE_WORDS[reason] ?? reason,
    named: !UNSTEADY.has(reason),
    objects: group.map((one) => one.object),
  }))
}

/** Unread objects that one remedy mends, together. */
export function groupUnread(unread: readonly Unread[]): readonly (Omit<Unread, 'object'> & { readonly objects: readonly ObjectRef[] })[] {
  return [...groupBy(unread, (one) => JSON.stringify([one.reason, one.remedy])).values()].flatMap((group) => {
    const [first] = group
    return first === undefined
      ? []
      : [
          {
            reason: UNREAD_WORDS[first.reason] ?? first.reason,
            detail: first.detail,
            remedy: first.remedy,
            objects: group.map((one) => one.object),
          },
        ]
  })
}

/** Findings of one object stand together, in the order of their first appearance. */
export function groupByObject(
  findings: readonly Finding[],
): readonly { readonly object: ObjectRef; readonly findings: readonly Finding[] }[] {
  return [...groupBy(findings, ({ object }) => identifyObject(object)).values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ object: group[0].object, findings: group }],
  )
}

/** The same text for the same object, and for no other. */
export function identifyObject({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return JSON.stringify([apiVersion, kind, namespace, name])
}

/** Items by a name, in the order of their first appearance. */
export function groupBy<T>(items: readonly T[], name: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(name(item))
    if (group === undefined) groups.set(name(item), [item])
    else group.push(item)
  }
  return groups
}

/**
 * Findings that make no drift, told apart by why they make none. Every one of them is in exactly one group.
 */
export function groupOthers(findings: readonly Finding[]): readonly OtherFindings[] {
  const groups = groupBy(
    findings.filter((finding) => !finding.drift),
    nameSilence,
  )
  return SILENCE_TITLES.flatMap(([name, title]) => {
    const group = groups.get(name)
    return group === undefined ? [] : [{ name, title, findings: group }]
  })
}

/** `name` tells the group apart from the others, `title` is for people. */
export type OtherFindings = {
  readonly name: (typeof SILENCE_TITLES)[number][0]
  readonly title: string
  readonly findings: readonly Finding[]
}

/** In the order in which they are told. */
const SILENCE_TITLES = [
  ['undeployed', 'Git is ahead of the cluster (not deployed yet)'],
  ['controller', 'Written by a controller that is meant to'],
  ['admission', 'Probably altered on the way in (admission)'],
  ['decided', 'Accepted or ignored by your team'],
  ['harmless', 'Made by hand, but no drift'],
] as const

function nameSilence({ cause, acceptance, ignoredBy }: Finding): (typeof SILENCE_TITLES)[number][0] {
  if (acceptance !== undefined || ignoredBy !== undefined) return 'decided'
  return cause === 'manual' || cause === 'unknown' ? 'harmless' : cause
}
