import { getOctokit } from '@actions/github'
import { describe, expect, onTestFinished, test } from 'vitest'
import { badGateway, type Fault, html, primaryLimit, reset, SILENCE, secondaryLimit, slow, UNAVAILABLE } from '../fakes/github/faults.ts'
import { fetchFrom } from '../fakes/github/fetch.ts'
import { FakeGitHub } from '../fakes/github/github.ts'
import { serveGitHub } from '../fakes/github/server.ts'
import { expectRefusal, REPO, stopClock, timeLimit } from './connect.ts'

/** A client over either front end, and a POST that meets the fault. */
async function meet(front: 'HTTP' | 'fetch', fault: Fault) {
  const github = new FakeGitHub({ now: stopClock().now })
  github.faults.add({ method: 'POST', path: /\/issues$/, fault })
  const octokit = getOctokit('fake-token', front === 'HTTP' ? { baseUrl: await serve(github) } : { request: { fetch: fetchFrom(github) } })
  const create = (signal?: AbortSignal) => octokit.rest.issues.create({ ...REPO, title: 'x', ...(signal ? { request: { signal } } : {}) })
  return { github, octokit, create, made: () => github.repository.issues.size }
}

async function serve(github: FakeGitHub): Promise<string> {
  const server = await serveGitHub(github)
  onTestFinished(server.close)
  return server.url
}

describe.each(['HTTP', 'fetch'] as const)('over %s', (front) => {
  test('a bad gateway, before and after the work was done', async () => {
    const before = await meet(front, badGateway(false))
    await expectRefusal(before.create(), 502, 'Server Error')
    expect(before.made()).toBe(0)
    const after = await meet(front, badGateway(true))
    await expectRefusal(after.create(), 502, 'Server Error')
    expect(after.made()).toBe(1)
    expect((await after.create()).status).toBe(201)
  })

  test('silence, although the work was done', async () => {
    const { create, made, github } = await meet(front, SILENCE)
    await expect(create(timeLimit(100))).rejects.toThrow()
    expect([made(), github.requests]).toMatchObject([1, [{ operation: 'issues/create', status: null }]])
  })

  test('a broken connection, before and after the work was done', async () => {
    const before = await meet(front, reset(false))
    await expect(before.create()).rejects.toThrow()
    expect(before.made()).toBe(0)
    const after = await meet(front, reset(true))
    await expect(after.create()).rejects.toThrow()
    expect([after.made(), after.github.requests]).toMatchObject([1, [{ status: null }]])
  })

  test('no requests left, until a time', async () => {
    const { create, made } = await meet(front, primaryLimit(600, 429))
    const error = await create().catch((reason: unknown) => reason)
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2026-03-01T12:10:01Z') / 1000) }
    expect(error).toMatchObject({ status: 429, response: { headers } })
    expect(String(error)).toMatch(/API rate limit exceeded/)
    expect(made()).toBe(0)
  })

  test('too much at once, with and without a time to wait', async () => {
    const told = await meet(front, secondaryLimit(7))
    const error = await told.create().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ status: 403, response: { headers: { 'retry-after': '7' } } })
    expect(String(error)).toMatch(/\bsecondary rate limit\b/)
    const untold = await meet(front, secondaryLimit(null))
    const other = (await untold.create().catch((reason: unknown) => reason)) as { response: { headers: object } }
    expect(other.response.headers).not.toHaveProperty('retry-after')
    expect([told.made(), untold.made()]).toEqual([0, 0])
  })

  test('a service that is down, and a page in place of JSON', async () => {
    await expectRefusal((await meet(front, UNAVAILABLE)).create(), 503, 'Service Unavailable')
    await expectRefusal((await meet(front, html(502))).create(), 502, 'Unicorn')
    const { data } = await (await meet(front, html(200))).create()
    expect(data).toContain('Unicorn')
  })

  test('a slow answer, of which a client may not wait for the end', async () => {
    const patient = await meet(front, slow(150))
    const start = performance.now()
    expect((await patient.create()).status).toBe(201)
    expect(performance.now() - start).toBeGreaterThan(140)
    const hasty = await meet(front, slow(60_000))
    await expect(hasty.create(timeLimit(50))).rejects.toThrow()
    expect(hasty.made()).toBe(1)
  })
})

test('a fault meets the requests that it is for: from the nth on, so many times, or always', async () => {
  const github = new FakeGitHub()
  const octokit = getOctokit('fake-token', { request: { fetch: fetchFrom(github) } })
  github.people.open('alice', { title: 'x' })
  github.faults.add({ path: /\/issues\/1$/, nth: 2, times: 2, fault: badGateway(false) })
  github.faults.add({ method: 'PATCH', times: Number.POSITIVE_INFINITY, fault: UNAVAILABLE })
  const ask = async (method: 'GET' | 'PATCH') =>
    await octokit.request(`${method} /repos/acme/shop/issues/1`).then(
      ({ status }) => status,
      ({ status }) => status,
    )
  expect([await ask('GET'), await ask('GET'), await ask('PATCH'), await ask('GET'), await ask('PATCH')]).toEqual([200, 502, 502, 200, 503])
  github.faults.clear()
  expect(await ask('PATCH')).toBe(200)
})
