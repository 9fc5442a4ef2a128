/**
 * Counts what a run asks of GitHub, and writes the table into `docs/issues.md`: `npm run requests`.
 *
 * The Action's entry is run through an issue's life, against the tests' fake GitHub and the recorded cluster of the example;
 * what arrived there is counted. One target, one page of issues, and people's comments where the row says so.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drift, type GitHubEvent, makeWorld } from '../__tests__/run/world.ts'

const FILE = join(import.meta.dirname, '../docs/issues.md')
const [START, END] = ['<!-- requests-start -->\n', '<!-- requests-end -->']

const world = await makeWorld('2026-11-01T06:17:00Z')
const { github, wait } = world
const inSync = world.objects
const rows: string[][] = []

async function count(what: string, event?: GitHubEvent): Promise<void> {
  wait({ hours: 1 })
  const { code, rest, writes, log } = await world.run({}, event)
  if (code !== 0) throw new Error(log)
  rows.push([what, String(rest.length), writes.length === 0 ? '' : writes.map(nameWrite).join(', ')])
}

function nameWrite(write: string): string {
  const names: readonly (readonly [RegExp, string])[] = [
    [/^POST .*\/issues$/, 'the issue'],
    [/^POST .*\/reactions$/, 'a reaction'],
    [/^(POST|PATCH) .*\/comments(\/\d+)?$/, 'a comment'],
    [/^PATCH .*\/issues\/\d+$/, "the issue's text"],
  ]
  return names.find(([pattern]) => pattern.test(write))?.[1] ?? write
}

function say(login: string, body: string): GitHubEvent {
  const comment = github.people.comment(login, 1, body)
  const payload = { action: 'created', issue: { number: 1 }, comment: { id: comment.id, body, user: { login, type: 'User' } } }
  return { name: 'issue_comment', payload }
}

try {
  await count('nothing has drifted')
  world.objects = drift(inSync, { replicas: 5 }, world.now())
  await count('drift is seen for the first time')
  await count('it has lasted: the issue is filed')
  await count('nothing has changed, nobody has commented')
  world.objects = drift(inSync, { replicas: 6 }, world.now())
  await count('the differences have changed')
  await count('nothing has changed, with comments')
  wait({ days: 1 })
  await count('the heartbeat, once a day')
  await count('a comment accepts it: answer and check', say('lena', '/drift accept all for 3d because the load test runs until Friday'))
  await count('it is accepted, nothing has changed')
  wait({ days: 3 })
  await count('the acceptance has expired')
  world.objects = inSync
  await count('all is well: the issue is closed')
  world.objects = drift(inSync, { replicas: 6 }, world.now())
  await count('the same drift is seen again')
  await count('it has lasted: the issue is opened again')
} finally {
  await world.close()
}
const head = [
  ['What the run finds', 'REST requests', 'Written'],
  ['---', '---', '---'],
]
const table = [...head, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')
const text = await readFile(FILE, 'utf8')
const [start, end] = [text.indexOf(START) + START.length, text.indexOf(END)]
if (start < START.length || end < start) throw new Error(`${FILE} has no ${START.trim()} with its end. Add them where the table belongs.`)
await writeFile(FILE, `${text.slice(0, start)}${table}${text.slice(end)}`)
