import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { flattenList } from '../../src/chart/flatten-list.ts'
import { parseYaml } from '../../src/chart/parse-yaml.ts'
import type { JsonObject } from '../../src/model.ts'
import type { Recording } from '../fakes/kubernetes-api.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'

const root = join(import.meta.dirname, '../..')

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/**
 * Runs the command line from its sources as a process of its own, as a person would.
 *
 * @param helm which helm stands on its PATH; null for none
 */
export async function runPlumbline(
  args: readonly string[],
  options: { readonly helm?: 3 | 4 | null; readonly cwd?: string } = {},
): Promise<Outcome> {
  const { helm = 4, cwd = root } = options
  const PATH = [...(helm === null ? [] : [dirname(await getHelm(helm))]), dirname(process.execPath)].join(delimiter)
  return runProcess(process.execPath, [join(root, 'src/cli.ts'), ...args], { cwd, env: { PATH, HOME: cwd, NO_COLOR: '1' } })
}

/** Runs a program to its end. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...texts }))
  })
}

/** A recorded state of the example, to be served by the fake or changed first. */
export async function loadRecording(name: 'helm3-in-sync' | 'helm3-drifted' | 'helm4-in-sync' | 'helm4-drifted'): Promise<Recording> {
  const folder = join(root, 'examples/live')
  const discovery = JSON.parse(await readFile(join(folder, 'discovery.json'), 'utf8')) as Omit<Recording, 'objects'>
  const { documents } = parseYaml(await readFile(join(folder, `${name}.yaml`), 'utf8'), name)
  return { ...discovery, objects: documents.flatMap(({ value }) => flattenList(value)) as readonly JsonObject[] }
}

/** Writes files into a new folder, which is the workspace of a test; gives its path. */
export async function makeFolder(files: { readonly [name: string]: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-run-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  return folder
}
