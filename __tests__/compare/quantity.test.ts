import { expect, test } from 'vitest'
import { parseQuantity } from '../../src/compare/quantity.ts'

// Each line holds spellings of one quantity, as k8s.io/apimachinery's resource.Quantity compares them.
test.each([
  ['1000m', '1', 1, '1.0', '+1', 1n],
  ['0.5', '500m', '.5', 0.5],
  ['1000M', '1G'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1e3', '1E3', '1k', '1000'],
  ['129e6', '129M'],
  ['100u', '0.0001'],
  ['1.23456', '1234560u'],
  ['0', '0m', '0Gi', 0],
  ['3072Mi', '3Gi'],
  ['1000k', '1M'],
  ['1e-3', '1m', '1000000n'],
  ['-1500m', '-1.5'],
  ['12345678901234567890', 12345678901234567890n],
])('one quantity in many spellings: %s', (...spellings) => {
  const [first, ...others] = spellings.map((spelling) => parseQuantity(spelling))
  expect(first).toBeTypeOf('bigint')
  for (const other of others) expect(other).toBe(first)
})

test.each([
  ['1', '1001m'],
  ['1G', '1Gi'],
  ['128974848', '129M'],
])('different quantities stay different: %s and %s', (a, b) => {
  expect(parseQuantity(a)).not.toBe(parseQuantity(b))
})

test('resource lists are stored rounded up to milli', () => {
  expect(parseQuantity('0.0001', true)).toBe(parseQuantity('1m'))
  expect(parseQuantity('1.23456', true)).toBe(parseQuantity('1235m'))
  expect(parseQuantity('0.0001')).not.toBe(parseQuantity('1m'))
})

test.each(['', ' ', '1.2.3', '5 apples', '1ki', 'Gi', 'e3', true, null, {}, '1e999'])('not a quantity: %s', (value) => {
  expect(parseQuantity(value)).toBeNull()
})
