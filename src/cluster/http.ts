import http from 'node:http'
import https from 'node:https'
import { createGunzip } from 'node:zlib'

/** What came back from one try, before anyone judges it. */
export type Received = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly text: string }

/** Bounds of one try. Times in milliseconds, size in bytes of the unpacked body. */
export type Limits = { readonly connect: number; readonly idle: number; readonly total: number; readonly bytes: number }

/** A try that gave no answer. `code` is Node's, or `TIMEOUT`, `TRUNCATED`, `TOO_LARGE`. */
export class ConnectionFailure extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Sends one request and reads the whole answer. Redirects are not followed, so a credential never travels on.
 * @param url where to, without credentials in it
 * @param options method, headers, TLS settings and agent
 * @param payload a JSON text to send, or null
 * @throws ConnectionFailure when no whole answer came
 */
export async function sendOnce(url: URL, options: https.RequestOptions, payload: string | null, limits: Limits): Promise<Received> {
  const stop = new AbortController()
  const abort = (what: string, ms: number) => stop.abort(new ConnectionFailure('TIMEOUT', `${what} within ${Math.round(ms / 100) / 10} s`))
  const total = setTimeout(() => abort('the answer was not complete', limits.total), limits.total)
  let connecting: NodeJS.Timeout | undefined
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === 'http:' ? http : https).request(url, { ...options, signal: stop.signal }, resolve)
      request.on('error', reject)
      request.on('socket', (socket) => {
        if (!socket.connecting) return
        connecting = setTimeout(() => abort('no connection', limits.connect), limits.connect)
        socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => clearTimeout(connecting))
      })
      request.setTimeout(limits.idle, () => abort('the server sent nothing', limits.idle))
      request.end(payload ?? undefined)
    })
    return { status: response.statusCode ?? 0, headers: response.headers, text: await readBody(response, limits.bytes) }
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : toFailure(error)
  } finally {
    clearTimeout(total)
    clearTimeout(connecting)
  }
}

/** Reads and unpacks a body, and stops beyond the bound rather than filling the memory. */
async function readBody(response: http.IncomingMessage, maxBytes: number): Promise<string> {
  const packed = response.headers['content-encoding'] === 'gzip'
  const stream = packed ? response.pipe(createGunzip()) : response
  // pipe() does not carry errors over: without this a reset in the middle of a packed body would wait for the time limit.
  if (packed) response.on('error', (error) => stream.destroy(error))
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      response.destroy()
      throw new ConnectionFailure('TOO_LARGE', `the answer is larger than ${Math.round(maxBytes / 2 ** 20)} MiB`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function toFailure(error: unknown): ConnectionFailure {
  if (error instanceof ConnectionFailure) return error
  if (!(error instanceof Error)) return new ConnectionFailure('UNKNOWN', String(error))
  // Several addresses tried, none reached: Node then throws an AggregateError whose message is empty.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
  const code = 'code' in first && typeof first.code === 'string' ? first.code : 'UNKNOWN'
  if (code === 'Z_BUF_ERROR') return new ConnectionFailure('TRUNCATED', 'the answer broke off')
  return new ConnectionFailure(code, first.message)
}
