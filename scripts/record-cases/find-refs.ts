import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Recipe } from '../../__tests__/cases/read-case.ts'
import type { CredentialName } from '../../__tests__/cluster/credentials.ts'
import type { Kube } from '../../lab/kube.ts'
import { parseYaml } from '../../src/chart/parse-yaml.ts'
import type { JsonObject, ObjectRef } from '../../src/model.ts'

/** One recording: its copy of the case folder, its namespace, and the connections. */
export type Tools = {
  readonly folder: string
  readonly namespace: string
  readonly kubeconfigs: Readonly<Record<CredentialName, string>>
  readonly kube: Kube
  /** Further arguments of `helm upgrade --install`. */
  readonly flags: readonly string[]
}

/**
 * An environment in which helm and kubectl each remember for themselves what the cluster serves: what another recording
 * saw before a definition came would hide it.
 */
export function withCache(folder: string, program: string): NodeJS.ProcessEnv {
  return { ...process.env, KUBECACHEDIR: join(folder, `cache-of-${program}`) }
}

/** Everything that a recording shows: what Git has, what was deployed, and what the recipe adds. */
export async function findRefs({ folder, namespace, kube }: Tools, { deployed, also, skip }: Recipe): Promise<readonly ObjectRef[]> {
  await kube.discover()
  const files = [...new Set(['desired.yaml', ...(deployed === undefined ? [] : [deployed])])]
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8').catch(() => '')))
  const named = texts.flatMap((text) => parseYaml(text, folder).documents.map(({ value }) => toRef(value as JsonObject)))
  const more = also.map((text): ObjectRef => {
    const parts = text.split('/')
    return { apiVersion: parts.slice(0, -2).join('/'), kind: parts.at(-2) ?? '', namespace: null, name: parts.at(-1) ?? '' }
  })
  const refs = [...named, ...more].map((ref) => ({
    ...ref,
    namespace: kube.serves(ref.apiVersion, ref.kind)?.namespaced === false ? null : (ref.namespace ?? namespace),
  }))
  const shown = refs.filter(({ kind, name }) => !skip.includes(`${kind}/${name}`))
  return [...new Map(shown.map((ref) => [JSON.stringify(ref), ref])).values()]
}

function toRef({ apiVersion, kind, metadata }: JsonObject): ObjectRef {
  const { name, namespace } = metadata as { readonly name?: string; readonly namespace?: string }
  return { apiVersion: String(apiVersion), kind: String(kind), namespace: namespace ?? null, name: name ?? '' }
}

/** Definitions are served a while after they are created; helm looks once. */
export async function waitUntilServed(tools: Tools, recipe: Recipe): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const refs = await findRefs(tools, recipe)
    const missing = refs.find(({ apiVersion, kind }) => tools.kube.serves(apiVersion, kind) === undefined)
    if (missing === undefined) return
    if (tries === 59) throw new Error(`${missing.apiVersion} ${missing.kind} is not served after 30 seconds`)
    await sleep(500)
  }
}
