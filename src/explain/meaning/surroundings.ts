import { getAt, isObject } from '../../compare/json.ts'
import type { DesiredObject, ObjectRef, Path } from '../../model.ts'
import { findScaler } from '../autoscalers.ts'
import type { ExplainInput, Sides } from '../explain.ts'
import type { MeaningSurroundings } from './subject.ts'

const SELECTOR: Path = [{ field: 'spec' }, { field: 'selector' }]
const MATCH_LABELS: Path = [...SELECTOR, { field: 'matchLabels' }]

/** What the rules may ask about the rest of a target. Nothing is looked up before it is asked for. */
export function lookAround(
  { desired, scalers, rules }: Pick<ExplainInput, 'desired' | 'scalers' | 'rules'>,
  ref: ObjectRef,
  sides: Sides,
): MeaningSurroundings {
  return {
    findBounds: () => findScaler(desired, scalers ?? null, ref, rules).bounds,
    isSelected: (label) =>
      [getAt(sides.live, MATCH_LABELS), getAt(sides.desired, MATCH_LABELS), ...listServiceSelectors(desired, ref)].some(
        (selector) => isObject(selector) && Object.hasOwn(selector, label),
      ),
  }
}

function listServiceSelectors(desired: readonly DesiredObject[], { namespace }: ObjectRef) {
  return desired
    .filter(({ ref }) => ref.kind === 'Service' && ref.apiVersion === 'v1' && ref.namespace === namespace)
    .map(({ object }) => getAt(object, SELECTOR))
}
