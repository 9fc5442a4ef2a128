import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FakeGitHub } from './github.ts'

/** A fake GitHub on a port of this machine. */
export type GitHubServer = {
  /** For `GITHUB_API_URL`; its GraphQL is at `/graphql` below it. */
  readonly url: string
  /**
   * Ends the server and all its connections.
   * @throws what went wrong in the fake itself
   */
  readonly close: () => Promise<void>
}

/** Serves a fake GitHub over real HTTP on loopback. The process does not wait for it. */
export async function serveGitHub(github: FakeGitHub): Promise<GitHubServer> {
  const server = createServer((request, response) => {
    respond(github, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(`The fake GitHub is wrong: ${error}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      github.check()
    },
  }
}

async function respond(github: FakeGitHub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  const outcome = github.handle({
    method: request.method ?? 'GET',
    url: `http://${request.headers.host}${request.url}`,
    headers: { authorization: request.headers.authorization },
    body: body === '' ? null : body,
  })
  if (outcome.kind === 'silence') return
  if (outcome.kind === 'reset') return void request.socket.resetAndDestroy()
  if (outcome.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, outcome.delayMs).unref())
  const { status, headers, body: answered } = outcome.answer
  response.writeHead(status, headers)
  response.end(typeof answered === 'string' || answered instanceof Uint8Array || answered === null ? answered : JSON.stringify(answered))
}
