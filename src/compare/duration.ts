import type { Json } from '../model.ts'

const UNITS: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
}
const DURATION = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+|0)$/
const PART = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h|d|w|y)/g

/**
 * A duration as Go writes it (`1h30m0s`), or Prometheus (`1d`), in nanoseconds; null when the value is none.
 * `60m` and `1h0m0s` give the same number.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(value: Json | undefined): bigint | null {
  const match = typeof value === 'string' ? DURATION.exec(value) : null
  if (match === null) return null
  let sum = 0n
  for (const [, whole = '', fraction = '', unit = ''] of (match[2] ?? '').matchAll(PART)) {
    const scale = 10n ** BigInt(fraction.length)
    sum += (BigInt(`${whole}${fraction}` || '0') * (UNITS[unit] ?? 0n)) / scale
  }
  return match[1] === '-' ? -sum : sum
}
