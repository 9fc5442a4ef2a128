import type { Json } from '../model.ts'

const SUFFIX_SCALES: { readonly [suffix: string]: readonly [base: bigint, exponent: number] } = {
  n: [10n, -9],
  u: [10n, -6],
  m: [10n, -3],
  '': [10n, 0],
  k: [10n, 3],
  M: [10n, 6],
  G: [10n, 9],
  T: [10n, 12],
  P: [10n, 15],
  E: [10n, 18],
  Ki: [2n, 10],
  Mi: [2n, 20],
  Gi: [2n, 30],
  Ti: [2n, 40],
  Pi: [2n, 50],
  Ei: [2n, 60],
}
const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)|[eE]([+-]?\d+))?$/
/** Quantities are kept to nano; finer ones are rounded up, away from zero. */
const NANO_DIGITS = 9

/**
 * A Kubernetes quantity as an exact number of billionths; null when the value is not a quantity.
 * `1000m`, `1` and `1.0` give the same number. The API server stores resource lists rounded up to milli, so pass
 * `roundToMilli` for those.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: Json | undefined, roundToMilli = false): bigint | null {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return null
  const match = QUANTITY.exec(String(value).trim())
  const [, sign = '', whole = '', fraction = '', suffix = '', exponent = '0'] = match ?? []
  if (match === null || whole + fraction === '' || Math.abs(Number(exponent)) > 100) return null
  const [base, power] = SUFFIX_SCALES[suffix] ?? [10n, 0]
  // digits * 10^-fraction * base^power, wanted in units of 10^-9
  let numerator = BigInt(whole + fraction)
  let tens = NANO_DIGITS - fraction.length + Number(exponent)
  if (base === 2n) numerator <<= BigInt(power)
  else tens += power
  const nano = tens >= 0 ? numerator * 10n ** BigInt(tens) : divideUp(numerator, 10n ** BigInt(-tens))
  const rounded = roundToMilli ? divideUp(nano, 1_000_000n) * 1_000_000n : nano
  return sign === '-' ? -rounded : rounded
}

function divideUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b
}
