// The users of the control plane: each has a token that is made anew for every start.

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The credentials that tests use: admin, a person who works by hand, and the reader that Plumbline runs as. */
export const credentialNames = ['admin', 'human', 'reader'] as const

/** One of the credentials that tests use. */
export type CredentialName = (typeof credentialNames)[number]

/** The user names behind these credentials, as they stand in the audit log. */
export const users: Readonly<Record<CredentialName, string>> = {
  admin: 'admin@example.com',
  human: 'jane@example.com',
  reader: 'plumbline-reader',
}

/** The components' own users; Kubernetes' bootstrap roles know the first two by name. */
const componentUsers = {
  'kube-controller-manager': { user: 'system:kube-controller-manager', group: '' },
  'kube-scheduler': { user: 'system:kube-scheduler', group: '' },
  kwok: { user: 'system:kwok', group: 'system:masters' },
}

/** A component that talks to the API server. */
export type ClientComponent = keyof typeof componentUsers

/** A token for everyone who talks to the API server. */
export type Tokens = Readonly<Record<CredentialName | ClientComponent, string>>

/** The files that kube-apiserver and kube-controller-manager read. */
export interface CredentialFiles {
  readonly tokens: Tokens
  readonly tokenFile: string
  readonly serviceAccountKey: string
}

/**
 * Makes fresh tokens and a key for service accounts.
 * @param dir the folder that takes the files
 */
export async function makeCredentials(dir: string): Promise<CredentialFiles> {
  const makeToken = () => randomBytes(24).toString('hex')
  const tokens: Tokens = {
    admin: makeToken(),
    human: makeToken(),
    reader: makeToken(),
    'kube-controller-manager': makeToken(),
    'kube-scheduler': makeToken(),
    kwok: makeToken(),
  }
  // A person who can change production by hand usually is an administrator; RBAC gives the reader its two verbs.
  const groups: Readonly<Record<CredentialName, string>> = { admin: 'system:masters', human: 'system:masters', reader: '' }
  const lines = [
    ...credentialNames.map((name) => [tokens[name], users[name], name, `"${groups[name]}"`]),
    ...Object.entries(componentUsers).map(([name, who]) => [tokens[name as ClientComponent], who.user, name, `"${who.group}"`]),
  ]
  const tokenFile = join(dir, 'tokens.csv')
  await writeFile(tokenFile, lines.map((line) => `${line.join(',')}\n`).join(''), { mode: 0o600 })
  const serviceAccountKey = join(dir, 'service-account.key')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(serviceAccountKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })
  return { tokens, tokenFile, serviceAccountKey }
}
