// Starts a real Kubernetes control plane on this machine, without containers: etcd, kube-apiserver, kube-controller-manager,
// kube-scheduler, and kwok in the place of a kubelet.

import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { callApi } from './api.ts'
import { findBinaries } from './binaries.ts'
import { describeApiServer, describeControllerManager, describeEtcd, describeKwok, describeScheduler, layOut } from './components.ts'
import { type CredentialName, credentialNames, makeCredentials, users } from './credentials.ts'
import { findFreePorts } from './free-ports.ts'
import { type Access, writeKubeconfig } from './kubeconfigs.ts'
import { openProcesses } from './processes.ts'
import { waitForApiServer, waitForControllers } from './readiness.ts'
import { startWatchdog } from './watchdog.ts'

/** What tests need to know of a running control plane: plain data, so it can cross from process to process. */
export interface RunningControlPlane {
  readonly serverUrl: string
  /** Kubeconfig files with everything inline: an administrator, a person (in system:masters too), and the reader (get and list only). */
  readonly kubeconfigs: Readonly<Record<CredentialName, string>>
  /** The user names behind the kubeconfigs, as they stand in the audit log. */
  readonly users: Readonly<Record<CredentialName, string>>
  readonly auditLog: string
  readonly logs: string
  readonly processes: readonly { readonly name: string; readonly pid: number }[]
}

/** A control plane and the way to end it. */
export interface ControlPlane extends RunningControlPlane {
  /** Ends every process and removes the data, unless it is in a folder that the caller gave. */
  stop(): Promise<void>
}

/** Where the data goes, and who hears of progress. */
export interface StartOptions {
  /** A new folder for data, logs and kubeconfigs, kept afterwards; a temporary one by default. */
  readonly dir?: string
  /** Takes one line of progress at a time; silence by default. */
  readonly log?: (line: string) => void
  /** Webhook configurations are kept and nobody is called: charts bring them along, and the programs behind them do not run here. */
  readonly withoutWebhooks?: boolean
  /** Further flags of the API server: features that are off by default. */
  readonly apiServerFlags?: readonly string[]
}

/**
 * Starts a control plane and waits until pods become ready in it. It ends with `stop()`, and by itself when this process is gone,
 * however that happened.
 * @throws when a program is missing and cannot be built, or when a component ends or is not ready in time, with the end of its log
 */
export async function startControlPlane({
  dir,
  log = () => {},
  withoutWebhooks = false,
  apiServerFlags = [],
}: StartOptions = {}): Promise<ControlPlane> {
  const binaries = await findBinaries(log)
  const folder = dir === undefined ? await mkdtemp(join(tmpdir(), 'plumbline-cluster-')) : resolve(dir)
  const layout = layOut(folder)
  for (const each of [folder, layout.kubeconfigs]) await mkdir(each, { recursive: true, mode: 0o700 })
  const watchdog = startWatchdog(dir === undefined ? folder : undefined)
  const processes = await openProcesses(layout.logs, watchdog)

  async function stop(): Promise<void> {
    await processes.stop()
    watchdog.dismiss()
    if (dir === undefined) await rm(folder, { recursive: true, force: true })
  }

  try {
    const credentials = await makeCredentials(folder)
    const [etcdPort = 0, peerPort = 0, port = 0] = await findFreePorts(3)
    const serverUrl = `https://127.0.0.1:${port}`
    // The certificate that the API server makes for itself is followed by the one that signed it.
    const caFile = join(layout.certificates, 'apiserver.crt')
    const getAccess = async (name: keyof typeof credentials.tokens): Promise<Access> => {
      return { serverUrl, ca: await readFile(caFile, 'utf8'), token: credentials.tokens[name] }
    }
    const addKubeconfig = async (name: keyof typeof credentials.tokens): Promise<string> => {
      const file = join(layout.kubeconfigs, `${name}.yaml`)
      await writeKubeconfig(file, name, await getAccess(name))
      return file
    }

    processes.start(describeEtcd(binaries, layout, etcdPort, peerPort))
    processes.start(describeApiServer(binaries, layout, credentials, port, etcdPort, withoutWebhooks, apiServerFlags))
    await waitForApiServer(() => getAccess('admin'), processes)
    const admin = await getAccess('admin')
    for (const file of ['reader-rbac.yaml', 'node.yaml']) await createObjects(admin, file)
    const manager = await addKubeconfig('kube-controller-manager')
    processes.start(describeControllerManager(binaries, credentials, manager, caFile))
    processes.start(describeScheduler(binaries, await addKubeconfig('kube-scheduler')))
    processes.start(describeKwok(binaries, await addKubeconfig('kwok')))
    await waitForControllers(admin, processes)

    const [adminFile = '', humanFile = '', readerFile = ''] = await Promise.all(credentialNames.map(addKubeconfig))
    const kubeconfigs = { admin: adminFile, human: humanFile, reader: readerFile }
    return { serverUrl, kubeconfigs, users, auditLog: layout.auditLog, logs: layout.logs, processes: processes.list(), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const collections: Readonly<Record<string, string>> = {
  Node: '/api/v1/nodes',
  ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
  ClusterRoleBinding: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
}

async function createObjects(access: Access, file: string): Promise<void> {
  const text = await readFile(new URL(file, import.meta.url), 'utf8')
  for (const document of parseAllDocuments(text)) {
    const object: { kind: string } = document.toJS()
    const answer = await callApi(access, 'POST', `${collections[object.kind]}?fieldManager=plumbline-cluster`, object)
    // In a folder that was used before, the objects are there already.
    if (answer.status !== 201 && answer.status !== 409)
      throw new Error(`Creating the ${object.kind} of ${file}: ${JSON.stringify(answer.body)}`)
  }
}
