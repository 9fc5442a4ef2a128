import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { shorten } from '../report/values.ts'
import type { DetectorMarker, Marker } from './marker.ts'
import { MOST_TEXT } from './model.ts'

/** Characters that a marker takes at most; GitHub allows 65,536 for an issue's text, and most of it is for people. */
export const MARKER_CHARS = 16_000

const MOST_BYTES = 1_000_000

/** The state in at most so many characters: what is only for display goes first, then the youngest streaks, and then it says so. */
export function encodeMarker(marker: Marker, most: number): string {
  if (marker.kind === 'detector') return encodeDetector(marker, most)
  const { memory } = marker
  const whole = encode(marker)
  if (fits(whole, most)) return whole
  const bare = memory.streaks.map((streak) => ({ ...streak, fact: '' }))
  const oldest = bare.toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
  return cutToFit(oldest, most, (streaks) =>
    encode({ ...marker, memory: { ...memory, streaks, ...(streaks.length < bare.length && { cut: true }) } }),
  )
}

function encodeDetector(marker: DetectorMarker, most: number): string {
  const troubles = marker.troubles.map(({ message, where, remedy, ...one }) => ({
    ...{ ...one, message: shorten(message, MOST_TEXT), remedy: shorten(remedy, MOST_TEXT) },
    where: where === null ? null : shorten(where, MOST_TEXT),
  }))
  const whole = encode({ ...marker, troubles })
  if (fits(whole, most)) return whole
  const bare = troubles.slice(0, 1000).map((one) => ({ ...one, message: '', where: null, remedy: '' }))
  return cutToFit(bare, most, (kept) => encode({ ...marker, troubles: kept }))
}

/** As many from the beginning of a list as there is room for. */
function cutToFit<T>(all: readonly T[], most: number, write: (kept: readonly T[]) => string): string {
  for (let kept = all.length; kept > 0; kept = Math.floor(kept * 0.8)) {
    const text = write(all.slice(0, kept))
    if (fits(text, most)) return text
  }
  return write([])
}

/** What unfolds to more than is read back would be lost as a whole. */
function fits(base64: string, most: number): boolean {
  return base64.length <= most && decode(base64) !== null
}

/** Deflated JSON as Base64. */
export function encode(value: object): string {
  return deflateRawSync(Buffer.from(JSON.stringify(value)), { level: 9 }).toString('base64')
}

/** @returns null where it is no such text, or unfolds to more than a marker may hold */
export function decode(base64: string): unknown {
  try {
    return JSON.parse(inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8'))
  } catch {
    return null
  }
}
