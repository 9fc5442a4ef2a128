import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** The cache of GitHub Actions as its client speaks to it (version 1 of its API), in memory. */
export type FakeCache = {
  readonly url: string
  /** Keys, oldest first. */
  readonly keys: () => readonly string[]
  /** Loses everything, as after a week of not being used. */
  readonly lose: () => void
  /** From now on every write is refused, or every request. */
  breaks: 'nothing' | 'writes' | 'everything'
  /** So many of the next lookups fail, as in a moment's trouble. */
  missing: number
  readonly close: () => Promise<void>
}

type Entry = { readonly id: number; readonly key: string; readonly version: string; content: Buffer; committed: boolean }

/** Serves an empty cache on loopback. */
export async function serveCache(): Promise<FakeCache> {
  const entries: Entry[] = []
  let url = ''

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', url)
    const body = await buffer(request)
    const json = (status: number, value?: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(value === undefined ? undefined : JSON.stringify(value))
    if (cache.breaks === 'everything' || (cache.breaks === 'writes' && request.method !== 'GET')) return void json(403, { message: 'no' })
    const [, id] = /\/caches\/(\d+)$/.exec(pathname) ?? []
    const entry = entries.find((one) => String(one.id) === id)
    if (pathname.startsWith('/content/')) return void response.end(entries.find((one) => pathname === `/content/${one.id}`)?.content)
    if (request.method === 'GET') {
      if (cache.missing > 0) {
        cache.missing -= 1
        return void json(403, { message: 'no' })
      }
      const keys = (searchParams.get('keys') ?? '').split(',')
      const fits = (one: Entry) =>
        one.committed && one.version === searchParams.get('version') && keys.some((key) => one.key.startsWith(key))
      const found = entries.findLast(fits)
      return void (found === undefined ? json(204) : json(200, { cacheKey: found.key, archiveLocation: `${url}/content/${found.id}` }))
    }
    if (request.method === 'POST' && entry === undefined) {
      const { key, version } = JSON.parse(body.toString()) as { readonly key: string; readonly version: string }
      const made: Entry = { id: entries.length + 1, key, version, content: Buffer.alloc(0), committed: false }
      entries.push(made)
      return void json(201, { cacheId: made.id })
    }
    if (entry === undefined) return void json(404)
    if (request.method === 'PATCH') entry.content = Buffer.concat([entry.content, body])
    else entry.committed = true
    json(204)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const cache: FakeCache = {
    url: `${url}/`,
    keys: () => entries.filter(({ committed }) => committed).map(({ key }) => key),
    lose: () => {
      entries.length = 0
    },
    breaks: 'nothing',
    missing: 0,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return cache
}
