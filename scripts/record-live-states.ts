/**
 * Records the live states of the example from a real control plane into `examples/live/`: in sync and drifted, deployed
 * by Helm 3 and by Helm 4, and what the API server serves. The demo and many tests run on these recordings.
 * Run by `npm run record`.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startControlPlane } from '../__tests__/cluster/control-plane.ts'
import { changeByHand, deployRelease, kubectl } from '../__tests__/e2e/story.ts'

const folder = join(import.meta.dirname, '../examples/live')
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
    if (helm === 4) await recordDiscovery(cluster)
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

async function recordDiscovery(cluster: { readonly kubeconfigs: { readonly admin: string } }): Promise<void> {
  const { readAccess } = await import('../__tests__/cluster/kubeconfigs.ts')
  const access = await readAccess(cluster.kubeconfigs.admin)
  const [version, api, apis] = await Promise.all(['/version', '/api', '/apis'].map((path) => getJson(access, path)))
  await writeFile(join(folder, 'discovery.json'), `${JSON.stringify({ version, api, apis })}\n`)
  console.error('wrote examples/live/discovery.json')
}

async function getJson(access: { readonly serverUrl: string; readonly ca: string; readonly token: string }, path: string): Promise<unknown> {
  const { request } = await import('node:https')
  const headers = { authorization: `Bearer ${access.token}`, accept: path === '/version' ? 'application/json' : AGGREGATED }
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(`${access.serverUrl}${path}`, { ca: access.ca, headers }, async (response) => {
      const parts: Buffer[] = []
      for await (const part of response) parts.push(part as Buffer)
      resolve(Buffer.concat(parts).toString('utf8'))
    })
    call.on('error', reject)
    call.end()
  })
  return JSON.parse(text)
}
