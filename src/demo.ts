import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { serveRecordedCluster } from '../__tests__/fakes/kubernetes-api.ts'
import { loadRecording } from '../__tests__/fakes/load-recording.ts'
import { findHelm } from './chart/find-helm.ts'
import { writeReportFiles } from './deliver/files.ts'
import { UserError } from './errors.ts'
import { parseCommandLine } from './inputs/command-line.ts'
import type { Report } from './model.ts'
import { formatHtml } from './report/html/format-html.ts'
import { formatJson } from './report/json.ts'
import { formatMarkdown, SUMMARY_BYTES } from './report/markdown.ts'
import { run } from './run.ts'

/** The Helm that is downloaded when there is none on PATH. */
const HELM_VERSION = '4.1.4'

export type DemoOptions = {
  /** Holds `examples/`. */
  readonly packageRoot: string
  /** Where the report files are written. */
  readonly folder: string
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  readonly format: (report: Report) => string
  readonly print: (text: string) => void
}

/**
 * Tells the story on the example: the unmodified main job on the team's chart, against a cluster state that was
 * recorded from a real control plane and is served over HTTP on loopback.
 *
 * @returns the exit code: 0 when the demo worked, whatever the verdict
 */
export async function runDemo({ packageRoot, folder, version, env, format, print }: DemoOptions): Promise<number> {
  const repository = join(packageRoot, 'examples/grokdevops')
  const cluster = await serveRecordedCluster(await loadRecording(join(packageRoot, 'examples/live'), 'helm4-drifted'))
  const temporary = await mkdtemp(join(tmpdir(), 'plumbline-demo-'))
  try {
    const kubeconfig = join(temporary, 'kubeconfig.yaml')
    await writeFile(kubeconfig, cluster.kubeconfig(), { mode: 0o600 })
    const args = [
      ...['check', '--release', 'grokdevops', '--namespace', 'grokdevops'],
      ...['--chart', join(repository, 'devops/helm/grokdevops'), '--values', join(repository, 'devops/helm/values-dev.yaml')],
      ...['--kubeconfig', kubeconfig],
      ...(await chooseHelm(env)),
    ]
    const command = parseCommandLine(args, { cwd: packageRoot, version })
    if (command.command !== 'check') throw new Error('the demo is a check')
    print('Someone ran kubectl against grokdevops: more replicas, and an extra environment variable. The application is healthy,')
    print(
      'no pipeline ran, and you may only read. This is what Plumbline finds, against a cluster state recorded from a real API server:\n',
    )
    const surroundings = { version, env, now: new Date(), progress: () => {}, mask: () => {}, readActivity: null }
    const { report, timings } = await run(command.inputs, surroundings)
    print(format(report))
    const files = await writeReportFiles(folder, {
      json: formatJson(report),
      html: formatHtml(report),
      summary: formatMarkdown(report, { maxBytes: SUMMARY_BYTES }),
    })
    print(`\nIt took: ${timings.map(({ stage, milliseconds }) => `${stage} ${milliseconds.toFixed(0)} ms`).join(', ')}.`)
    print(describeRequests(cluster.requests.map(({ method }) => method)))
    const next = [
      [files.html, 'the whole report, for a browser'],
      [files.summary, 'what the job summary of a workflow shows'],
      [files.json, 'the same for programs, as schema/report.schema.json describes it'],
      [join(repository, '.github/workflows/drift.yml'), 'the workflow to copy'],
    ].map(([file = '', what = '']) => [relative(folder, file), what] as const)
    const width = Math.max(...next.map(([file]) => file.length))
    print(['Look at next:', ...next.map(([file, what]) => `  ${file.padEnd(width)}  ${what}`)].join('\n'))
    return findDrift(report)
  } finally {
    await cluster.close()
    await rm(temporary, { recursive: true, force: true })
  }
}

/** A demo that does not find its two changes is broken, and says so by its exit code. */
function findDrift(report: Report): number {
  return report.verdict === 'drifted' && report.targets[0]?.counts.drift === 2 ? 0 : 1
}

/** Helm from PATH where there is one, else a checksummed download. */
async function chooseHelm(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  try {
    await findHelm({ version: null, checksum: null, env })
    return []
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return ['--helm-version', HELM_VERSION]
  }
}

/** What is no GET asks what the credential itself may do: Kubernetes wants these as a POST, and stores nothing. */
function describeRequests(methods: readonly string[]): string {
  const reads = methods.filter((method) => method === 'GET').length
  const reviews = methods.filter((method) => method === 'POST').length
  if (reads + reviews < methods.length) throw new Error(`a request that is neither GET nor a review: ${methods.join(', ')}`)
  return `It sent ${methods.length} requests to the API server: ${reads} GET, and ${reviews} questions about its own rights.\n`
}
