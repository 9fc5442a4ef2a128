import type { EditKind } from './edits/kind.ts'
import { findTop } from './expect.ts'
import type { Act, Scene } from './model.ts'
import { isWithin } from './places.ts'
import type { Random } from './random.ts'
import { isSame } from './refs.ts'

/** How many objects a kind of edit may look at for a place. */
const TRIES = 8
/** Acts on one object: of more than ten managers, the API server merges the oldest into one, and who wrote what is lost. */
const MOST = 7

/**
 * Chooses edits that do not get in each other's way: no place is written twice, nor within another, and an object that is
 * deleted is left alone otherwise. Each kind is taken once before any is taken again.
 */
export function chooseActs(
  kinds: readonly EditKind[],
  scene: Scene,
  count: number,
  random: Random,
  taken: readonly Act[] = [],
): readonly Act[] {
  const acts: Act[] = []
  const rounds = [random.shuffle(kinds, ({ weight }) => weight), random.shuffle(kinds, ({ weight }) => weight)]
  for (const kind of rounds.flat()) {
    if (acts.length >= count) break
    const act = placeAct(kind, scene, random, [...taken, ...acts])
    if (act !== null) acts.push(act)
  }
  return acts
}

function placeAct(kind: EditKind, scene: Scene, random: Random, others: readonly Act[]): Act | null {
  let tries = TRIES
  for (const target of random.shuffle(scene.released)) {
    if (others.filter((other) => isSame(other.target.ref, target.ref)).length >= MOST) continue
    const proposal = kind.propose(target, random, scene)
    if (proposal === null) continue
    const act = { kind: kind.id, target, proposal }
    if (!others.some((other) => collides(act, other))) return act
    tries -= 1
    if (tries === 0) return null
  }
  return null
}

function collides(one: Act, other: Act): boolean {
  if (!isSame(one.target.ref, other.target.ref)) return false
  const [ours, theirs] = [listPaths(one), listPaths(other)]
  return ours.some((path) => theirs.some((their) => path === '' || their === '' || isWithin(path, their) || isWithin(their, path)))
}

/** All places at which an act may be told. */
function listPaths({ target, proposal }: Act): readonly string[] {
  const paths = [...proposal.writes.flatMap(({ path, orAt = [] }) => [path, ...orAt]), ...(proposal.tolerated ?? [])]
  return paths.map((path) => findTop(target.declared, path))
}
