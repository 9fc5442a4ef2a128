// A chart as a release: installed, read and removed with helm itself.

import { getHelm } from '../__tests__/tools/helm-and-kubectl.ts'
import type { Chart } from './find-charts.ts'
import { type Outcome, runProgram } from './run-program.ts'

/** One installation of a chart. */
export type Release = {
  readonly chart: Chart
  readonly helm: 3 | 4
  readonly name: string
  readonly namespace: string
  readonly kubeconfig: string
}

/** How an installation went. `failure` is helm's own message. */
export type Installed = { readonly failure: string | null; readonly hooksRan: boolean }

/** Installs as people do, without waiting. Where a hook cannot end here, once more without hooks. */
export async function installRelease(release: Release, seconds: number): Promise<Installed> {
  const first = await install(release, [], Math.min(seconds, 30))
  if (first.code === 0) return { failure: null, hooksRan: true }
  if (!/hook|timed out|deadline/i.test(first.stderr) && first.code !== null) return { failure: tell(first), hooksRan: true }
  await uninstallRelease(release)
  const second = await install(release, ['--no-hooks'], seconds)
  return { failure: second.code === 0 ? null : tell(second), hooksRan: false }
}

/**
 * Deploys the chart again as it is.
 *
 * @returns helm's message where it failed, word by word; null where it did not
 */
export async function upgradeRelease({ chart, ...release }: Release, more: readonly string[], seconds: number): Promise<string | null> {
  const values = chart.values === null ? [] : ['--values', chart.values]
  const args = ['upgrade', release.name, chart.folder, '--timeout', `${seconds}s`, ...values, ...more]
  const { code, stderr } = await helm({ chart, ...release }, args, seconds + 10)
  return code === 0 ? null : stderr
}

/** Takes the release away, hooks left out: they would wait for programs that do not run here. */
export async function uninstallRelease(release: Release): Promise<void> {
  await helm(release, ['uninstall', release.name, '--no-hooks', '--ignore-not-found'], 40)
}

/** The manifests as Helm sent them, and the definitions from `crds/`, which its record does not have. */
export async function readManifests(release: Release): Promise<{ readonly manifest: string; readonly crds: string }> {
  const [manifest, crds] = await Promise.all([
    helm(release, ['get', 'manifest', release.name], 30),
    runProgram(await getHelm(release.helm), ['show', 'crds', release.chart.folder], { seconds: 30 }),
  ])
  if (manifest.code !== 0) throw new Error(`helm get manifest: ${tell(manifest)}`)
  return { manifest: manifest.stdout, crds: crds.stdout }
}

function install({ chart, ...release }: Release, more: readonly string[], seconds: number): Promise<Outcome> {
  const values = chart.values === null ? [] : ['--values', chart.values]
  const args = ['install', release.name, chart.folder, '--create-namespace', '--timeout', `${seconds}s`, ...values, ...more]
  return helm({ chart, ...release }, args, seconds + 10)
}

async function helm({ helm: major, namespace, kubeconfig }: Release, args: readonly string[], seconds: number): Promise<Outcome> {
  return runProgram(await getHelm(major), [...args, '--namespace', namespace, '--kubeconfig', kubeconfig], { seconds })
}

function tell({ code, stderr }: Outcome): string {
  const text = stderr
    .split('\n')
    .filter((line) => !/^(W|I)\d{4} |^level=|WARNING/.test(line))
    .join(' ')
  return code === null ? 'took too long' : text.trim().slice(0, 600)
}
