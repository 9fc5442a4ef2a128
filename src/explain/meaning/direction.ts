import type { Json } from '../../model.ts'
import { listLeaves } from './leaves.ts'
import type { Subject } from './subject.ts'

/** Where a change leads on a scale. `unclear`: nothing in it is on the scale, or something beside it may matter as much. */
export type Direction = 'up' | 'down' | 'both' | 'unclear'

/** Places on a scale. `rank` gives null for a value whose place is not known; an absent value is ranked too. */
export type Scale = readonly { readonly path: RegExp; readonly rank: (value: Json | undefined) => number | bigint | null }[]

/** In which direction a change goes, all that it covers taken together. What is on no scale makes a clear answer impossible. */
export function findDirection(subject: Pick<Subject, 'text' | 'desired' | 'live'>, scale: Scale): Direction {
  const steps = listLeaves(subject).map(({ text, desired, live }) => {
    const measure = scale.find(({ path }) => path.test(text))
    const [before, after] = [measure?.rank(desired) ?? null, measure?.rank(live) ?? null]
    if (before === null || after === null) return 'unclear'
    return after > before ? 'up' : after < before ? 'down' : 'same'
  })
  const [up, down] = [steps.includes('up'), steps.includes('down')]
  if (up && down) return 'both'
  if (steps.includes('unclear') || !(up || down)) return 'unclear'
  return up ? 'up' : 'down'
}

/** Whether something in a change certainly goes up, whatever else there is in it. */
export function goesUp(subject: Pick<Subject, 'text' | 'desired' | 'live'>, scale: Scale): boolean {
  return listLeaves(subject).some(({ text, desired, live }) => {
    const measure = scale.find(({ path }) => path.test(text))
    const [before, after] = [measure?.rank(desired) ?? null, measure?.rank(live) ?? null]
    return before !== null && after !== null && after > before
  })
}
