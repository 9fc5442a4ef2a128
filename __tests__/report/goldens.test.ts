import { describe, expect, it } from 'vitest'
import { formatJson } from '../../src/report/json.ts'
import { formatMarkdown, SUMMARY_BYTES } from '../../src/report/markdown.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { makeDrifted, makeHostile, makeIncomplete, makeInSync, makeMixed, makeSecret, makeSeveral, makeStory } from './make-report.ts'

/** Read these files when they change: they are what people see. `vitest -u` writes them again. */
const REPORTS = {
  drifted: makeStory(),
  'drifted-bare': makeDrifted(),
  'in-sync': makeInSync(),
  incomplete: makeIncomplete(),
  several: makeSeveral(),
  mixed: makeMixed(),
  hostile: makeHostile(),
  secret: makeSecret(),
}

describe.each(Object.entries(REPORTS))('%s', (name, report) => {
  it('reads well in a terminal', async () => {
    await expect(formatTerminal(report, { color: false, width: 100, details: true })).toMatchFileSnapshot(`golden/${name}.txt`)
  })
  it('reads well in a job summary', async () => {
    await expect(formatMarkdown(report, { maxBytes: SUMMARY_BYTES })).toMatchFileSnapshot(`golden/${name}.md`)
  })
  it('is complete as JSON', async () => {
    await expect(formatJson(report)).toMatchFileSnapshot(`golden/${name}.json`)
  })
})
