import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { getHelm, getKubectl } from '../tools/helm-and-kubectl.ts'

const run = promisify(execFile)

/** The team's repository of the story. */
export const repository = join(import.meta.dirname, '../../examples/grokdevops')
export const chart = join(repository, 'devops/helm/grokdevops')
export const values = join(repository, 'devops/helm/values-dev.yaml')

/**
 * Deploys the team's chart as its pipeline does, and waits until it is ready.
 *
 * @param kubeconfig of someone who may deploy
 */
export async function deployRelease(helmMajor: 3 | 4, kubeconfig: string, namespace: string, release = 'grokdevops'): Promise<void> {
  const helm = await getHelm(helmMajor)
  const args = ['upgrade', '--install', release, chart, '--namespace', namespace, '--create-namespace', '--values', values]
  await run(helm, [...args, '--wait', '--timeout', '90s', '--kubeconfig', kubeconfig])
}

/** What happened at night: someone scaled the application up and switched debugging on, by hand. */
export async function changeByHand(kubeconfig: string, namespace: string, name = 'grokdevops'): Promise<void> {
  await kubectl(kubeconfig, namespace, 'scale', `deployment/${name}`, '--replicas=5')
  await kubectl(kubeconfig, namespace, 'set', 'env', `deployment/${name}`, 'DEBUG=true')
  await kubectl(kubeconfig, namespace, 'rollout', 'status', `deployment/${name}`, '--timeout=90s')
}

/** Runs kubectl in a namespace and gives what it printed. */
export async function kubectl(kubeconfig: string, namespace: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run(await getKubectl(), ['--kubeconfig', kubeconfig, '--namespace', namespace, ...args], { maxBuffer: 64e6 })
  return stdout
}
