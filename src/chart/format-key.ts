import type { Scalar } from '../model.ts'

/**
 * A map key as text, the way sigs.k8s.io/yaml converts it for JSON: booleans and integers by name, floats through
 * a 32-bit `%g`. https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go (`convertToJSONableObject`)
 * @param isFloat true when go-yaml reads the key as a float (`1e6`, `1.0`), which is written differently from an integer
 * @returns the text; null when such a key cannot be converted (null, and integers beyond int64)
 */
export function formatKey(key: Scalar, isFloat: boolean): string | null {
  if (typeof key === 'string') return key
  if (typeof key === 'boolean') return key ? 'true' : 'false'
  if (key === null) return null
  if (isFloat) return formatFloat32(Number(key))
  return typeof key === 'bigint' && key > 2n ** 63n - 1n ? null : String(key)
}

function formatFloat32(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(Math.fround(value))) return value > 0 ? '.inf' : '-.inf'
  const single = Math.fround(value)
  const shortest = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((digits) => single.toExponential(digits - 1))
    .find((text) => Math.fround(Number(text)) === single)
  const [mantissa = '0', power = '0'] = (shortest ?? single.toExponential(8)).split('e')
  const exponent = Number(power)
  // Go's shortest %g writes exponents below -4 and from 6 on as such, with two digits at least.
  if (exponent >= -4 && exponent < 6) return String(Number(`${mantissa}e${power}`))
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
