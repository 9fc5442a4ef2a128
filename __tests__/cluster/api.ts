// Requests to the API server with nothing but Node: the harness must not rest on the client that it is there to test.

import { request } from 'node:https'
import type { Access } from './kubeconfigs.ts'

/** An answer: its status and its body, parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/**
 * Sends one request.
 * @param path with its leading slash, query included
 * @param body sent as JSON
 * @throws when the server cannot be reached or does not answer in 10 seconds; any answer is given back, whatever its status
 */
export function callApi(access: Access, method: string, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${access.token}`, accept: 'application/json', 'content-type': 'application/json' }
    const options = { method, headers, ca: access.ca, agent: false, timeout: 10_000 }
    const call = request(`${access.serverUrl}${path}`, options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parse(text) }))
    })
    call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in 10 s`)))
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
