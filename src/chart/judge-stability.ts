import { isSame } from '../compare/json.ts'
import { prepareObject } from '../compare/prepare.ts'
import { findBuiltInSchema } from '../compare/schema/built-in.ts'
import type { DesiredObject, Json, Note, SetAside, UnstablePath } from '../model.ts'
import type { Collected, RenderedObject } from './collect-objects.ts'
import { diffRenders } from './diff-renders.ts'

/**
 * One render, and how it was made. `deploy` renders are installs with a sentinel in place of the deploy-time values.
 * The first render of a list is the install that stands for the target.
 */
export type Render = { readonly made: 'install' | 'upgrade' | 'deploy'; readonly collected: Collected }
export type Stability = {
  readonly objects: readonly DesiredObject[]
  readonly setAside: readonly SetAside[]
  readonly notes: readonly Note[]
}

/** Whether two renders gave the same objects with the same content, so that nothing more needs to be rendered. */
export function agree(a: Collected, b: Collected): boolean {
  return a.objects.size === b.objects.size && [...a.objects].every(([id, { object }]) => isSame(object, b.objects.get(id)?.object))
}

/**
 * Tells, for every rendered object, which paths change from render to render, and sets aside the objects that only
 * some renders have, since nobody can say whether live should have them.
 * @param renders one install and one upgrade at least; a second of each where the first two differ; deploy renders
 */
export function judgeStability(renders: readonly Render[]): Stability {
  const everything = new Map(renders.flatMap(({ collected }) => [...collected.objects]))
  const objects: DesiredObject[] = []
  const setAside: SetAside[] = []
  const notes: Note[] = []
  for (const id of everything.keys()) {
    const versions = renders.map(({ collected }) => collected.objects.get(id))
    const present = versions.filter((version) => version !== undefined)
    const [first] = present
    if (first === undefined) continue
    if (present.length === renders.length) {
      objects.push({ ...first, fromCrds: isFromCrds(first.template), unstable: findUnstable(renders, present) })
      continue
    }
    const { reason, message } = explainPartial(renders, versions)
    setAside.push({ object: first.ref, reason })
    notes.push({ kind: reason, object: first.ref, message: `${first.ref.kind}/${first.ref.name} ${message}, so it is not compared.` })
  }
  return { objects, setAside, notes }
}

/** The renders are diffed in the form in which they are compared with live, so that paths and values mean the same there. */
function findUnstable(renders: readonly Render[], versions: readonly RenderedObject[]): readonly UnstablePath[] {
  const [first] = versions
  if (first === undefined || versions.every(({ object }) => object === first.object)) return []
  const prepared = versions.map(({ object }) => prepareObject(object))
  return diffRenders(findBuiltInSchema(first.ref), prepared).map(({ path, values }) => {
    const why = explainValues(renders, values)
    // A sentinel is no value that live could have.
    const real = values.filter((_value, place) => renders[place]?.made !== 'deploy')
    return { path, why, rendered: dropRepeats(real) }
  })
}

function explainValues(renders: readonly Render[], values: readonly (Json | undefined)[]): UnstablePath['why'] {
  const made = (kind: Render['made']): readonly (Json | undefined)[] => values.filter((_value, place) => renders[place]?.made === kind)
  if (!areSame(made('install')) || !areSame(made('upgrade'))) return 'random'
  return areSame([...made('install'), ...made('deploy')]) ? 'install-or-upgrade' : 'deploy-time'
}

type Partial = { readonly reason: string; readonly message: string }

function explainPartial(renders: readonly Render[], versions: readonly (RenderedObject | undefined)[]): Partial {
  const made = (kind: Render['made']): readonly boolean[] =>
    versions.flatMap((version, place) => (renders[place]?.made === kind ? [version !== undefined] : []))
  const [install, upgrade, deploy] = [made('install'), made('upgrade'), made('deploy')]
  if (isMixed(install) || isMixed(upgrade))
    return { reason: 'random-name', message: 'is rendered under another name, or not at all, each time' }
  if (isMixed([...install, ...deploy]))
    return { reason: 'deploy-time-name', message: 'is rendered or not depending on the deploy-time values' }
  return install[0] === true
    ? { reason: 'install-only', message: 'is rendered on install only, not on upgrade' }
    : { reason: 'upgrade-only', message: 'is rendered on upgrade only, not on install' }
}

function isMixed(list: readonly boolean[]): boolean {
  return list.includes(true) && list.includes(false)
}

function areSame(values: readonly (Json | undefined)[]): boolean {
  return values.every((value) => isSame(value, values[0]))
}

function dropRepeats(values: readonly (Json | undefined)[]): readonly (Json | undefined)[] {
  return values.filter((value, place) => values.findIndex((other) => isSame(other, value)) === place)
}

/** Helm names them `CHART/crds/FILE`, and those of a dependency `CHART/charts/NAME/crds/FILE`. */
function isFromCrds(template: string | null): boolean {
  return template !== null && /^[^/]+\/(?:charts\/[^/]+\/)*crds\//.test(template)
}
