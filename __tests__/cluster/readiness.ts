// What has to be true before a test may begin.

import { setTimeout as sleep } from 'node:timers/promises'
import { callApi } from './api.ts'
import type { Access } from './kubeconfigs.ts'
import type { Processes } from './processes.ts'

/**
 * Waits until the API server is ready, its bootstrap roles included.
 * @throws when a component ends, or after a minute
 */
export async function waitForApiServer(access: () => Promise<Access>, processes: Processes): Promise<void> {
  await waitUntil('the API server is ready', processes, async () => (await callApi(await access(), 'GET', '/readyz')).status === 200)
}

/**
 * Waits until the controllers, the scheduler's node and kwok are at work: a pod that is made from now on becomes ready.
 * @throws when a component ends, or after a minute
 */
export async function waitForControllers(access: Access, processes: Processes): Promise<void> {
  for (const namespace of ['default', 'kube-system']) {
    const account = `/api/v1/namespaces/${namespace}/serviceaccounts/default`
    await waitUntil(
      `namespace ${namespace} has its service account`,
      processes,
      async () => (await callApi(access, 'GET', account)).status === 200,
    )
  }
  const view = '/apis/rbac.authorization.k8s.io/v1/clusterroles/view'
  await waitUntil('the aggregated ClusterRole "view" has rules', processes, async () => {
    const role = (await callApi(access, 'GET', view)).body as { rules?: unknown[] | null }
    return (role.rules ?? []).length > 0
  })
  await waitUntil('the node is ready', processes, async () =>
    isNodeReady((await callApi(access, 'GET', '/api/v1/nodes/node-1')).body as NodeObject),
  )
}

interface NodeObject {
  readonly spec?: { readonly taints?: readonly unknown[] }
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

/** A node that is ready keeps its not-ready taint until the node controller has seen it. */
function isNodeReady(node: NodeObject): boolean {
  const ready = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')
  return ready === true && (node.spec?.taints ?? []).length === 0
}

async function waitUntil(what: string, processes: Processes, isTrue: () => Promise<boolean>): Promise<void> {
  const giveUp = Date.now() + 60_000
  let last: unknown
  while (Date.now() < giveUp) {
    await processes.check()
    try {
      if (await isTrue()) return
    } catch (error) {
      last = error
    }
    await sleep(100)
  }
  const reason = last instanceof Error ? ` (${last.message})` : ''
  throw new Error(`Waited for a minute, in vain, until ${what}${reason}`)
}
