/**
 * Prints the size of the committed bundle and its start-up as a ratio to an empty Node program, measured in one run,
 * alternating, so that a busy machine slows both alike. Fails above the limits that CONTRIBUTING names.
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const ROUNDS = 15
const MAX_RATIO = 5
/** The Action carries the clients for GitHub's API and its cache, too: 3.4 MB, loaded only where they are used. */
const MAX_MEGABYTES = { action: 9, cli: 6 } as const

const folder = await mkdtemp(join(tmpdir(), 'plumbline-start-up-'))
const empty = join(folder, 'empty.mjs')
await writeFile(empty, '')
const cli = join(import.meta.dirname, '../dist/cli.js')
const action = join(import.meta.dirname, '../dist/index.js')

const times: { readonly [name: string]: number[] } = { empty: [], cli: [], action: [] }
for (let round = 0; round < ROUNDS; round++) {
  times.empty?.push(time([empty]))
  times.cli?.push(time([cli, '--version']))
  // Without any input the Action loads all of itself, says what is missing, and ends.
  times.action?.push(time([action]))
}
await rm(folder, { recursive: true })

const base = median(times.empty ?? [])
let failed = false
for (const [name, file] of [
  ['action', action],
  ['cli', cli],
] as const) {
  const ratio = median(times[name] ?? []) / base
  const megabytes = (await sumSizes(basename(file))) / 1e6
  failed ||= ratio >= MAX_RATIO || megabytes >= MAX_MEGABYTES[name]
  console.log(
    `${name}: ${megabytes.toFixed(2)} MB (limit ${MAX_MEGABYTES[name]}), start-up ${ratio.toFixed(1)} times an empty Node program (limit ${MAX_RATIO})`,
  )
}
process.exitCode = failed ? 1 : 0

/** An entry and the parts that it loads when it needs them, `123.index.js`. */
async function sumSizes(entry: string): Promise<number> {
  const dist = join(import.meta.dirname, '../dist')
  const parts = (await readdir(dist)).filter((name) => name === entry || name.endsWith(`.${entry}`))
  const sizes = await Promise.all(parts.map(async (name) => (await stat(join(dist, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function time(args: readonly string[]): number {
  const start = process.hrtime.bigint()
  const { error } = spawnSync(process.execPath, args, { stdio: 'ignore', env: { PATH: process.env.PATH } })
  if (error) throw error
  return Number(process.hrtime.bigint() - start) / 1e6
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
