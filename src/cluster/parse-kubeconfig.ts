import { parseDocument } from 'yaml'
import { isObject } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { Fault, Json, JsonObject } from '../model.ts'
import { toObject, toText } from '../shapes.ts'

/** The entries of a kubeconfig by name, as written. Every scalar is text: a token of digits stays what it is. */
export type Kubeconfig = {
  /** Null when there is none. */
  readonly currentContext: string | null
  readonly contexts: ReadonlyMap<string, JsonObject>
  readonly clusters: ReadonlyMap<string, JsonObject>
  readonly users: ReadonlyMap<string, JsonObject>
}

const HOW = 'Give the text that `kubectl config view --minify --raw --flatten` prints.'

/**
 * Parses a kubeconfig (YAML or JSON).
 * Messages tell lines and names only, never the text itself, which holds credentials.
 * @param text the kubeconfig's text
 * @param where the input's name, with the file when there is one
 * @throws UserError when it is empty, is not YAML, or is no kubeconfig
 */
export function parseKubeconfig(text: string, where: string): Kubeconfig {
  const fail = (message: string, remedy: string): never => {
    throw new UserError({ message, where, remedy })
  }
  if (text.trim() === '')
    return fail('The kubeconfig is empty.', `${HOW} In a workflow, check that the secret exists and is passed to this job.`)
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true, logLevel: 'silent' })
  const error = document.errors[0]
  if (error !== undefined) {
    const line = error.linePos?.[0].line
    return fail(`The kubeconfig is not valid YAML${line === undefined ? '' : ` at line ${line}`} (${error.code}).`, HOW)
  }
  const root = toPlain(document.toJS({ maxAliasCount: 100 }))
  if (!isObject(root)) return fail(describeWrongText(text), HOW)
  if (!Array.isArray(root.clusters) && !Array.isArray(root.contexts)) {
    return fail(`This is YAML, but no kubeconfig: it has neither \`clusters\` nor \`contexts\`.`, HOW)
  }
  return {
    currentContext: toText(root['current-context']),
    contexts: indexByName(root.contexts, 'context'),
    clusters: indexByName(root.clusters, 'cluster'),
    users: indexByName(root.users, 'user'),
  }
}

/** With several files the first to name something wins, as in kubectl (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/). */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
  const merge = (pick: (config: Kubeconfig) => ReadonlyMap<string, JsonObject>) => keepFirst(configs.flatMap((one) => [...pick(one)]))
  return {
    currentContext: configs.find((one) => one.currentContext !== null)?.currentContext ?? null,
    contexts: merge((one) => one.contexts),
    clusters: merge((one) => one.clusters),
    users: merge((one) => one.users),
  }
}

/** One way to reach a cluster: a context with its cluster and user entries. */
export type ContextEntry = {
  readonly name: string
  readonly clusterName: string
  readonly userName: string
  readonly cluster: JsonObject
  readonly user: JsonObject
}

/**
 * Picks a context (null: the current one) with its cluster and user.
 * @param where the input's name for faults of the kubeconfig itself; a wrong context is a fault of `kube-context`
 * @throws UserError with every fault of the choice at once
 */
export function selectContext(config: Kubeconfig, wanted: string | null, where: string): ContextEntry {
  const known = [...config.contexts.keys()]
  const list = `It has: ${known.map((name) => `\`${name}\``).join(', ')}.`
  if (known.length === 0) throw new UserError({ message: 'The kubeconfig has no contexts.', where, remedy: HOW })
  const name = wanted ?? config.currentContext
  if (name === null) {
    throw new UserError({
      message: 'The kubeconfig has no `current-context`.',
      where: 'kube-context',
      remedy: `Name one of its contexts. ${list}`,
    })
  }
  const context = config.contexts.get(name)
  if (context === undefined) {
    const message =
      wanted === null
        ? `The kubeconfig's \`current-context\` is \`${name}\`, which it does not have.`
        : `The kubeconfig has no context \`${name}\`.`
    throw new UserError({ message, where: 'kube-context', remedy: `Name one of its contexts. ${list}` })
  }
  const clusterName = toText(context.cluster)
  const userName = toText(context.user)
  const cluster = clusterName === null ? undefined : config.clusters.get(clusterName)
  const user = userName === null ? {} : config.users.get(userName)
  const faults: Fault[] = []
  if (clusterName === null) faults.push({ message: `Context \`${name}\` names no cluster.`, where, remedy: HOW })
  else if (cluster === undefined)
    faults.push({
      message: `Context \`${name}\` names the cluster \`${clusterName}\`, which the kubeconfig does not have.`,
      where,
      remedy: HOW,
    })
  if (user === undefined)
    faults.push({ message: `Context \`${name}\` names the user \`${userName}\`, which the kubeconfig does not have.`, where, remedy: HOW })
  const [first, ...rest] = faults
  if (first !== undefined) throw new UserError(first, ...rest)
  return { name, clusterName: clusterName ?? '', userName: userName ?? '', cluster: cluster ?? {}, user: user ?? {} }
}

/** `clusters: [{name, cluster: {...}}]` as a map; in one file too the first of two equal names wins. */
function indexByName(list: Json | undefined, field: string): ReadonlyMap<string, JsonObject> {
  const entries = (Array.isArray(list) ? list : []).map(toObject).flatMap((entry): [string, JsonObject][] => {
    const name = toText(entry.name)
    return name === null ? [] : [[name, toObject(entry[field])]]
  })
  return keepFirst(entries)
}

function keepFirst(entries: readonly (readonly [string, JsonObject])[]): ReadonlyMap<string, JsonObject> {
  const kept = new Map<string, JsonObject>()
  for (const [name, value] of entries) if (!kept.has(name)) kept.set(name, value)
  return kept
}

/** The failsafe schema leaves every scalar a string, so `null` and `~` are texts too: such fields are left out. */
function toPlain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : null
  const kept = Object.entries(value).filter(([, child]) => child !== 'null' && child !== '~' && child !== '')
  return Object.fromEntries(kept.map(([key, child]) => [key, toPlain(child)]))
}

/** The two usual mistakes have their own words. */
function describeWrongText(text: string): string {
  const line = text.trim()
  if (/^[A-Za-z0-9+/=\s]+$/.test(line) && Buffer.from(line, 'base64').toString('utf8').includes('clusters')) {
    return 'The kubeconfig is encoded in base64: give it decoded.'
  }
  if (!line.includes('\n') && /^[~./]|^[A-Za-z]:\\/.test(line)) return 'This is a path: the input takes the text of a kubeconfig.'
  return 'This is no kubeconfig: it is not a YAML mapping.'
}
