import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { formatAnswers } from '../../src/triage/format-answer.ts'
import { formatCommand } from '../../src/triage/format-command.ts'
import { parseCommands } from '../../src/triage/parse-commands.ts'
import { makeComment, makeStreak, replay, WRITERS } from './make-triage.ts'

const doc = readFileSync(new URL('../../docs/triage.md', import.meta.url), 'utf8')

function readSection(name: string): string {
  const [, section] = doc.split(new RegExp(`<!-- ${name}-(?:start|end) -->\n`))
  return section!
}

it('tells only commands that are understood', () => {
  const commands = [...readSection('commands').matchAll(/^\| `([^`]+)`/gm)].map(([, line]) => line!)
  expect(commands).toHaveLength(7)
  const best = commands.flatMap(parseCommands).map((command) => (command.type === 'mistyped' ? command : formatCommand(command)))
  expect(best).toEqual(commands.map((line) => line.replace('2 weeks', '14d')))
})

it('shows the very answer to its conversation', () => {
  const bodies = [...doc.matchAll(/```text\n(.*?)```/gs)].map(([, body]) => body!)
  const known = [...doc.matchAll(/^> `([0-9a-f]{7})` (.*?)(?: <br>)?$/gm)].map(([, id, fact]) =>
    makeStreak(id!, '2026-11-24T08:17:00Z', fact!),
  )
  expect(known).toHaveLength(2)
  const authors = ['lena', 'kim', 'visitor']
  const times = ['10:02:11', '10:15:40', '11:00:00']
  const comments = bodies.map((body, index) =>
    makeComment(body, { id: index + 1, author: authors[index]!, createdAt: `2026-11-24T${times[index]}Z` }),
  )
  const mayWrite = (login: string) => (login === 'visitor' ? 'no' : WRITERS(login))
  const answer = formatAnswers({ answers: replay({ comments, known, mayWrite, now: '2026-11-24T11:17:00Z' }).answers, known })
    .replace(/^<!--.*-->\n\n/, '')
    .replaceAll('\u200b', '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  expect(readSection('answer').replace(/^> ?/gm, '')).toBe(answer)
})
