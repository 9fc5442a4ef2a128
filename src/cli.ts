// First, since everything else would fail on an old Node.
import './check-node.ts'
import { join } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { writeText } from './deliver/files.ts'
import { openProgress } from './deliver/progress.ts'
import { runDemo } from './demo.ts'
import { describeReader } from './describe-reader.ts'
import { formatFault, UserError } from './errors.ts'
import { type CommandLine, type PreviewCommand, parseCommandLine, type RoleCommand } from './inputs/command-line.ts'
import type { Report, Verdict } from './model.ts'
import { formatHtml } from './report/html/format-html.ts'
import { formatJson } from './report/json.ts'
import { formatMarkdown, SUMMARY_BYTES } from './report/markdown.ts'
import { showControls } from './report/sanitize.ts'
import { formatTerminal } from './report/terminal.ts'
import { run, type Surroundings } from './run.ts'

type CheckCommand = Extract<CommandLine, { readonly command: 'check' }>

/** Like `terraform plan -detailed-exitcode`, with one more for what could not be read. */
const EXIT_CODES: { readonly [verdict in Verdict]: number } = { 'in-sync': 0, error: 1, drifted: 2, incomplete: 3 }
/** Holds `examples/`; both `src/` and `dist/` lie right below it. */
const packageRoot = join(import.meta.dirname, '..')

/** Stands above the start, which uses it before the module's end is reached. */
const WRITERS: { readonly [format in CheckCommand['output']['format']]: (report: Report) => string } = {
  terminal: formatForTerminal,
  json: formatJson,
  markdown: (report) => formatMarkdown(report, { maxBytes: SUMMARY_BYTES }),
  html: formatHtml,
}

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const command = parseCommandLine(args, { cwd: process.cwd(), version: packageJson.version })
    switch (command.command) {
      case 'help':
      case 'version':
        print(command.text)
        return 0
      case 'demo':
        return await runDemo({
          packageRoot,
          version: packageJson.version,
          env: process.env,
          format: formatForTerminal,
          print,
          folder: command.folder ?? process.cwd(),
        })
      case 'check':
        return await check(command)
      case 'preview':
        return await preview(command)
      case 'rbac':
        return await printRole(command)
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    for (const fault of error.faults) process.stderr.write(`plumbline: ${showControls(formatFault(fault))}\n`)
    return EXIT_CODES.error
  }
}

async function check({ inputs, output }: CheckCommand): Promise<number> {
  return EXIT_CODES[await tell(output, async (surroundings) => (await run(inputs, surroundings)).report)]
}

/** Loaded only where it is wanted: a check has no use for it. */
async function preview({ inputs, base, output }: PreviewCommand): Promise<number> {
  const { previewWorkingCopy } = await import('./preview-working-copy.ts')
  const verdict = await tell(output, (surroundings) => previewWorkingCopy(inputs, base, surroundings))
  // The verdict is about the cluster as it is now, which a change of the chart is not to blame for.
  return verdict === 'error' ? EXIT_CODES.error : 0
}

/** Shows what is being done, then the report, and gives its verdict. */
async function tell(output: CheckCommand['output'], makeReport: (surroundings: Surroundings) => Promise<Report>): Promise<Verdict> {
  const progress = openProgress(process.stderr)
  try {
    const report = await makeReport({
      version: packageJson.version,
      env: process.env,
      now: new Date(),
      progress: progress.show,
      mask: () => {},
      readActivity: null,
    })
    progress.clear()
    const text = WRITERS[output.format](report)
    if (output.file === null) print(text)
    else await writeText(output.file, text, '--out')
    return report.verdict
  } finally {
    progress.clear()
  }
}

async function printRole(command: RoleCommand): Promise<number> {
  const progress = openProgress(process.stderr)
  try {
    const text = await describeReader(command, { env: process.env, progress: progress.show })
    progress.clear()
    if (command.file === null) print(text)
    else await writeText(command.file, text, '--out')
    return 0
  } finally {
    progress.clear()
  }
}

function formatForTerminal(report: Report): string {
  const { isTTY, columns } = process.stdout
  return formatTerminal(report, { color: process.stdout.hasColors?.() ?? false, width: isTTY ? columns : 100, details: true })
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}
