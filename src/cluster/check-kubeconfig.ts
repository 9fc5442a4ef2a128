import { isObject } from '../compare/json.ts'
import type { Fault, Note } from '../model.ts'
import { isLoopback } from '../safe-address.ts'
import { toObject, toText } from '../shapes.ts'
import { decodeJwt } from './jwt.ts'
import type { ContextEntry } from './parse-kubeconfig.ts'

/** What a workflow may allow beyond the rules for an inline kubeconfig. */
export type Allowances = {
  /** Commands of `exec` plugins and names of `auth-provider`s that may be used, exactly as the kubeconfig names them. */
  readonly allowExec: readonly string[]
  readonly allowSkipVerify: boolean
}

const WHERE = 'kubeconfig'
const DAY = 24 * 60 * 60 * 1000

/**
 * The rules for any kubeconfig: the server is an `https://` address, or `http://` on this machine.
 * A bearer token over plain http could be read on its way.
 */
export function checkServer(entry: ContextEntry): readonly Fault[] {
  const server = toText(entry.cluster.server)
  if (server === null)
    return [
      {
        message: `Cluster \`${entry.clusterName}\` has no \`server\`.`,
        where: WHERE,
        remedy: "Add the API server's address, such as https://api.example.com:6443.",
      },
    ]
  const url = URL.parse(server)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return [
      {
        message: `The \`server\` of cluster \`${entry.clusterName}\` is not an https address.`,
        where: WHERE,
        remedy: 'Give it as https://HOST:PORT.',
      },
    ]
  }
  if (url.username !== '' || url.password !== '') {
    return [
      {
        message: `The \`server\` of cluster \`${entry.clusterName}\` carries a credential in its address.`,
        where: WHERE,
        remedy: 'Put the credential into the `users` entry.',
      },
    ]
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    const message = `The \`server\` of cluster \`${entry.clusterName}\` is plain http on ${url.hostname}: whoever sits between could read the credential.`
    return [{ message, where: WHERE, remedy: 'Use the https address; http is allowed on this machine only.' }]
  }
  return []
}

/**
 * The rules for a kubeconfig given as text, as in a workflow: inline data only, nothing that runs programs, reads the machine's files,
 * leads elsewhere, or acts as someone else. (Flux had to close such a hole: CVE-2022-24817.)
 */
export function checkInline(entry: ContextEntry, allowances: Allowances): readonly Fault[] {
  const { cluster, user } = entry
  const faults: Fault[] = []
  const refuse = (message: string, remedy: string) => faults.push({ message, where: WHERE, remedy })
  const useToken = 'Use the token of a service account that may only read.'

  const exec = user.exec
  if (exec !== undefined) {
    const command = toText(toObject(exec).command) ?? ''
    if (!allowances.allowExec.includes(command))
      refuse(
        `User \`${entry.userName}\` runs a program (\`exec\`: \`${command}\`), which is refused unless it is allowed by name.`,
        useToken,
      )
    else if (/^\.|^[^/].*[/\\]/.test(command))
      refuse(
        `User \`${entry.userName}\` runs a program by a relative path (\`exec\`: \`${command}\`).`,
        'Name it by its absolute path, or by a name on PATH.',
      )
  }
  if (user['auth-provider'] !== undefined) {
    const name = toText(toObject(user['auth-provider']).name) ?? ''
    if (!allowances.allowExec.includes(name))
      refuse(`User \`${entry.userName}\` uses the \`auth-provider\` \`${name}\`, which is refused unless it is allowed by name.`, useToken)
  }
  const references = [
    ['certificate-authority', cluster['certificate-authority'], 'certificate-authority-data'],
    ['client-certificate', user['client-certificate'], 'client-certificate-data'],
    ['client-key', user['client-key'], 'client-key-data'],
    ['tokenFile', user.tokenFile, 'token'],
  ] as const
  for (const [field, value, instead] of references) {
    if (value !== undefined)
      refuse(
        `The kubeconfig refers to a file (\`${field}\`), and an inline one may not read files.`,
        `Put the data itself in: \`${instead}\` (\`kubectl config view --minify --raw --flatten\` does it).`,
      )
  }
  if (cluster['insecure-skip-tls-verify'] === 'true' && toText(cluster.server)?.startsWith('https:') && !allowances.allowSkipVerify) {
    refuse(
      `Cluster \`${entry.clusterName}\` has \`insecure-skip-tls-verify: true\`: the credential could go to anyone.`,
      "Put the certificate of the server's authority in `certificate-authority-data`.",
    )
  }
  if (cluster['proxy-url'] !== undefined)
    refuse(`Cluster \`${entry.clusterName}\` has a \`proxy-url\`.`, 'Remove it; run where the API server can be reached directly.')
  for (const field of ['as', 'as-uid', 'as-groups', 'as-user-extra']) {
    if (user[field] !== undefined) refuse(`User \`${entry.userName}\` acts as someone else (\`${field}\`).`, useToken)
  }
  return faults
}

/** What a reader of the report should know about this way to connect, though it is allowed. */
export function noteConnection(entry: ContextEntry, now: number): readonly Note[] {
  const notes: Note[] = []
  if (entry.cluster['insecure-skip-tls-verify'] === 'true' && toText(entry.cluster.server)?.startsWith('https:')) {
    notes.push({
      kind: 'skip-tls-verify',
      message:
        "The server's certificate was not checked (`insecure-skip-tls-verify` in the kubeconfig): what was read may come from anyone.",
    })
  }
  if (entry.user.as !== undefined)
    notes.push({ kind: 'impersonation', message: `The kubeconfig acts as \`${toText(entry.user.as) ?? ''}\`.` })
  const token = toText(entry.user.token)
  const claims = token === null ? null : decodeJwt(token)
  if (claims !== null && (claims.expires === null || claims.expires - now > 90 * DAY)) {
    const until = claims.expires === null ? 'never expires' : `is valid until ${new Date(claims.expires).toISOString().slice(0, 10)}`
    notes.push({
      kind: 'long-lived-token',
      message: `The kubeconfig's token ${until}. A short-lived one (\`kubectl create token\`) does less harm when it leaks.`,
    })
  }
  return notes
}

/** Every secret of a kubeconfig in every form in which it may turn up in a log: as written, decoded, and as a Basic header. */
export function collectSecrets(users: Iterable<ContextEntry['user']>): readonly string[] {
  const secrets = new Set<string>()
  const add = (value: string | null) => {
    if (value !== null && value.trim() !== '') secrets.add(value)
  }
  for (const user of users) {
    add(toText(user.token))
    const password = toText(user.password)
    add(password)
    if (password !== null) add(Buffer.from(`${toText(user.username) ?? ''}:${password}`).toString('base64'))
    const key = toText(user['client-key-data'])
    add(key)
    if (key !== null) add(Buffer.from(key, 'base64').toString('utf8'))
    for (const [name, value] of Object.entries(toObject(toObject(user['auth-provider']).config))) {
      if (/token|secret|password/i.test(name)) add(toText(value))
    }
    const variables = toObject(user.exec).env
    for (const variable of Array.isArray(variables) ? variables : []) {
      if (isObject(variable) && /token|secret|password|key/i.test(toText(variable.name) ?? '')) add(toText(variable.value))
    }
  }
  return [...secrets]
}
