// What the cluster command tells a person.

import { dirname } from 'node:path'
import { devToolsSupported, getHelm, getKubectl } from '../tools/helm-and-kubectl.ts'
import { callApi } from './api.ts'
import type { RunningControlPlane } from './control-plane.ts'
import type { CredentialName } from './credentials.ts'
import { readAccess } from './kubeconfigs.ts'
import { type Background, isAlive } from './running.ts'

/** Describes what runs, whose kubeconfigs there are, and what to type next. */
export async function describeCluster({ controlPlane, stopsAt }: Background): Promise<string> {
  if (!controlPlane) return 'The control plane is starting.'
  const { kubeconfigs, users } = controlPlane
  return `A control plane runs at ${controlPlane.serverUrl}${await describeVersion(controlPlane)}, until ${stopsAt} at the latest.

Kubeconfigs
  admin   ${kubeconfigs.admin}
  human   ${kubeconfigs.human}   (${users.human}, who may do anything by hand)
  reader  ${kubeconfigs.reader}   (${users.reader}: get and list, nothing else)
Audit log ${controlPlane.auditLog}
Logs      ${controlPlane.logs}

Try
  eval "$(npm run --silent cluster -- env human)"     # helm and kubectl on the PATH, as ${users.human}
  kubectl create deployment web --image=nginx --replicas=3
  kubectl scale deployment web --replicas=5           # the drift that Plumbline looks for
  kubectl get deployment web -o yaml --show-managed-fields
  eval "$(npm run --silent cluster -- env reader)"    # now with read access only
  kubectl scale deployment web --replicas=3           # forbidden
  npm run cluster -- down`
}

/** Describes whether it runs, component by component. */
export async function describeStatus(background: Background | undefined): Promise<string> {
  if (!background) return 'Nothing is running; start it with: npm run cluster -- up'
  if (!background.controlPlane) return 'The control plane is starting.'
  const components = background.controlPlane.processes.map(
    ({ name, pid }) => `  ${isAlive(pid) ? 'runs ' : 'ended'}  ${name} (process ${pid})`,
  )
  return `${await describeCluster(background)}\n\nProcesses (started by ${background.pid})\n${components.join('\n')}`
}

/** Gives shell lines that put a credential, and helm 4 and kubectl, into use. */
export async function describeEnvironment(controlPlane: RunningControlPlane, name: CredentialName): Promise<string> {
  const lines = [`export KUBECONFIG='${controlPlane.kubeconfigs[name]}'`, `export PLUMBLINE_AUDIT_LOG='${controlPlane.auditLog}'`]
  if (devToolsSupported()) {
    const folders = [dirname(await getKubectl()), dirname(await getHelm(4))].join(':')
    // Not a second time, when one credential follows another in the same shell.
    lines.push(`case ":$PATH:" in *':${folders}:'*) ;; *) export PATH='${folders}':"$PATH" ;; esac`)
  }
  return lines.join('\n')
}

async function describeVersion({ kubeconfigs }: RunningControlPlane): Promise<string> {
  const answer = await callApi(await readAccess(kubeconfigs.reader), 'GET', '/version').catch(() => undefined)
  return answer?.status === 200 ? ` (Kubernetes ${(answer.body as { gitVersion: string }).gitVersion})` : ' (it does not answer)'
}
