import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { KubeConfig } from '@kubernetes/client-node'
import { UserError } from '../errors.ts'
import type { JsonObject } from '../model.ts'
import { toObject, toText, toTexts } from '../shapes.ts'
import { explainPreparation, toExec } from './exec-plugin.ts'
import type { Environment } from './find-kubeconfig.ts'
import type { ContextEntry } from './parse-kubeconfig.ts'

/** Gives the TLS settings, headers and agent for the next request; runs an `exec` plugin when its credential is due. */
export type Authorize = () => Promise<https.RequestOptions>

const PLUGIN_TIME = 60_000

/**
 * Hands a context to `KubeConfig`, which knows every way to authenticate.
 * @param hidden names of environment variables that an `exec` plugin must not see
 * @param onSecret told each credential that a plugin gives, so that it can be masked
 */
export function prepareAuthorization(
  entry: ContextEntry,
  env: Environment,
  hidden: RegExp | null,
  onSecret: (secret: string) => void,
): Authorize {
  const config = new KubeConfig()
  const url = new URL(toText(entry.cluster.server) ?? '')
  config.loadFromOptions({
    clusters: [toCluster(entry.cluster, url)],
    users: [toUser(entry, env, hidden)],
    contexts: [{ name: 'chosen', cluster: 'chosen', user: 'chosen' }],
    currentContext: 'chosen',
  })
  const agent = new (url.protocol === 'http:' ? http : https).Agent({ keepAlive: true })
  const impersonation = listImpersonation(entry.user)

  // One at a time: requests that start together must not each start the plugin. KubeConfig keeps what it gave until it expires.
  let last: Promise<unknown> = Promise.resolve()
  const authorize: Authorize = async () => {
    const options: https.RequestOptions = { headers: {} }
    try {
      await withTimeout(config.applyToHTTPSOptions(options), PLUGIN_TIME)
    } catch (error) {
      throw explainPreparation(entry, error)
    }
    const headers = options.headers as http.OutgoingHttpHeaders
    if (entry.user.exec !== undefined || entry.user['auth-provider'] !== undefined) reportSecrets(options, onSecret)
    // KubeConfig's agent keeps no connection alive; it is needed only for a proxy. Without its word on TLS, Node would ask NODE_TLS_REJECT_UNAUTHORIZED.
    return {
      ...options,
      agent: entry.cluster['proxy-url'] === undefined ? agent : (options.agent ?? agent),
      rejectUnauthorized: options.rejectUnauthorized ?? true,
      headers: { ...headers, ...impersonation },
    }
  }
  return () => {
    const next = last.then(authorize, authorize)
    last = next
    return next
  }
}

function toCluster(cluster: JsonObject, url: URL): object {
  return {
    name: 'chosen',
    server: url.href.replace(/\/$/, ''),
    caData: toText(cluster['certificate-authority-data']) ?? undefined,
    // kubectl prefers the data; KubeConfig would take the file.
    caFile: cluster['certificate-authority-data'] === undefined ? (toText(cluster['certificate-authority']) ?? undefined) : undefined,
    // KubeConfig wants this said for http, where there is no TLS to verify.
    skipTLSVerify: url.protocol === 'http:' || cluster['insecure-skip-tls-verify'] === 'true',
    tlsServerName: toText(cluster['tls-server-name']) ?? undefined,
    proxyUrl: toText(cluster['proxy-url']) ?? undefined,
  }
}

function toUser(entry: ContextEntry, env: Environment, hidden: RegExp | null): object {
  const { user } = entry
  const text = (field: string) => toText(user[field]) ?? undefined
  const tokenFile = text('tokenFile')
  return {
    name: 'chosen',
    // KubeConfig does not read `tokenFile`; kubectl prefers it to `token`.
    token: tokenFile === undefined ? text('token') : readToken(tokenFile),
    username: text('username'),
    password: text('password'),
    certData: text('client-certificate-data'),
    certFile: user['client-certificate-data'] === undefined ? text('client-certificate') : undefined,
    keyData: text('client-key-data'),
    keyFile: user['client-key-data'] === undefined ? text('client-key') : undefined,
    impersonateUser: text('as'),
    authProvider: user['auth-provider'],
    exec: user.exec === undefined ? undefined : toExec(entry, env, hidden),
  }
}

/** KubeConfig sends `as` alone; without the groups the server would answer as somebody else. */
function listImpersonation(user: JsonObject): http.OutgoingHttpHeaders {
  const uid = toText(user['as-uid'])
  const groups = toTexts(user['as-groups'])
  const extra = Object.entries(toObject(user['as-user-extra'])).map(([key, values]) => [
    `Impersonate-Extra-${encodeURIComponent(key)}`,
    [...toTexts(values)],
  ])
  return {
    ...(uid === null ? {} : { 'Impersonate-Uid': uid }),
    ...(groups.length === 0 ? {} : { 'Impersonate-Group': [...groups] }),
    ...Object.fromEntries(extra),
  }
}

function readToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError({
      message: `The kubeconfig's tokenFile cannot be read: ${reason}.`,
      where: 'kubeconfig',
      remedy: 'Check the path and its permissions.',
    })
  }
}

function reportSecrets(options: https.RequestOptions, onSecret: (secret: string) => void): void {
  const header = (options.headers as http.OutgoingHttpHeaders).Authorization
  if (typeof header === 'string') onSecret(header.replace(/^\w+ /, ''))
  if (typeof options.key === 'string') onSecret(options.key)
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it gave no credential within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
