import { readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { ChartSource, Fault, ManifestSource, Target } from '../model.ts'
import { findBadLinks, isInside } from './confine.ts'
import { findEncryption } from './find-encryption.ts'

/**
 * Checks, before helm runs, that a target's chart, values or manifests are there and stay inside the workspace.
 * @param workspace absolute path of the folder that everything has to lie in
 * @returns every fault, so that all are told at once
 */
export function checkSource(source: Target['source'], workspace: string): Promise<readonly Fault[]> {
  return source.type === 'chart' ? checkChartSource(source, workspace) : checkManifests(source, workspace)
}

async function checkChartSource(source: ChartSource, workspace: string): Promise<readonly Fault[]> {
  const found = await Promise.all([checkChart(source.chart, workspace), ...source.values.map((path) => checkValues(path, workspace))])
  return found.flat()
}

async function checkChart(path: string, workspace: string): Promise<readonly Fault[]> {
  const where = 'chart'
  const shown = showPath(path, workspace)
  if (isUrl(path)) return [{ where, message: `${shown} is a URL.`, remedy: 'Give the path of a chart in the repository.' }]
  const status = await findStatus(path)
  if (status === null) {
    return [{ where, message: `There is no chart at ${shown}.`, remedy: 'Give the path of a folder with a Chart.yaml, or of a .tgz.' }]
  }
  if (!(await isInside(path, workspace))) return [tellOutside(where, shown)]
  if (status.isFile()) {
    if (path.endsWith('.tgz')) return []
    return [{ where, message: `${shown} is a file, not a chart.`, remedy: 'Give the folder with the Chart.yaml, or a .tgz.' }]
  }
  const links = await checkLinks(path, where, workspace)
  if ((await findStatus(join(path, 'Chart.yaml'))) !== null) return links
  return [...links, { where, message: `${shown} has no Chart.yaml.`, remedy: 'Give the folder that holds the Chart.yaml.' }]
}

/** Every link below a path that leads out of the workspace or nowhere, as faults. */
export async function checkLinks(path: string, where: string, workspace: string): Promise<readonly Fault[]> {
  return (await findBadLinks(path, workspace)).map((link) => ({
    where,
    message:
      link.leads === 'outside'
        ? `${showPath(link.path, workspace)} is a symbolic link that leads out of the workspace.`
        : `${showPath(link.path, workspace)} is a symbolic link that leads nowhere.`,
    remedy: 'Replace the link with the file itself.',
  }))
}

async function checkValues(path: string, workspace: string): Promise<readonly Fault[]> {
  const where = 'values'
  const shown = showPath(path, workspace)
  if (/(?:^|\/)secrets\+?[a-z-]*:\/{1,2}/.test(path)) {
    const remedy = 'Decrypt the file in an earlier step (helm secrets decrypt, sops -d) and give the decrypted file.'
    return [{ where, message: `${shown} needs the helm-secrets plugin, and helm runs without plugins here.`, remedy }]
  }
  if (isUrl(path)) return [{ where, message: `${shown} is a URL.`, remedy: 'Download it in an earlier step and give the file.' }]
  if (path.startsWith('-')) return [{ where, message: `${shown} starts with a dash.`, remedy: 'Give it as ./NAME, or rename it.' }]
  const status = await findStatus(path)
  if (status === null)
    return [{ where, message: `There is no values file ${shown}.`, remedy: 'Check its path, relative to the repository.' }]
  if (!(await isInside(path, workspace))) return [tellOutside(where, shown)]
  if (!status.isFile()) return [{ where, message: `${shown} is not a file.`, remedy: 'Give a YAML file.' }]
  if (!findEncryption(await readFile(path, 'utf8'))) return []
  return [
    {
      where,
      message: `${shown} is encrypted with SOPS, and comparing encrypted values would report every one of them as drift.`,
      remedy: `Decrypt it in an earlier step (sops -d ${shown} > values.dec.yaml) and give that file instead; it stays on the runner.`,
    },
  ]
}

async function checkManifests(source: ManifestSource, workspace: string): Promise<readonly Fault[]> {
  const where = 'manifests'
  const shown = showPath(source.path, workspace)
  if (isUrl(source.path)) return [{ where, message: `${shown} is a URL.`, remedy: 'Download it in an earlier step and give the file.' }]
  if ((await findStatus(source.path)) === null) {
    return [{ where, message: `There is nothing at ${shown}.`, remedy: 'Give a YAML or JSON file, or a folder of them.' }]
  }
  if (!(await isInside(source.path, workspace))) return [tellOutside(where, shown)]
  return checkLinks(source.path, where, workspace)
}

/** A path as a person knows it: relative to the workspace where it lies inside. */
export function showPath(path: string, workspace: string): string {
  const way = relative(workspace, path)
  if (way === '') return '.'
  return way.startsWith('..') ? path : way
}

function tellOutside(where: string, shown: string): Fault {
  return {
    where,
    message: `${shown} lies outside the workspace (or inside .git).`,
    remedy: 'Move it into the repository, or name a file that is in it.',
  }
}

/** Also after a URL was taken for a relative path and resolved: `/repo/https:/host/x.yaml`. */
function isUrl(path: string): boolean {
  return /(?:^|[\\/])[a-z][a-z0-9+.-]+:\/{1,2}/i.test(path)
}

function findStatus(path: string): Promise<Awaited<ReturnType<typeof stat>> | null> {
  return stat(path).catch(() => null)
}
