import fc from 'fast-check'
import { parseBody } from '../../../src/memory/marker.ts'
import { BOT } from '../../fakes/github/repository.ts'
import type { Issue } from '../../fakes/github/types.ts'
import { PLACES } from './cluster.ts'
import { idsOf } from './oracle.ts'
import { step } from './step.ts'
import { DETECTOR, type Notes, type World } from './world.ts'

const DAY = 86_400_000
const label = fc.constantFrom('drift', 'ops', 'Night', 'OPS', 'team-a', 'urgent')
const people = fc.constantFrom('lena', 'lena', 'omar', 'tom', 'sue')

/** Something that a person does to one of our issues, whichever there is; the newest more often. */
function onIssue<T>(name: string, args: fc.Arbitrary<T>, act: (world: World, issue: Issue, notes: Notes, args: T) => void) {
  return step(name, fc.record({ which: fc.nat(3), args }), (world, { which, args }) => {
    const issue = world.issues().at(-1 - which) ?? world.issues().at(-1)
    if (issue === undefined) return
    world.count('human actions')
    act(world, issue, world.note(issue.number), args)
  })
}

function editBody(world: World, issue: Issue, body: string): void {
  world.github.people.edit('omar', issue.number, { body })
  if (parseBody(body) === null) world.note(issue.number).disowned = true
}

const close = onIssue('close', fc.constantFrom('completed', 'not_planned', 'not_planned', 'duplicate'), (world, issue, notes, reason) => {
  if (issue.state === 'closed') return
  world.github.people.close('omar', issue.number, reason)
  notes.unwanted = reason !== 'completed' && parseBody(issue.body ?? '')?.marker != null
})
const reopen = onIssue('reopen', fc.constant(null), (world, issue, notes) => {
  if (issue.state === 'open') return
  notes.insisted ||= issue.closedBy === BOT && issue.stateReason !== 'duplicate'
  notes.unwanted = false
  world.github.people.reopen('omar', issue.number)
})
const retitle = onIssue('title', fc.nat(99), (world, issue, notes, number) => {
  notes.title = `Please look ${number}`
  world.github.people.edit('omar', issue.number, { title: notes.title })
})
const write = onIssue(
  'text',
  fc.record({ where: fc.constantFrom('before', 'after'), text: fc.nat(999), crlf: fc.boolean() }),
  (world, issue, notes, given) => {
    const text = `Note ${given.text} of ours.`
    notes[given.where === 'before' ? 'before' : 'after'].push(text)
    const body = given.where === 'before' ? `${text}\n\n${issue.body}` : `${issue.body}\n\n${text}`
    editBody(world, issue, given.crlf ? body.replaceAll(/\r?\n/g, '\r\n') : body)
  },
)
const editInside = onIssue('edit inside', fc.constant(null), (world, issue) => {
  editBody(world, issue, (issue.body ?? '').replace(/Last clean/, 'Last seen clean'))
})
const DAMAGES: { readonly [how: string]: (body: string) => string } = {
  'begin gone': (body) => body.replace(/<!-- plumbline v1 \S* -->/, ''),
  'begin cut': (body) => body.replace(/(<!-- plumbline v1 \S{0,40})\S* -->/, '$1 -->'),
  'begin broken': (body) => body.replace('<!-- plumbline v1', '<!-- plumb'),
  'end gone': (body) => body.replace(/<!-- plumbline end \S* -->/, ''),
  'end cut': (body) => body.replace(/(<!-- plumbline end \S{0,9})\S* -->/, '$1 -->'),
}
const damage = onIssue('damage', fc.constantFrom(...Object.keys(DAMAGES)), (world, issue, notes, how) => {
  editBody(world, issue, DAMAGES[how]?.(issue.body ?? '') ?? '')
  if (!how.startsWith('end')) notes.unwanted = false
  world.count('damaged')
})
const addLabel = onIssue('label', label, (world, issue, notes, name) => {
  const has = issue.labels.some((one) => one.toLowerCase() === name.toLowerCase())
  world.github.people.label('omar', issue.number, name)
  notes.off.delete(name.toLowerCase())
  // One that was ours before cannot be told from one of ours.
  if (!has && !notes.ours.has(name.toLowerCase())) notes.on.add(name.toLowerCase())
})
const removeLabel = onIssue('unlabel', label, (world, issue, notes, name) => {
  const lower = name.toLowerCase()
  if (!issue.labels.some((one) => one.toLowerCase() === lower)) return
  world.github.people.unlabel('omar', issue.number, name)
  notes.on.delete(lower)
  // Of one that we never put on, nobody can tell that it was ever there.
  if (notes.ours.has(lower) && world.config.labels.some((one) => one.toLowerCase() === lower)) notes.off.add(lower)
})
const lock = onIssue('lock', fc.boolean(), (world, issue, _, isLocked) => {
  if (isLocked) world.github.people.lock('omar', issue.number)
  else world.github.people.unlock('omar', issue.number)
})
const assign = onIssue('assign', fc.constantFrom([], ['omar'], ['lena', 'omar']), (world, issue, _, assignees) => {
  world.github.people.edit('omar', issue.number, { assignees })
})
const remove = onIssue('delete', fc.constant(null), (world, issue) => {
  world.github.people.delete(issue.number)
})

const say = onIssue(
  'say',
  fc.record({
    who: people,
    type: fc.constantFrom('accept', 'accept', 'accept', 'unaccept'),
    place: fc.option(fc.nat(3), { nil: undefined, freq: 2 }),
    days: fc.constantFrom(0.5, 2, 7, 30),
    short: fc.boolean(),
  }),
  (world, issue, notes, { who, type, place, days, short }) => {
    if (notes.target === DETECTOR) return
    const state = world.cluster(notes.target)
    const id =
      place === undefined
        ? undefined
        : idsOf(notes.target, {
            ...state,
            unread: [],
            broken: false,
            values: PLACES.map((_, index) => (index === place ? state.values[index] || 1 : 0)),
          })[0]
    const which = id === undefined ? 'all' : short ? id.slice(0, 9) : id
    const end = days === 0.5 ? '12h' : `${days}d`
    const body = type === 'accept' ? `Fine.\n\n/drift accept ${which} for ${end} because of the load test` : `/drift unaccept ${which}`
    const comment = world.github.people.comment(who, issue.number, body)
    const at = Math.floor(world.now / 1000) * 1000
    const until = type === 'accept' ? at + days * DAY : 0
    world.said.push({
      comment: comment.id,
      issue: issue.number,
      target: notes.target,
      author: who,
      at,
      type,
      ids: id === undefined ? 'all' : [id],
      until,
      edited: false,
    })
    world.count('said')
  },
)
const unsay = step('unsay', fc.record({ which: fc.nat(3), how: fc.constantFrom('edit', 'edit', 'delete') }), (world, { which, how }) => {
  const said = world.said.at(-1 - which)
  if (said === undefined || !world.github.repository.comments.has(said.comment)) return
  if (how === 'delete') return world.github.people.deleteComment(said.comment)
  world.github.people.editComment(said.comment, `${world.github.people.commentById(said.comment).body} and more`)
  said.edited = true
})
const role = step(
  'role',
  fc.record({ who: people, role: fc.constantFrom('write', 'read', 'none', 'maintain', 'triage') }),
  (world, one) => {
    world.github.repository.setRole(one.who, one.role as 'write')
  },
)

export const humanCommands = [
  close,
  close,
  reopen,
  reopen,
  retitle,
  write,
  write,
  editInside,
  damage,
  addLabel,
  removeLabel,
  lock,
  assign,
  remove,
  say,
  say,
  say,
  say,
  unsay,
  unsay,
  unsay,
  unsay,
  role,
]
