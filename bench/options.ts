import { parseArgs } from 'node:util'
import { KINDS } from './install.ts'

/** What the command line of the benchmark asks for. */
export type Options = {
  /** How many objects the releases have, ascending. */
  readonly sizes: readonly number[]
  readonly rounds: number
  /** After so many minutes of measuring, no further round begins: a busy machine gets fewer of them. */
  readonly minutes: number
  /** Whether docs/benchmarks.md takes the figures of this run. */
  readonly write: boolean
  /** Where a CPU profile of plumbline over the largest release goes; null for none. */
  readonly profile: string | null
}

/** What `--help` prints. */
export const USAGE = `npm run bench -- [--objects 40,1000,5000] [--rounds 5] [--minutes 10] [--write] [--profile FOLDER]

  --objects   sizes of the releases, each a multiple of ${KINDS}
  --rounds    how often each tool is run; the slow ones less often
  --minutes   after so long, no further round begins
  --write     put the figures into docs/benchmarks.md
  --profile   also write a CPU profile of plumbline over the largest release, one run after the others
`

/**
 * Reads the options.
 * @param args without the program's own name
 * @returns null when help was asked for
 * @throws Error when one is unknown or makes no sense
 */
export function parseOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      objects: { type: 'string', default: '40,1000,5000' },
      rounds: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '10' },
      write: { type: 'boolean', default: false },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const sizes = [...new Set(values.objects.split(',').map(Number))].toSorted((a, b) => a - b)
  if (!sizes.every((size) => Number.isInteger(size) && size >= 40 && size % KINDS === 0))
    throw new Error(`--objects ${values.objects}: whole numbers of at least 40 that divide by ${KINDS}, with commas between them`)
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: a whole number of at least 1`)
  const minutes = Number(values.minutes)
  if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes}: a number above 0`)
  return { sizes, rounds, minutes, write: values.write, profile: values.profile ?? null }
}
