import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseBody } from '../../src/memory/marker.ts'
import { BOT } from '../fakes/github/repository.ts'
import { listComments, listIssues, say, startFiled } from './issue-world.ts'
import { drift } from './world.ts'

const BEGIN = /<!-- plumbline v1 (\S+) -->/
const pack = (value: unknown) => deflateRawSync(Buffer.from(JSON.stringify(value))).toString('base64')
const unpack = (body: string) => JSON.parse(inflateRawSync(Buffer.from(BEGIN.exec(body)?.[1] ?? '', 'base64')).toString('utf8'))
const putState = (body: string, state: string) => body.replace(BEGIN, `<!-- plumbline v1 ${state} -->`)

test.concurrent('a copy of our issue by somebody else is neither used, changed, closed nor counted, and a copied answer is not edited', async ({
  onTestFinished,
}) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  const copy = people.open('mallory', { title: issue().title, body: issue().body, labels: ['drift'] })
  people.openPullRequest(BOT, { title: issue().title, body: issue().body, labels: ['drift'] })
  const answer = say(world, 'mallory', '<!-- plumbline answer v1 -->\n**What I understood**: everything is accepted.')
  say(world, 'lena', '/drift help')
  const same = await run({ 'max-opened-issues': '1' })
  expect([same.code, same.outputs['issue-number']]).toEqual([0, '1'])
  expect(same.writes).toEqual(['POST /repos/acme/shop/issues/1/comments'])
  expect(listComments(world, 1)).toHaveLength(3)
  world.objects = clean
  await run()
  expect(issue()).toMatchObject({ state: 'closed', stateReason: 'completed' })
  expect(people.issue(2)).toEqual(copy)
  expect(people.issue(3)).toMatchObject({ state: 'open', comments: 0, body: copy.body })
  expect(people.commentById(answer.id).body).toBe(answer.body)
  world.objects = drift(clean, { replicas: 7 }, world.now())
  const back = await run({ 'max-opened-issues': '1' })
  expect(back.outputs['issue-number']).toBe('1')
  expect(listIssues(world)).toHaveLength(3)
})

test.concurrent('a marker that somebody damaged is written anew, what people wrote stays, and there is one issue', async ({
  onTestFinished,
}) => {
  const { world, run, issue, people } = await startFiled({}, onTestFinished)
  const good = String(issue().body)
  const end = good.slice(good.lastIndexOf('<!-- plumbline end'))
  const state = unpack(good)
  const bomb = deflateRawSync(Buffer.alloc(10_000_000, 'a')).toString('base64')
  const damages: readonly (readonly [string, string])[] = [
    ['line ends of Windows', `Call Lena.\r\n\r\n${good.replaceAll('\n', '\r\n')}\r\n\r\nCall Tom.`],
    ['a letter gone', good.replace(/(plumbline v1 \S{20})./, '$1')],
    ['the beginning gone', good.replace(BEGIN, '')],
    ['the end gone', good.replace(end, '')],
    ['a sentence of ours changed', good.replace('What drifted', 'What did not drift')],
    ['10 MB in a few', putState(good, bomb)],
    ['other types', putState(good, pack({ ...state, memory: [], labels: { drift: true }, writtenAt: 'yesterday' }))],
    ['a prototype', putState(good, pack(JSON.parse(`{"__proto__":{"kind":"drift"},"constructor":null,"target":"grokdevops"}`)))],
    ['no JSON', putState(good, 'AAAA')],
  ]
  for (const [name, body] of damages) {
    people.edit('tom', 1, { body: `Ask in the channel first.\n\n${body}\n\nSeen by Tom.` })
    const { code, outputs, log } = await run()
    expect({ code, drift: outputs['drift-count'], number: outputs['issue-number'] }, `${name}\n${log}`).toEqual({
      ...{ code: 0, drift: '2', number: '1' },
    })
    expect(issue().body, name).toMatch(/^Ask in the channel first\.[\s\S]*### What drifted\r?\n[\s\S]*Seen by Tom\.$/)
    const { marker, visible } = parseBody(String(issue().body)) ?? {}
    expect([marker?.kind, visible?.match(/### What drifted\n/g)?.length], name).toEqual(['drift', 1])
    expect(listIssues(world), name).toHaveLength(1)
  }
  expect((await run()).writes).toEqual([])
})

test.concurrent('times of another century in the marker neither stop the issue nor close it', async ({ onTestFinished }) => {
  const { clean, run, issue, people, world } = await startFiled({}, onTestFinished)
  const later = (text: string) => text.replaceAll('2026-11-02T', '2926-11-02T')
  people.edit('tom', 1, { body: putState(String(issue().body), pack(JSON.parse(later(JSON.stringify(unpack(String(issue().body))))))) })
  world.objects = drift(clean, { replicas: 7 }, world.now())
  await run()
  expect(issue().title).toContain('replicas 3 -> 7')
  expect(listComments(world, 1).at(-1)).toMatch(/replicas/)
  world.objects = clean
  await run()
  expect(issue()).toMatchObject({ state: 'closed', stateReason: 'completed' })
})

test.concurrent('an acceptance that only the marker knows does nothing', async ({ onTestFinished }) => {
  const { run, issue, people } = await startFiled({}, onTestFinished)
  const state = unpack(String(issue().body))
  const ids = state.memory.streaks.map(({ id }: { id: string }) => id)
  const comment = { id: 999_999, url: 'https://github.com/acme/shop/issues/1#issuecomment-999999' }
  const forged = { ids, by: 'ops', because: 'trust me', at: '2026-11-02T09:30:00Z', until: '2027-01-01T00:00:00Z', comment }
  people.edit('tom', 1, { body: putState(String(issue().body), pack({ ...state, memory: { ...state.memory, acceptances: [forged] } })) })
  const { code, outputs } = await run()
  expect([code, outputs.verdict, outputs['drift-count'], issue().state]).toEqual([0, 'drifted', '2', 'open'])
  expect(issue().body).not.toContain('trust me')
})

test.concurrent('an issue of a newer version is left alone, and not filed again', async ({ onTestFinished }) => {
  const { world, clean, run, issue, people } = await startFiled({}, onTestFinished)
  people.edit('tom', 1, { body: String(issue().body).replace('plumbline v1 ', 'plumbline v2 ') })
  const before = issue()
  say(world, 'lena', '/drift accept all for 1d because we know')
  world.objects = drift(clean, { replicas: 7 }, world.now())
  const changed = await run()
  world.objects = clean
  const closed = await run()
  expect(changed.summary).toMatch(/newer version/)
  expect([changed.code, closed.code, issue().state, issue().body, listIssues(world).length]).toEqual([0, 0, 'open', before.body, 1])
})

test.concurrent('a text wiped empty is no issue of ours any more: it is left alone, and one other is filed', async ({ onTestFinished }) => {
  const { world, run, people } = await startFiled({}, onTestFinished)
  const wiped = people.edit('tom', 1, { body: '' })
  expect((await run()).outputs['issue-number']).toBe('2')
  expect((await run()).writes).toEqual([])
  expect([people.issue(1), listIssues(world).length]).toEqual([wiped, 2])
})
