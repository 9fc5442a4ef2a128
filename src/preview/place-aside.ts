import type { HookDigest, ObjectRef, SetAside } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { PlacedChange } from './model.ts'
import { placeWhole } from './place-object.ts'

export type Aside = { readonly setAside: readonly SetAside[]; readonly hooks: readonly HookDigest[] }

/**
 * Objects that the pull request brings, or takes out, and that a check sets aside: hooks, and what only some renders have. What
 * they do to the cluster is not compared, and that a deploy runs them must not go unsaid.
 *
 * @param declared whether the base declares an object and compares it
 */
export function placeAside({ setAside: before, hooks: old }: Aside, { setAside: after, hooks }: Aside, declared: (key: string) => boolean) {
  const [had, has] = [indexAside(before), indexAside(after)]
  const come = [...has].filter(([name]) => !had.has(name)).map(([, one]) => one)
  const gone = [...had].filter(([name]) => !has.has(name)).map(([, one]) => one)
  // One that is made to differ from render to render has no digest any more: that is a change, too.
  const digests = new Map(hooks.map(({ object, digest }) => [keyOfRef(object), digest]))
  const stays = new Set(after.filter(({ reason }) => reason === 'hook').map(({ object }) => keyOfRef(object)))
  const changed = old.filter(({ object, digest }) => stays.has(keyOfRef(object)) && digests.get(keyOfRef(object)) !== digest)
  return [
    ...changed.map(({ object }) =>
      placeWhole(object, 'changes', 'it is a hook, which Helm runs with the deploy, so what it does is not compared'),
    ),
    ...come.map(({ object, reason }) =>
      declared(keyOfRef(object))
        ? placeWhole(object, 'unknown', `this pull request makes it ${nameReason(reason)}`)
        : placeNewAside(object, reason),
    ),
    // One that becomes an object like others is told as that.
    ...gone
      .filter(({ reason }) => reason === 'hook')
      .map(({ object }) =>
        placeWhole(object, 'unknown', 'it was a hook, which Helm runs with a deploy, and this pull request takes it out'),
      ),
  ]
}

function placeNewAside(object: ObjectRef, reason: string): PlacedChange {
  const isMade = reason !== 'deploy-time-name'
  return placeWhole(object, isMade ? 'creates' : 'unknown', `it is ${nameReason(reason)}, so what becomes of it is not compared`)
}

/** Tests run only when somebody asks for them, and what is rendered on an install alone no deploy of a release makes. */
function indexAside(all: readonly SetAside[]): ReadonlyMap<string, SetAside> {
  return new Map(all.filter(({ reason }) => reason !== 'test' && reason !== 'install-only').map((one) => [nameAside(one), one]))
}

/** A name that is made up says nothing about which object it is. */
function nameAside({ object, reason }: SetAside): string {
  return reason === 'random-name' ? JSON.stringify([reason, object.apiVersion, object.kind]) : JSON.stringify([reason, keyOfRef(object)])
}

const REASONS: { readonly [reason: string]: string } = {
  hook: 'a hook, which Helm runs with the deploy',
  'generated-name': 'an object whose name the cluster makes up',
  'random-name': 'an object whose name the chart makes up with every render',
  'upgrade-only': 'an object that is rendered on upgrades only',
  'deploy-time-name': 'an object that is rendered or not depending on deploy-time values',
}

function nameReason(reason: string): string {
  return REASONS[reason] ?? `set aside (${reason})`
}
