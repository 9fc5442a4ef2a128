/**
 * Records the live states of the example from a real control plane into `examples/live/`: in sync and drifted, deployed
 * by Helm 3 and by Helm 4, and what the API server serves. The demo and many tests run on these recordings.
 * Run by `npm run record`.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { startControlPlane } from '../__tests__/cluster/control-plane.ts'
import { changeByHand, deployRelease, kubectl } from '../__tests__/e2e/story.ts'
import type { ClusterClient } from '../src/cluster/client.ts'
import { connect } from '../src/cluster/connect.ts'
import { discover } from '../src/cluster/discover.ts'
import type { Json } from '../src/model.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'examples/live')
const bundledCluster = join(root, 'src/cluster/bundled-cluster.json')
const namespace = 'grokdevops'
/** Every kind that the chart can render. Secrets of Helm itself are left out: nothing in the story needs them. */
const KINDS = 'deployments,services,serviceaccounts,configmaps,secrets,poddisruptionbudgets,horizontalpodautoscalers,ingresses'
const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

await mkdir(folder, { recursive: true })
for (const helm of [3, 4] as const) {
  const cluster = await startControlPlane({ log: console.error })
  try {
    const { admin, human } = cluster.kubeconfigs
    await deployRelease(helm, admin, namespace)
    await record(admin, `helm${helm}-in-sync.yaml`)
    await changeByHand(human, namespace)
    await record(admin, `helm${helm}-drifted.yaml`)
    if (helm === 4) await recordDiscovery(admin)
  } finally {
    await cluster.stop()
  }
}

/** Saves what `kubectl get` shows, just as a person would for `--live`. */
async function record(kubeconfig: string, file: string): Promise<void> {
  const selector = '--field-selector=type!=helm.sh/release.v1'
  const secrets = await kubectl(kubeconfig, namespace, 'get', 'secrets', selector, '-o', 'yaml', '--show-managed-fields')
  const others = await kubectl(kubeconfig, namespace, 'get', KINDS.replace('secrets,', ''), '-o', 'yaml', '--show-managed-fields')
  const ns = await kubectl(kubeconfig, namespace, 'get', 'namespace', namespace, '-o', 'yaml', '--show-managed-fields')
  const text = [others, secrets, ns].map((part) => part.trimEnd()).join('\n---\n')
  await writeFile(join(folder, file), `${text}\n`)
  console.error(`wrote examples/live/${file}`)
}

/** What the API server serves: as it said it, for the fake, and as Plumbline understood it, for saved live states. */
async function recordDiscovery(kubeconfig: string): Promise<void> {
  const { client } = connect({ type: 'inline', text: await readFile(kubeconfig, 'utf8') }, null)
  const [version, api, apis] = await Promise.all(['/version', '/api', '/apis'].map((path) => getBody(client, path)))
  await writeJson(join(folder, 'discovery.json'), { version, api, apis })
  await writeJson(bundledCluster, await discover(client))
}

async function getBody(client: ClusterClient, path: string): Promise<Json> {
  const answer = await client.get(path, path === '/version' ? {} : { accept: AGGREGATED })
  if (answer.outcome !== 'answered' || answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer)}`)
  return answer.body
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value)}\n`)
  console.error(`wrote ${relative(root, file)}`)
}
