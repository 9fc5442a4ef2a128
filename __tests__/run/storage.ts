import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ending } from './issue-world.ts'

/** A storage for artifacts, of another host than the API's, as GitHub has one. It gives what was put there last. */
export async function serveStorage(ending: Ending) {
  const seen: IncomingMessage[] = []
  const zips: Uint8Array[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    response.end(zips.at(-1))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ending(async () => void server.close())
  const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/zip?sig=secret`
  return { location, seen, put: (bytes: Uint8Array) => void zips.push(bytes) }
}
