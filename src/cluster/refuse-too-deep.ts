import { isTooDeep, MAX_DEPTH } from '../compare/depth.ts'
import type { LiveReading } from '../model.ts'

/**
 * Turns objects that nest deeper than anything can be compared into unreadable ones: whoever may write to a cluster could
 * otherwise end the run with a single object.
 */
export function refuseTooDeep(reading: LiveReading): LiveReading {
  if (reading.reading.outcome !== 'found' || !isTooDeep(reading.reading.object)) return reading
  return {
    ref: reading.ref,
    reading: {
      outcome: 'unreadable',
      reason: 'too-deep',
      detail: `the object nests more than ${MAX_DEPTH} levels deep, which is not compared`,
      remedy: 'Look at it with kubectl: no controller or person writes such an object by accident.',
    },
  }
}
