/**
 * `npm run bench`: plumbline beside `kubectl diff`, over releases of several sizes on a real control plane, in one run. Prints the
 * figures, judges what the project claims by them, and exits 1 when a claim fails.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { type ControlPlane, startControlPlane } from '../__tests__/cluster/control-plane.ts'
import { judgeClaims } from './claims.ts'
import { type Circumstances, formatRun } from './format.ts'
import { EDITED, installRelease, waitForQuiet } from './install.ts'
import { makeEnvironment, measure } from './measure.ts'
import type { Release, Sample } from './model.ts'
import { type Options, parseOptions, USAGE } from './options.ts'
import { findPrograms, type Programs, readVersions } from './programs.ts'
import { summarise } from './summarise.ts'
import { plumblineArguments, TOOLS } from './tools.ts'

const DOCS = join(import.meta.dirname, '../docs/benchmarks.md')

// An exit, unlike a signal, lets everything be removed; the control plane ends by itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const options = parseOptions(process.argv.slice(2))
if (options === null) process.stdout.write(USAGE)
else process.exitCode = await main(options)

async function main({ sizes, write, profile, ...effort }: Options): Promise<number> {
  say('bundling plumbline from the current source')
  const programs = await findPrograms()
  const plane = await startControlPlane({ log: say })
  try {
    const releases = planReleases(sizes)
    await prepare(plane, programs, releases)
    const cells = summarise(await measureAll(plane, programs, releases, effort))
    const claims = judgeClaims(cells, EDITED)
    const text = formatRun(cells, claims, await describeCircumstances(programs))
    process.stdout.write(`${text}\n`)
    if (write) replaceFigures(text)
    if (profile !== null) profilePlumbline(plane, programs, releases, resolve(profile))
    return claims.some(({ holds }) => holds === false) ? 1 : 0
  } finally {
    await plane.stop()
  }
}

/** One untouched release of each size, and one that people edited: of 1,000 objects, or of the largest size below. */
function planReleases(sizes: readonly number[]): readonly Release[] {
  const edited = sizes.findLast((size) => size <= 1000) ?? sizes[0] ?? 40
  return [
    ...sizes.map((objects) => ({ namespace: `bench-${objects}`, objects, edited: false })),
    { namespace: `bench-${edited}-edited`, objects: edited, edited: true },
  ]
}

async function prepare(plane: ControlPlane, programs: Programs, releases: readonly Release[]): Promise<void> {
  for (const release of releases) {
    say(`installing ${release.namespace}`)
    await installRelease(plane, programs, release)
  }
  say('waiting until the controllers are done')
  await waitForQuiet(plane)
  const [smallest] = releases
  // Once each without counting: files come into memory, kubectl fills its cache of what the cluster serves.
  for (const tool of TOOLS) if (smallest !== undefined) await measure(tool, programs, plane, smallest)
}

/** Round by round, so that a machine that is busy for a while slows all tools alike. */
async function measureAll(
  plane: ControlPlane,
  programs: Programs,
  releases: readonly Release[],
  { rounds, minutes }: Pick<Options, 'rounds' | 'minutes'>,
): Promise<Sample[]> {
  const samples: Sample[] = []
  const end = performance.now() + minutes * 60_000
  // The first round is made whole, however long it takes.
  for (let round = 0; round < rounds && (round === 0 || performance.now() < end); round++) {
    for (const release of releases) {
      for (const tool of TOOLS.filter(({ runs }) => round < runs(release, rounds))) {
        const sample = await measure(tool, programs, plane, release)
        say(`round ${round + 1}, ${release.namespace}, ${tool.name}: ${(sample.milliseconds / 1000).toFixed(2)} s, ${sample.outcome.text}`)
        samples.push(sample)
      }
    }
  }
  return samples
}

async function describeCircumstances(programs: Programs): Promise<Circumstances> {
  const [processor] = cpus()
  const machine = `${cpus().length} cores (${processor?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, load average ${loadavg()[2]?.toFixed(1)}`
  const command = ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ')
  return { date: new Date().toISOString().slice(0, 10), machine, versions: await readVersions(programs), command }
}

/** The part between the markers is this program's; the rest of the page is not. */
function replaceFigures(text: string): void {
  const [start, end] = ['<!-- figures-start -->', '<!-- figures-end -->']
  const page = readFileSync(DOCS, 'utf8')
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`docs/benchmarks.md has no ${start} with ${end} after it`)
  writeFileSync(DOCS, `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`)
}

/** https://nodejs.org/api/cli.html#--cpu-prof: the file opens in the developer tools of Chrome and in speedscope. */
function profilePlumbline(plane: ControlPlane, programs: Programs, releases: readonly Release[], folder: string): void {
  const largest = releases.findLast(({ edited }) => !edited)
  if (largest === undefined) return
  mkdirSync(folder, { recursive: true })
  const args = ['--cpu-prof', `--cpu-prof-dir=${folder}`, ...plumblineArguments(programs, plane, largest)]
  spawnSync(process.execPath, args, { env: makeEnvironment(programs), stdio: 'ignore' })
  say(`a CPU profile of ${largest.namespace} is in ${folder}`)
}

function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`)
}
