import * as core from '@actions/core'
import packageJson from '../package.json' with { type: 'json' }
import { writeReportFiles } from './deliver/files.ts'
import { listOutputs } from './deliver/outputs.ts'
import { writeSummary } from './deliver/summary.ts'
import { formatFault, UserError } from './errors.ts'
import { loadActionInputs } from './inputs/action.ts'
import type { Inputs } from './inputs/model.ts'
import type { Report } from './model.ts'
import { formatJson } from './report/json.ts'
import { formatMarkdown, SUMMARY_BYTES } from './report/markdown.ts'
import { toLogText } from './report/sanitize.ts'
import { formatTerminal } from './report/terminal.ts'
import { run } from './run.ts'

try {
  await main()
} catch (error) {
  // Set before anything else failed or succeeded, so that a workflow never reads an old or an empty verdict.
  core.setOutput('verdict', 'error')
  const faults =
    error instanceof UserError ? error.faults.map(formatFault) : [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  core.setFailed(toLogText(faults.join('\n')))
}

async function main(): Promise<void> {
  const inputs = loadActionInputs(process.env)
  // Children and crash dumps have no use for it, and what is not there cannot leak.
  delete process.env.INPUT_KUBECONFIG
  const log = (message: string) => core.info(toLogText(message))
  const surroundings = { version: packageJson.version, env: process.env, now: new Date(), progress: log, mask: core.setSecret }
  const { report, timings } = await run(inputs, surroundings)
  log(timings.map(({ stage, milliseconds }) => `${stage} ${milliseconds.toFixed(0)} ms`).join(', '))
  await deliver(report, inputs, log)
}

/** Everything that leaves the run, from one report: log, summary, files, outputs, and the fate of the step. */
async function deliver(report: Report, inputs: Inputs, log: (message: string) => void): Promise<void> {
  log(formatTerminal(report, { color: false, width: 120, details: true }))
  const summary = formatMarkdown(report, { maxBytes: SUMMARY_BYTES })
  const files = await writeReportFiles(inputs.reportDir, {
    json: formatJson(report),
    summary,
  })
  await writeSummary(summary, process.env.GITHUB_STEP_SUMMARY)
  for (const [output, value] of Object.entries(listOutputs(report, files))) core.setOutput(output, value)
  const failure = findFailure(report, inputs)
  if (failure !== null) core.setFailed(failure)
}

/** The step fails on `error`, and on what `fail-on` names. Drift alone is news, not a failure. */
function findFailure(report: Report, inputs: Inputs): string | null {
  const failed = report.targets.filter((target) => target.verdict === 'error')
  if (failed.length > 0)
    return `${failed.map((target) => target.name).join(', ')} could not be checked; the log and the job summary say why.`
  const drifted = report.targets.filter((target) => target.verdict === 'drifted')
  if (inputs.failOn.includes('drift') && drifted.length > 0)
    return `${drifted.map((target) => target.name).join(', ')} drifted (fail-on: drift).`
  const incomplete = report.targets.filter((target) => !target.complete)
  if (inputs.failOn.includes('incomplete') && incomplete.length > 0) {
    return `${incomplete.map((target) => target.name).join(', ')} could not be read completely (fail-on: incomplete).`
  }
  return null
}
