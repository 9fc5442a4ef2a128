import { type Outcome, runProcess } from '../__tests__/run/command.ts'

export type { Outcome }

/** Runs a program of the lab: in this environment, where nothing else is said, and for a minute at most. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly stdin?: string; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly seconds?: number } = {},
): Promise<Outcome> {
  const { stdin = '', env = process.env, cwd = process.cwd(), seconds = 60 } = options
  return runProcess(program, args, { cwd, env, stdin, seconds })
}
