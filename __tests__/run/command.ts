import { spawn } from 'node:child_process'
import { delimiter, dirname, join } from 'node:path'
import { getHelm } from '../tools/helm-and-kubectl.ts'

const root = join(import.meta.dirname, '../..')

/** How a program ended. `code` is null when it was stopped for taking too long. */
export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/**
 * Runs the command line from its sources as a process of its own, as a person would.
 *
 * @param helm which helm stands on its PATH; null for none
 * @param more further folders on its PATH, such as one with git
 */
export async function runPlumbline(
  args: readonly string[],
  options: { readonly helm?: 3 | 4 | null; readonly cwd?: string; readonly more?: readonly string[] } = {},
): Promise<Outcome> {
  const { helm = 4, cwd = root, more = [] } = options
  const PATH = [...(helm === null ? [] : [dirname(await getHelm(helm))]), dirname(process.execPath), ...more].join(delimiter)
  return runProcess(process.execPath, [join(root, 'src/cli.ts'), ...args], { cwd, env: { PATH, HOME: cwd, NO_COLOR: '1' } })
}

/** Runs a program to its end, or stops it when its time is over; it is given no input unless some is named. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly stdin?: string; readonly seconds?: number },
): Promise<Outcome> {
  const { cwd, env, stdin, seconds } = options
  return new Promise((resolve, reject) => {
    const limit = seconds === undefined ? {} : { timeout: seconds * 1000, killSignal: 'SIGKILL' as const }
    const child = spawn(program, args, { cwd, env, ...limit, stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...texts }))
    // A program that ends before it has read everything has said why.
    child.stdin?.on('error', () => {})
    child.stdin?.end(stdin)
  })
}
