import { spawn } from 'node:child_process'

/** How a program ended. `code` is null when it was stopped for taking too long. */
export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs a program to its end, or stops it when its time is over. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly stdin?: string; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly seconds?: number } = {},
): Promise<Outcome> {
  const { stdin = '', env, cwd, seconds = 60 } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, timeout: seconds * 1000, killSignal: 'SIGKILL' })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...texts }))
    // A program that ends before it has read everything has said why.
    child.stdin.on('error', () => {})
    child.stdin.end(stdin)
  })
}
