import type { Advice, Confidence, TargetReport, Undecided } from '../model.ts'
import { nameOf } from '../refs.ts'
import { areaOf, type Scene, setScene } from './advice/scene.ts'
import { SIGNALS, type Signal } from './advice/signals.ts'
import { summarise, tellDeadline } from './advice/words.ts'

type Lean = Advice['lean']
type Points = { readonly [lean in Lean]: number }

/** Asking costs minutes, a wrong guess an incident: with little evidence, ask. */
const POINTS_OF_ASKING = 2
/** From so many points on, both ways have something to say for them. */
const SERIOUS = 3
/** By so many points the lean stands out. */
const CLEAR = 2

/**
 * A recommendation from what is drift in a report and what is known around it. It decides nothing, and says what would
 * change it. Pure; no age counts, so that its texts stay the same while nothing happens.
 *
 * @param target with `decision`, whose own advice is not looked at
 */
export function advise(target: Pick<TargetReport, 'findings'> & { readonly decision?: Undecided | undefined }): Advice {
  const scene = setScene(target)
  if (scene.drift.length === 0) return NOTHING
  const signals = SIGNALS.filter(({ when }) => when(scene))
  const points = addUp(signals)
  const { lean, confidence } = decideLean(points)
  return {
    lean,
    confidence,
    headline: `${summarise(scene)}: ${conclude(signals, lean, confidence)}.`,
    reasons: listReasons(scene, signals, lean),
    deadline: tellDeadline(scene.drift),
    wouldChange: [...WOULD_CHANGE[lean], ...tellUnknown(scene)],
    approvals: listApprovals(scene),
  }
}

const NOTHING: Advice = {
  ...{ lean: 'keep', confidence: 'certain', headline: 'There is no drift to decide about.' },
  ...{ reasons: [], deadline: null, wouldChange: [], approvals: [] },
}

function addUp(signals: readonly Signal[]): Points {
  const sum = (part: (signal: Signal) => number | undefined) => signals.reduce((all, signal) => all + (part(signal) ?? 0), 0)
  return { keep: sum(({ keep }) => keep), revert: sum(({ revert }) => revert), 'ask-first': POINTS_OF_ASKING + sum(({ ask }) => ask) }
}

/** Whatever stands out; a question where nothing does, or where both ways have something to say for them. */
function decideLean(points: Points): { readonly lean: Lean; readonly confidence: Confidence } {
  const isTorn = points.keep >= SERIOUS && points.revert >= SERIOUS && Math.abs(points.keep - points.revert) < SERIOUS
  const best: Lean = points.keep > points.revert ? 'keep' : 'revert'
  const lean = isTorn || points[best] <= points['ask-first'] ? 'ask-first' : best
  const others = (Object.keys(points) as Lean[]).filter((one) => one !== lean).map((one) => points[one])
  const isClear = isTorn || points[lean] - Math.max(...others) >= CLEAR
  // Asking is right as soon as there is something to ask about.
  return { lean, confidence: isClear || (lean === 'ask-first' && points[lean] > POINTS_OF_ASKING) ? 'likely' : 'uncertain' }
}

/** What it may be, by the weightiest signal that has a guess; those for the lean come first. */
function conclude(signals: readonly Signal[], lean: Lean, confidence: Confidence): string {
  const sorted = sortSignals(signals, lean).toSorted((a, b) => Number(b.isFirst ?? false) - Number(a.isFirst ?? false))
  const guesses = sorted.flatMap(({ guess }) => guess ?? [])
  return guesses[0] === undefined ? 'nothing tells what it is for' : `${confidence === 'likely' ? 'likely' : 'perhaps'} ${guesses[0]}`
}

const WEIGHTS: { readonly [lean in Lean]: (signal: Signal) => number } = {
  keep: ({ keep = 0 }) => keep,
  revert: ({ revert = 0 }) => revert,
  'ask-first': ({ ask = 0 }) => ask,
}

/** The weightiest for a lean first, then by what they weigh at all; else as in the table. */
function sortSignals(signals: readonly Signal[], lean: Lean): readonly Signal[] {
  const total = ({ keep = 0, revert = 0, ask = 0 }: Signal) => keep + revert + ask
  return signals.toSorted((a, b) => WEIGHTS[lean](b) - WEIGHTS[lean](a) || total(b) - total(a))
}

function listReasons(scene: Scene, signals: readonly Signal[], lean: Lean): readonly string[] {
  const ofSignals = sortSignals(signals, lean).map(({ reason }) => reason(scene))
  const worst = scene.judged.filter(({ state }) => state === scene.health).slice(0, 2)
  return [...ofSignals, ...worst.map(({ object, state, text }) => `${nameOf(object)} is ${state}: ${text}.`)]
}

const WOULD_CHANGE: { readonly [lean in Lean]: readonly string[] } = {
  keep: [
    'A colleague who says that it is not needed any more: that speaks for taking it back.',
    'Restarts, warnings or a worse state of health: they speak for taking it back.',
  ],
  revert: ['A colleague who says that it mends something that is not mended in Git yet: that speaks for keeping it until it is.'],
  'ask-first': ['A colleague who knows what it is for: that speaks for keeping it. If nobody knows, that speaks for taking it back.'],
}

/** What is not known, and would tell. */
function tellUnknown({ acts, health, missing }: Scene): readonly string[] {
  const sources = missing.slice(0, 4).join(', ')
  return [
    ...(acts.some(({ people }) => people.length > 0) ? [] : ['The audit log, which can tell whose account it was.']),
    ...(health === 'progressing' ? ['The end of what is under way.'] : []),
    ...(missing.length === 0 ? [] : [`What could not be looked at: ${sources}${missing.length > 4 ? ' and more' : ''}.`]),
  ]
}

function listApprovals({ drift }: Scene): readonly string[] {
  const concerns = (test: (finding: Scene['drift'][number]) => boolean, text: string) => (drift.some(test) ? [text] : [])
  return [
    ...concerns((one) => areaOf(one) === 'security', 'Either way needs the word of whoever answers for security.'),
    ...concerns((one) => areaOf(one) === 'data', 'Either way needs the word of whoever answers for the data.'),
    'Keeping it goes through a pull request, with its usual review.',
    'Taking it back by hand needs somebody with write access to the namespace.',
    'A forced sync, or a deploy outside of the pipeline, needs the word of the tech lead.',
  ]
}
