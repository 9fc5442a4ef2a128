import { expect, test } from 'vitest'
import { connect, expectRefusal, REPO } from './connect.ts'

test('takes what is as long as GitHub allows, and refuses one more', async () => {
  const { octokit, github } = await connect()
  const create = (given: { title?: string; body?: string; labels?: string[] }) =>
    octokit.rest.issues.create({ ...REPO, title: 'x', ...given })
  await create({ title: 't'.repeat(256), body: 'b'.repeat(65_536), labels: ['l'.repeat(50)] })
  await expectRefusal(create({ body: 'b'.repeat(65_537) }), 422, 'body is too long (maximum is 65536 characters)')
  await expectRefusal(create({ title: 't'.repeat(257) }), 422, 'title is too long (maximum is 256 characters)')
  await expectRefusal(create({ labels: ['l'.repeat(51)] }), 422, 'name is too long (maximum is 50 characters)')
  await expectRefusal(create({ title: ' ' }), 422, 'missing_field')
  expect(github.repository.issues.size).toBe(1)
})

test('holds changes and comments to the same limits', async () => {
  const { octokit, github } = await connect()
  const { number } = github.people.open('alice', { title: 'x', body: 'mine' })
  const body = 'b'.repeat(65_537)
  await expectRefusal(octokit.rest.issues.update({ ...REPO, issue_number: number, body }), 422, 'body is too long')
  await expectRefusal(octokit.rest.issues.createComment({ ...REPO, issue_number: number, body }), 422, 'body is too long')
  const { id } = github.people.comment('alice', number, 'hello')
  await expectRefusal(octokit.rest.issues.updateComment({ ...REPO, comment_id: id, body }), 422, 'body is too long')
  await expectRefusal(octokit.rest.issues.addLabels({ ...REPO, issue_number: number, labels: ['l'.repeat(51)] }), 422, 'name is too long')
  expect(github.people.issue(number)).toMatchObject({ body: 'mine', labels: [], comments: 1 })
})

test('takes ten assignees, all of them collaborators', async () => {
  const names = Array.from({ length: 11 }, (_, index) => `person-${index}`)
  const { octokit } = await connect({
    collaborators: Object.fromEntries(names.map((name) => [name, 'write' as const])),
    strangers: ['mallory'],
  })
  const create = (assignees: string[]) => octokit.rest.issues.create({ ...REPO, title: 'x', assignees })
  const { data } = await create(names.slice(0, 10))
  expect(data.assignees?.map(({ login }) => login)).toEqual(names.slice(0, 10))
  await expectRefusal(create(names), 422, 'assignees')
  await expectRefusal(create(['mallory']), 422, '"value":"mallory"')
  await expectRefusal(create(['nobody']), 422, '"code":"invalid"')
})

test('makes labels that do not exist yet, and tells no case', async () => {
  const { octokit } = await connect()
  const first = await octokit.rest.issues.create({ ...REPO, title: 'x', labels: ['Drift', 'prod'] })
  const second = await octokit.rest.issues.create({ ...REPO, title: 'y', labels: ['drift', 'DRIFT'] })
  const names = (labels: typeof first.data.labels) => labels.map((label) => (typeof label === 'string' ? label : label.name))
  expect([names(first.data.labels), names(second.data.labels)]).toEqual([['Drift', 'prod'], ['Drift']])
  const { data } = await octokit.rest.issues.listLabelsForRepo(REPO)
  expect(data.map(({ name }) => name)).toEqual(['Drift', 'prod'])
})

test('takes a hundred labels on an issue', async () => {
  const { octokit, github } = await connect()
  const names = Array.from({ length: 101 }, (_, index) => `label-${index}`)
  const { number } = github.people.open('alice', { title: 'x', labels: names.slice(0, 99) })
  const add = (name: string) => octokit.rest.issues.addLabels({ ...REPO, issue_number: number, labels: [name] })
  expect((await add('label-99')).data).toHaveLength(100)
  await expectRefusal(add('label-100'), 422, 'too many labels')
})

test('adds and removes single labels', async () => {
  const { octokit, github } = await connect()
  const { number } = github.people.open('alice', { title: 'x', labels: ['mine'] })
  await octokit.rest.issues.addLabels({ ...REPO, issue_number: number, labels: ['drift: a/b'] })
  expect(github.people.issue(number).labels).toEqual(['mine', 'drift: a/b'])
  const { data } = await octokit.rest.issues.removeLabel({ ...REPO, issue_number: number, name: 'drift: a/b' })
  expect(data.map(({ name }) => name)).toEqual(['mine'])
  await expectRefusal(octokit.rest.issues.removeLabel({ ...REPO, issue_number: number, name: 'drift: a/b' }), 404, 'Label does not exist')
})
