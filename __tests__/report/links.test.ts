import { describe, expect, it } from 'vitest'
import { toLink } from '../../src/report/links.ts'
import { NASTY_URLS } from './make-issue.ts'

describe('toLink', () => {
  it.each([
    ['run', 'https://github.com/o/r.x/actions/runs/19623456789'],
    ['run', 'https://ghe.example:8443/o/r/actions/runs/1/attempts/2'],
    ['run', 'http://127.0.0.1:4001/o/r/actions/runs/1'],
    ['runs', 'https://github.com/o/r/actions'],
    ['runs', 'https://github.com/o/r/actions/workflows/drift.yml?query=branch%3Amain'],
    ['comment', 'https://github.com/o/r/issues/12#issuecomment-3567890123'],
  ] as const)('links %s to %s', (shape, url) => {
    expect(toLink('here', url, shape)).toBe(`[here](${url})`)
  })

  it.each([
    ...NASTY_URLS,
    'https://github.com/o/r/issues/12',
    'https://github.com/o/r/actions/runs/1?x',
    'https://github.com/o/r/actions/runs/../../../x',
    'ftp://github.com/o/r/actions/runs/1',
    'https://[::1]/o/r/actions/runs/1',
    '/o/r/actions/runs/1',
    '',
    null,
    undefined,
  ])('gives the text alone for %j', (url) => {
    for (const shape of ['run', 'runs', 'comment'] as const) expect(toLink('here', url, shape)).toBe('here')
  })

  it('lets a text of ours be no Markdown', () => {
    expect(toLink('a](b)', 'https://github.com/o/r/actions', 'runs')).toBe('[a&#93;(b)](https://github.com/o/r/actions)')
  })
})
