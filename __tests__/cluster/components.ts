// The command lines of the components. Everything listens on 127.0.0.1 only.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Binaries } from './binaries.ts'
import type { CredentialFiles } from './credentials.ts'
import type { Program } from './processes.ts'

/** The folders and files of one control plane. */
export interface Layout {
  readonly etcd: string
  readonly certificates: string
  readonly kubeconfigs: string
  readonly logs: string
  readonly auditLog: string
}

/** Gives the places inside the folder of a control plane. */
export function layOut(dir: string): Layout {
  return {
    etcd: join(dir, 'etcd'),
    certificates: join(dir, 'certificates'),
    kubeconfigs: join(dir, 'kubeconfigs'),
    logs: join(dir, 'logs'),
    auditLog: join(dir, 'audit.log'),
  }
}

/** The store. It does not sync to disk: the data is not worth the wait. */
export function describeEtcd({ programs }: Binaries, layout: Layout, clientPort: number, peerPort: number): Program {
  const client = `http://127.0.0.1:${clientPort}`
  const peer = `http://127.0.0.1:${peerPort}`
  const args = [
    `--data-dir=${layout.etcd}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ]
  return { name: 'etcd', path: programs.etcd, args }
}

/** The API server, with RBAC, tokens from a file, an audit log and a certificate that it makes by itself. */
export function describeApiServer(
  { programs }: Binaries,
  layout: Layout,
  credentials: CredentialFiles,
  port: number,
  etcdPort: number,
  withoutWebhooks: boolean,
  moreArgs: readonly string[] = [],
): Program {
  const args = [
    ...moreArgs,
    ...(withoutWebhooks ? ['--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook'] : []),
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    `--cert-dir=${layout.certificates}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.0.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${credentials.serviceAccountKey}`,
    `--service-account-signing-key-file=${credentials.serviceAccountKey}`,
    `--token-auth-file=${credentials.tokenFile}`,
    '--authorization-mode=RBAC',
    '--allow-privileged=true',
    `--audit-policy-file=${fileURLToPath(new URL('audit-policy.yaml', import.meta.url))}`,
    `--audit-log-path=${layout.auditLog}`,
    // One file for a whole life: the default starts a new one after 100 MB.
    '--audit-log-maxsize=4000',
  ]
  return { name: 'kube-apiserver', path: programs['kube-apiserver'], args }
}

/**
 * The controllers, each under a service account of its own as in a real cluster. Left out are those that need a cloud or address ranges.
 * The autoscaler looks every 2 seconds instead of 15, and requests are not held back as for a big cluster, so that tests wait less.
 */
export function describeControllerManager({ programs }: Binaries, credentials: CredentialFiles, kubeconfig: string, ca: string): Program {
  const args = [
    `--kubeconfig=${kubeconfig}`,
    `--root-ca-file=${ca}`,
    `--service-account-private-key-file=${credentials.serviceAccountKey}`,
    '--use-service-account-credentials=true',
    '--secure-port=0',
    '--leader-elect=false',
    '--controllers=*,-nodeipam,-cloud-node-lifecycle-controller,-node-route-controller',
    '--horizontal-pod-autoscaler-sync-period=2s',
    '--kube-api-qps=200',
    '--kube-api-burst=400',
  ]
  return { name: 'kube-controller-manager', path: programs['kube-controller-manager'], args }
}

/** The scheduler. */
export function describeScheduler({ programs }: Binaries, kubeconfig: string): Program {
  const args = [`--kubeconfig=${kubeconfig}`, '--secure-port=0', '--leader-elect=false']
  return { name: 'kube-scheduler', path: programs['kube-scheduler'], args }
}

/** kwok, which plays the kubelet: it makes pods ready without running them, with addresses apart from those of Services. */
export function describeKwok({ programs, kwokStages }: Binaries, kubeconfig: string): Program {
  const args = [
    `--kubeconfig=${kubeconfig}`,
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=40',
    '--cidr=10.244.0.1/16',
    ...kwokStages.map((file) => `--config=${file}`),
  ]
  return { name: 'kwok', path: programs.kwok, args }
}
