import { describe, expect, it } from 'vitest'
import { formatHtml } from '../../src/report/html/format-html.ts'
import { html } from '../../src/report/html/markup.ts'
import { groupDecisions, listConcerned } from '../../src/report/preview/arrange.ts'
import { describeHeadline } from '../../src/report/preview/forms.ts'
import { nameDecision } from '../../src/report/preview/words.ts'
import { makeCrowd, makeFork, makeLarge, STORIES } from './make-preview.ts'

const write = (text: string) => html`${text}`.markup

describe('the page of a preview', () => {
  it.each(Object.entries(STORIES))('%s: tells each sentence, each decision and each place of it', (_, make) => {
    const report = make()
    const page = formatHtml(report)
    expect(page).toContain('<title>Preview of pull request 41</title>')
    expect(page.match(/<h1/g)).toHaveLength(1)
    for (const target of listConcerned(report)) {
      if (target.error !== null || target.preview === undefined) continue
      expect(page).toContain(write(describeHeadline(target)))
      for (const { name, changes } of groupDecisions(target.preview)) {
        expect(page).toContain(write(nameDecision(name, changes.length)))
        for (const { text, conflict } of changes) for (const told of [text, conflict ?? '']) expect(page).toContain(write(told))
      }
    }
  })

  it('says that it is against the base, and calls the sides by their names', () => {
    const page = formatHtml(makeFork())
    expect(page).toContain('gets no secrets')
    expect(page).toContain('<th role="columnheader" scope="col">Base</th>')
    expect(page).not.toContain('Cluster now')
    expect(formatHtml(STORIES.bump!())).toMatch(/<del><span.*|<del>.*replicas: .*5.*<\/del>/)
  })

  it('has what is there now on the left, and what becomes of it on the right', () => {
    const page = formatHtml(STORIES.bump!())
    const [, old = '', young = ''] =
      /<tr role="row">(<td role="cell" class="number old">.*?)(<td role="cell" class="number new">.*?)<\/tr>/.exec(page) ?? []
    expect([old.replace(/<[^>]*>/g, ''), young.replace(/<[^>]*>/g, '')]).toEqual(['7  replicas: 5', '7  replicas: 3'])
  })

  it.each([
    ['thousands of places', makeLarge(3_000)],
    ['thousands of targets', makeCrowd(3_000)],
  ])('stays openable with %s', (_, report) => {
    expect(formatHtml(report).length).toBeLessThan(1_600_000)
  })
})
