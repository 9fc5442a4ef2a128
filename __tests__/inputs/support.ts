import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { formatFault, UserError } from '../../src/errors.ts'

/** A folder of its own with the given files; `.git` makes it the root of a repository. */
export function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-inputs-')))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** The faults that the work ends with, one line each, with the folder's path taken out. */
export function listFaults(work: () => unknown, folder: string): string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof UserError) return error.faults.map((fault) => formatFault(fault).replaceAll(folder, 'WORK'))
    throw error
  }
  throw new Error('no fault was told')
}

/** Inputs as the runner puts them into the environment. */
export function toEnv(workspace: string, inputs: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  return { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: '/runner/temp', ...Object.fromEntries(given) }
}

/** The text of a kubeconfig only in so far as this stage looks at it. */
export const kubeconfig = 'apiVersion: v1\nkind: Config\n'
/** The least that works. */
export const least = { kubeconfig, chart: 'deploy/shop', release: 'shop', namespace: 'production' }

/** YAML that grows when its aliases are followed: eight lists, each ten times the one before. The first is anchor `a`. */
export function makeAliasBomb(): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  return names
    .slice(1)
    .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${names[index]}`).join()}]\n`)
    .join('')
}
