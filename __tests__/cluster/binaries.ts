// Finds the programs of the control plane: ready-made ones where KUBEBUILDER_ASSETS says so, else those built from Go modules.

import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { devToolsSupported } from '../tools/helm-and-kubectl.ts'
import { buildControlPlane, getBuildFolder, hasGo } from './build.ts'

const programNames = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'] as const

/** A program of the control plane. */
export type ProgramName = (typeof programNames)[number]

/** Where the programs are, and the stage files that kwok plays. */
export interface Binaries {
  readonly programs: Readonly<Record<ProgramName, string>>
  readonly kwokStages: readonly string[]
}

/**
 * Finds every program, building what is not there. A folder of setup-envtest holds etcd and kube-apiserver only, so the rest is built.
 * @param log takes one line of progress at a time
 * @throws when something is missing and cannot be built, naming it
 */
export async function findBinaries(log: (line: string) => void): Promise<Binaries> {
  const assets = process.env.KUBEBUILDER_ASSETS
  const missing = programNames.filter((name) => !isInAssets(name))
  if (assets && missing.length > 0 && !(await canBuild())) {
    throw new Error(
      `KUBEBUILDER_ASSETS (${assets}) lacks ${missing.join(', ')}, and they cannot be built, as there is no Go on the PATH. ` +
        'The controllers are needed: without them no object gets the managedFields that these tests are about.',
    )
  }
  const built = missing.length > 0 ? await buildControlPlane(log) : ''
  const find = (name: ProgramName) => join(isInAssets(name) ? String(assets) : built, name)
  const kwokStages = join(isInAssets('kwok') ? String(assets) : built, 'kwok-stages')
  return {
    programs: {
      etcd: find('etcd'),
      'kube-apiserver': find('kube-apiserver'),
      'kube-controller-manager': find('kube-controller-manager'),
      'kube-scheduler': find('kube-scheduler'),
      kwok: find('kwok'),
    },
    kwokStages: (await readdir(kwokStages)).sort().map((file) => join(kwokStages, file)),
  }
}

/**
 * Tells why cluster tests cannot run on this machine, without building anything.
 * @returns the reason, or undefined when they can
 */
export async function explainMissing(): Promise<string | undefined> {
  if (process.platform === 'win32') return 'no control plane on Windows itself; WSL works'
  if (!devToolsSupported()) return 'the helm and kubectl for tests are Linux x64 programs'
  if (process.env.KUBEBUILDER_ASSETS || (await canBuild())) return undefined
  return 'neither Go nor KUBEBUILDER_ASSETS; install Go 1.26, or see __tests__/cluster/README.md'
}

async function canBuild(): Promise<boolean> {
  return hasGo() || existsSync(await getBuildFolder())
}

/** kwok counts as there only with its stages: without them it does nothing. */
function isInAssets(name: ProgramName): boolean {
  const assets = process.env.KUBEBUILDER_ASSETS
  if (!assets || !existsSync(join(assets, name))) return false
  return name !== 'kwok' || existsSync(join(assets, 'kwok-stages'))
}
