import { UserError } from '../errors.ts'
import type { Note } from '../model.ts'
import { toText } from '../shapes.ts'
import { prepareAuthorization } from './authorize.ts'
import { type Allowances, checkInline, checkServer, collectSecrets, noteConnection } from './check-kubeconfig.ts'
import { type ClientLimits, type ClusterClient, createClient, DEFAULT_LIMITS } from './client.ts'
import { type Environment, loadDefaultKubeconfig } from './find-kubeconfig.ts'
import { parseKubeconfig, selectContext } from './parse-kubeconfig.ts'

/** Where the kubeconfig comes from: its text (a workflow), or the person's own files as kubectl finds them (`path`: --kubeconfig). */
export type KubeconfigSource =
  | { readonly type: 'inline'; readonly text: string }
  | { readonly type: 'default'; readonly path: string | null }

export type ConnectOptions = Partial<Allowances> & {
  /** Told every secret as soon as it is known, even before a fault is thrown; also those that `exec` plugins give later. */
  readonly onSecret?: (secret: string) => void
  readonly env?: Environment
  readonly limits?: Partial<ClientLimits>
}

export type Connection = {
  readonly client: ClusterClient
  /** The chosen context's name. */
  readonly context: string
  /** The address of the API server. */
  readonly server: string
  /** Every credential in the kubeconfig, in each form it may appear in, for masking. */
  readonly secrets: readonly string[]
  readonly notes: readonly Note[]
}

/** What a plugin run by a workflow must not see: the inputs (a kubeconfig is one) and the runner's own credentials. */
const HIDDEN_FROM_PLUGINS = /^(INPUT_.*|GITHUB_TOKEN|ACTIONS_RUNTIME_TOKEN|ACTIONS_CACHE_URL|ACTIONS_RESULTS_URL)$/

/**
 * Prepares a read-only client for one context of a kubeconfig. Nothing is sent yet, no program is run yet.
 * An inline kubeconfig must hold to the stricter rules of `checkInline`; a person's own works as it does with kubectl.
 * @param context the context's name; null for the current one
 * @throws UserError naming `kubeconfig` or `kube-context`, with all faults of the chosen context at once
 */
export function connect(source: KubeconfigSource, context: string | null, options: ConnectOptions = {}): Connection {
  const env = options.env ?? process.env
  const onSecret = options.onSecret ?? (() => {})
  const inline = source.type === 'inline'
  const config = inline ? parseKubeconfig(source.text, 'kubeconfig') : loadDefaultKubeconfig(source.path, env)
  const secrets = collectSecrets(config.users.values())
  secrets.forEach(onSecret)

  const entry = selectContext(config, context, 'kubeconfig')
  const allowances = { allowExec: options.allowExec ?? [], allowSkipVerify: options.allowSkipVerify ?? false }
  const [first, ...rest] = [...checkServer(entry), ...(inline ? checkInline(entry, allowances) : [])]
  if (first !== undefined) throw new UserError(first, ...rest)

  const authorize = prepareAuthorization(entry, env, inline ? HIDDEN_FROM_PLUGINS : null, onSecret)
  const server = new URL(toText(entry.cluster.server) ?? '')
  const client = createClient(server, authorize, toText(entry.user.token), { ...DEFAULT_LIMITS, ...options.limits })
  return { client, server: server.href, context: entry.name, secrets, notes: noteConnection(entry, Date.now()) }
}
