import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortenIds } from '../../src/report/short-ids.ts'

describe('shortenIds', () => {
  it('shows seven digits, and more where two ids begin alike', () => {
    const ids = ['139bc7c0aaaaaaaa', '139bc7c0abbbbbbb', '36754d4000000000', '36754d4000000000']
    expect([...shortenIds(ids).values()]).toEqual(['139bc7c0aa', '139bc7c0ab', '36754d4'])
  })

  it('copes with ids that begin with another', () => {
    expect([...shortenIds(['abcdefgh', 'abcdefghi', '']).values()].toSorted()).toEqual(['', 'abcdefgh', 'abcdefghi'])
  })

  it('names one id with each', () => {
    const id = fc.string({ unit: fc.constantFrom('0', '1'), minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(fc.array(id, { maxLength: 60 }), (ids) => {
        for (const [whole, short] of shortenIds(ids)) {
          expect([...new Set(ids)].filter((one) => one.startsWith(short))).toEqual([whole])
          expect(short.length).toBeGreaterThanOrEqual(7)
        }
      }),
    )
  })
})
