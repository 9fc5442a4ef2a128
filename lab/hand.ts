// The hands of the person who drifts: kubectl with a credential of their own.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Outcome, runProgram } from './run-program.ts'
import { type Command, FILE } from './tools.ts'

/** Runs kubectl as someone, in the namespace of the release unless another is named. */
export type Hand = {
  readonly kubectl: (command: Pick<Command, 'args' | 'stdin' | 'file'>, elsewhere?: string | null) => Promise<Outcome>
}

/**
 * Opens a hand.
 * @param folder where the file that an editor would save is kept
 */
export function openHand(kubectl: string, kubeconfig: string, namespace: string, folder: string): Hand {
  return {
    kubectl: async ({ args, stdin, file }, elsewhere) => {
      const saved = join(folder, 'sent.json')
      if (file !== undefined) await writeFile(saved, file)
      const env = { PATH: process.env.PATH, HOME: folder, KUBE_EDITOR: `cp ${saved}` }
      const options = { env, seconds: 30, ...(stdin === undefined ? {} : { stdin }) }
      const all = ['--kubeconfig', kubeconfig, '--namespace', elsewhere ?? namespace, ...args].map((arg) =>
        arg.replace(`=${FILE}`, `=${saved}`),
      )
      return runProgram(kubectl, all, options)
    },
  }
}

/** The command as a person would type it. */
export function showCommand({ args, stdin, file }: Pick<Command, 'args' | 'stdin' | 'file'>): string {
  const text = `kubectl ${args.join(' ')}`
  if (args[0] === 'edit') return text
  const sent = (stdin ?? file)?.replaceAll('\n', ' ')
  return sent === undefined ? text : `${text} <<< '${sent.length > 300 ? `${sent.slice(0, 300)}…` : sent}'`
}

/** The one line of a failed command that says why. */
export function explainFailure({ code, stderr }: Outcome): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Warning:'))
  return code === null
    ? 'took too long'
    : (lines.find((line) => /error|invalid|forbidden|denied/i.test(line)) ?? lines.at(-1) ?? `exit code ${code}`)
}
