import { describe, expect, it } from 'vitest'
import { formatMarkdown, SUMMARY_BYTES } from '../../src/report/markdown.ts'
import { formatPreviewComment } from '../../src/report/preview/comment.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { OPTIONS, STORIES } from './make-preview.ts'

/** Read these files when they change: they are what people see. `vitest -u` writes them again. */
describe.each(Object.entries(STORIES))('%s', (name, make) => {
  it('reads well as a comment', async () => {
    await expect(formatPreviewComment(make(), OPTIONS)).toMatchFileSnapshot(`golden/${name}.comment.md`)
  })
  it('reads well in a terminal', async () => {
    await expect(formatTerminal(make(), { color: false, width: 100, details: true })).toMatchFileSnapshot(`golden/${name}.txt`)
  })
  it('reads well in a job summary', async () => {
    await expect(formatMarkdown(make(), { maxBytes: SUMMARY_BYTES })).toMatchFileSnapshot(`golden/${name}.summary.md`)
  })
})
