import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError } from '../../../src/errors.ts'
import type { ChartSource, ClusterInfo, Fault, Target } from '../../../src/model.ts'

/** A workspace in a temporary folder; `files` maps relative paths to contents. */
export type Workspace = {
  readonly path: string
  readonly at: (name: string) => string
  readonly write: (files: Readonly<Record<string, string>>) => void
  readonly link: (name: string, target: string) => void
}

const made: string[] = []

export function makeWorkspace(files: Readonly<Record<string, string>> = {}): Workspace {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-test-')))
  made.push(path)
  const at = (name: string): string => join(path, name)
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(dirname(at(name)), { recursive: true })
      writeFileSync(at(name), content)
    }
  }
  const link = (name: string, target: string): void => {
    mkdirSync(dirname(at(name)), { recursive: true })
    symlinkSync(target, at(name))
  }
  write(files)
  return { path, at, write, link }
}

export function removeWorkspaces(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true })
}

/** A chart called `app` in the folder `app`, from its templates and further files. */
export function makeChart(files: Readonly<Record<string, string>>): Workspace {
  const prefixed = Object.fromEntries(Object.entries(files).map(([name, content]) => [`app/${name}`, content]))
  return makeWorkspace({ 'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n', ...prefixed })
}

/** Packs a folder as a chart archive, with the tar of the machine. */
export function packChart(workspace: Workspace, folder: string, archive: string): void {
  mkdirSync(dirname(workspace.at(archive)), { recursive: true })
  execFileSync('tar', ['-czf', workspace.at(archive), '-C', workspace.path, folder])
}

export function makeTarget(source: Target['source'], more: Partial<Target> = {}): Target {
  const base = { name: 'app', release: 'app', namespace: 'prod', context: null, persistRuns: 2, persistMinutes: 0, extraKinds: [] }
  return { ...base, source, ...more }
}

export function makeChartTarget(workspace: Workspace, more: Partial<ChartSource> = {}): Target {
  return makeTarget({ type: 'chart', chart: workspace.at('app'), values: [], set: [], deployTimeValues: [], ...more })
}

export const configMap = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n${data}\n`

export const cluster: ClusterInfo = {
  kubeVersion: 'v1.34.4',
  staleGroups: [],
  resources: [
    { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true },
    { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true },
    { apiVersion: 'v1', kind: 'Service', resource: 'services', namespaced: true },
    { apiVersion: 'v1', kind: 'Namespace', resource: 'namespaces', namespaced: false },
    { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
    { apiVersion: 'batch/v1', kind: 'Job', resource: 'jobs', namespaced: true },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', resource: 'clusterroles', namespaced: false },
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', resource: 'customresourcedefinitions', namespaced: false },
  ],
}

/** The faults of a rejected promise; fails when it is fulfilled or rejected with anything but a UserError. */
export async function catchFaults(promise: Promise<unknown>): Promise<readonly Fault[]> {
  try {
    await promise
  } catch (error) {
    if (error instanceof UserError) return error.faults
    throw error
  }
  throw new Error('expected a UserError')
}
