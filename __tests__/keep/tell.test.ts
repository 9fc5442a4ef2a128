import { expect, it } from 'vitest'
import { tellMiss } from '../../src/keep/tell.ts'

const place = { file: 'c/templates/a.yaml', line: 4, isFixed: false }

it('says of no search that there was one, and counts nothing that differs from machine to machine', () => {
  expect(tellMiss({ exhausted: false, renders: 0 }, place)).toBe(
    'Which values key drives this field was not looked for: there are too many changes. The field is in c/templates/a.yaml, line 4.',
  )
  const few = tellMiss({ exhausted: false, renders: 3 }, place)
  expect(few).toBe('No values key for this field was found, and not every key could be tried: c/templates/a.yaml, line 4.')
  expect(tellMiss({ exhausted: false, renders: 9 }, place)).toBe(few)
  expect(tellMiss({ exhausted: true, renders: 9 }, null)).toBe('No values key drives this field.')
})
