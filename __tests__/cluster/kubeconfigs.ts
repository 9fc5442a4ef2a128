// Kubeconfigs with everything inline, as the Action demands them.

import { readFile, writeFile } from 'node:fs/promises'
import { parse, stringify } from 'yaml'

/** What it takes to talk to the API server as someone. */
export interface Access {
  readonly serverUrl: string
  /** The certificates to trust, as PEM. */
  readonly ca: string
  readonly token: string
}

/**
 * Writes a kubeconfig that needs no other file.
 * @param file where to; readable by its owner only
 * @param user a name for the context and the user entry
 */
export async function writeKubeconfig(file: string, user: string, access: Access): Promise<void> {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'plumbline',
        cluster: { server: access.serverUrl, 'certificate-authority-data': Buffer.from(access.ca).toString('base64') },
      },
    ],
    users: [{ name: user, user: { token: access.token } }],
    contexts: [{ name: user, context: { cluster: 'plumbline', user } }],
    'current-context': user,
  }
  await writeFile(file, stringify(config), { mode: 0o600 })
}

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } }[]
  readonly users: readonly { readonly user: { readonly token: string } }[]
}

/**
 * Reads a kubeconfig that `writeKubeconfig` wrote, so that a test can send requests of its own.
 * @throws when it is not one of these
 */
export async function readAccess(file: string): Promise<Access> {
  const config: Kubeconfig = parse(await readFile(file, 'utf8'))
  const [cluster] = config.clusters
  const [user] = config.users
  if (!cluster || !user) throw new Error(`${file} names no cluster or no user`)
  const ca = Buffer.from(cluster.cluster['certificate-authority-data'], 'base64').toString()
  return { serverUrl: cluster.cluster.server, ca, token: user.user.token }
}
