// What a chart takes for granted in a cluster, and what would otherwise keep it from being tried.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { getHelm } from '../__tests__/tools/helm-and-kubectl.ts'
import type { Json } from '../src/model.ts'
import type { Kube } from './kube.ts'
import { at, isMap, look } from './places.ts'
import { runProgram } from './run-program.ts'

/**
 * Gives the cluster what helm's message says is missing: a namespace, or the definitions of a group, taken from another
 * chart of the same folder.
 *
 * @returns whether trying again makes sense
 */
export async function supplyMissing(message: string, charts: string, kube: Kube): Promise<boolean> {
  const namespace = /namespaces "([^"]+)" not found/.exec(message)?.[1]
  if (namespace !== undefined) {
    const { status } = await kube.call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    return status === 201
  }
  const groups = [...message.matchAll(/no matches for kind "[^"]+" in version "([^/"]+)\//g)].map(([, group = '']) => group)
  const added = await Promise.all([...new Set(groups)].map((group) => addDefinitions(group, charts, kube)))
  return added.some((count) => count > 0)
}

async function addDefinitions(group: string, charts: string, kube: Kube): Promise<number> {
  const names = (await readdir(charts, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const pattern = `^ *group: ["']?${group.replaceAll('.', '\\.')}["']?$`
  const found = await runProgram('grep', ['-rlE', pattern, '--include=*.yaml', '--include=*.yml', ...names], { cwd: charts })
  // Charts that use the group name it too; only one that defines it helps.
  for (const chart of new Set(found.stdout.split('\n').flatMap((file) => file.split('/')[0] || []))) {
    const added = await addFrom(chart, group, charts, kube)
    if (added > 0) return added
  }
  return 0
}

async function addFrom(chart: string, group: string, charts: string, kube: Kube): Promise<number> {
  const rendered = await runProgram(await getHelm(4), ['template', chart, join(charts, chart), '--include-crds'])
  const definitions = rendered.stdout
    .split(/^---.*$/m)
    .filter((part) => /^kind: CustomResourceDefinition$/m.test(part) && part.includes(group))
    .flatMap((part) => parseAllDocuments(part, { uniqueKeys: false }).map((document) => document.toJS() as Json))
    .filter((object) => isMap(object) && look(object, at('spec', 'group')) === group)
  const answers = await Promise.all(
    definitions.map((definition) => kube.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition)),
  )
  return answers.filter(({ status }) => status === 201).length
}
