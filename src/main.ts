import * as core from '@actions/core'
import packageJson from '../package.json' with { type: 'json' }
import { openCacheStore } from './deliver/cache-store.ts'
import { writeReportFiles } from './deliver/files.ts'
import { listEmptyOutputs, listOutputs } from './deliver/outputs.ts'
import { openFileStore } from './deliver/store.ts'
import { writeSummary } from './deliver/summary.ts'
import { formatFault, UserError } from './errors.ts'
import { type GitHubContext, readContext } from './github/context.ts'
import { openActivity } from './github/open-activity.ts'
import { findActionMode, getInput, loadActionInputs } from './inputs/action.ts'
import type { Inputs } from './inputs/model.ts'
import type { Note, Report } from './model.ts'
import { groupBy } from './report/groups.ts'
import { formatHtml } from './report/html/format-html.ts'
import { formatJson } from './report/json.ts'
import { formatMarkdown, SUMMARY_BYTES } from './report/markdown.ts'
import { escapeMarkdown, toLogText } from './report/sanitize.ts'
import { formatTerminal } from './report/terminal.ts'
import { run, type Surroundings } from './run.ts'
import type { Timing } from './stopwatch.ts'
import { tellBrokenInputs } from './track/tell-broken-inputs.ts'
import { trackIssues } from './track/track.ts'
import { triageComment } from './track/triage.ts'

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
  const context = readContext(process.env)
  // A preview takes its config file from the base of the pull request, so what to do is asked before the inputs are read.
  if (wantsPreview(process.env)) return preview(context)
  const inputs = await loadInputs(context)
  forgetSecrets(inputs)
  return inputs.mode === 'triage' ? triage(inputs, context) : check(inputs, context, 'all')
}

/** What is wrong with the mode is told with all other faults of the inputs. */
function wantsPreview(env: NodeJS.ProcessEnv): boolean {
  try {
    return findActionMode(env) === 'preview'
  } catch {
    return false
  }
}

/** Children and crash dumps have no use for them, and what is not there cannot leak. */
function forgetSecrets({ fingerprintKey }: Pick<Inputs, 'fingerprintKey'>): void {
  delete process.env.INPUT_KUBECONFIG
  delete process.env.INPUT_TOKEN
  delete process.env['INPUT_FINGERPRINT-KEY']
  if (fingerprintKey !== null) core.setSecret(fingerprintKey)
}

/** Drift is not a pull request's fault, so nothing but a target that cannot be previewed fails the step. */
async function preview(context: GitHubContext | null): Promise<void> {
  if (context === null) {
    const remedy = 'Run it for a pull request in a GitHub workflow, or use `plumbline preview --base REF`.'
    throw new UserError({ where: 'mode', message: '`preview` is for the pull request of a workflow run, and this is none.', remedy })
  }
  // One way in: with two, the bundle would have the code that they share twice.
  const { previewPullRequest } = await import('./preview-pull-request.ts')
  const begin = (inputs: Inputs) => {
    forgetSecrets(inputs)
    return { surroundings: makeSurroundings(null), openTracker: openIssues(inputs) }
  }
  const previewed = await previewPullRequest({ env: process.env, context, log, sleep, begin })
  if (previewed.type === 'nothing') {
    log(previewed.why)
    return endWithoutReport(`Preview. ${previewed.why}`)
  }
  logTimings(previewed.timings)
  for (const line of previewed.done) log(line)
  tellLoudly(previewed.notes)
  await deliver(previewed.report, { ...previewed.inputs, failOn: ['never'] })
}

/** Faults of the inputs fail the step, and are told where people look when nobody waits for the run. */
async function loadInputs(context: GitHubContext | null): Promise<Inputs> {
  try {
    return loadActionInputs(process.env)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const inputs = { token: getInput(process.env, 'token'), allowPublic: getInput(process.env, 'allow-public').toLowerCase() === 'true' }
    const tools = { openTracker: openIssues(inputs), sleep, version: packageJson.version, at: new Date().toISOString() }
    const isDry = getInput(process.env, 'dry-run').toLowerCase() === 'true'
    if (!isDry) tellLoudly(await tellBrokenInputs(error, inputs, context, tools))
    throw error
  }
}

/** Answers a comment, and checks the target at once where somebody decided something and the cluster may be read. */
async function triage(inputs: Inputs, context: GitHubContext | null): Promise<void> {
  const { done, notes, target } = await triageComment(inputs, context, openIssues(inputs), new Date().toISOString())
  log(done)
  tellLoudly(notes)
  const known = inputs.targets.filter(({ name }) => name === target)
  const canRead = inputs.kubeconfig.type !== 'none' || inputs.live !== null
  if (known.length > 0 && canRead) return check({ ...inputs, targets: known }, context, 'some', inputs)
  const later = target === null ? '' : ' This job cannot read the cluster, so the issue follows with the next check.'
  return endWithoutReport(`Triage. ${done}${later}`)
}

/** A run that checked nothing says why, and leaves no output as an earlier step may have set it. */
async function endWithoutReport(text: string): Promise<void> {
  await writeSummary(escapeMarkdown(text), process.env.GITHUB_STEP_SUMMARY)
  for (const [output, value] of Object.entries(listEmptyOutputs())) core.setOutput(output, value)
}

/** @param all the inputs with every target of the configuration */
async function check(inputs: Inputs, context: GitHubContext | null, scope: 'all' | 'some', all = inputs): Promise<void> {
  const result = await run(inputs, makeSurroundings(openActivity(inputs.token, context, log)))
  logTimings(result.timings)
  const names = all.targets.map(({ name }) => name)
  const store = inputs.state.type === 'file' ? openFileStore(inputs.state.path) : openCacheStore(names, inputs.workspace, inputs.dryRun)
  const tools = { store, context, openTracker: openIssues(inputs), sleep, progress: log, now: () => new Date() }
  const tracked = await trackIssues(result, inputs, tools, scope)
  tellLoudly(tracked.notes)
  await deliver(tracked.report, inputs)
}

function makeSurroundings(readActivity: Surroundings['readActivity']): Surroundings {
  return { version: packageJson.version, env: process.env, now: new Date(), progress: log, mask: core.setSecret, readActivity }
}

function logTimings(timings: readonly Timing[]): void {
  log(timings.map(({ stage, milliseconds }) => `${stage} ${milliseconds.toFixed(0)} ms`).join(', '))
}

/** Everything that leaves the run, from one report: log, summary, files, outputs, and the fate of the step. */
async function deliver(report: Report, inputs: Inputs): Promise<void> {
  log(formatTerminal(report, { color: false, width: 120, details: true }))
  const summary = formatMarkdown(report, { maxBytes: SUMMARY_BYTES })
  const files = await writeReportFiles(inputs.reportDir, {
    json: formatJson(report),
    html: formatHtml(report),
    summary,
  })
  await writeSummary(summary, process.env.GITHUB_STEP_SUMMARY)
  for (const [output, value] of Object.entries(listOutputs(report, files))) core.setOutput(output, value)
  const failure = findFailure(report, inputs)
  if (failure !== null) core.setFailed(failure)
}

/** The client for GitHub is loaded only where it is used: it is a third of the bundle. */
function openIssues({ token }: Pick<Inputs, 'token'>) {
  return async (context: GitHubContext) => {
    const { openTracker } = await import('./github/tracker.ts')
    return openTracker(context, { token, apiUrl: context.apiUrl, log })
  }
}

/**
 * What stands in the way of issues must not be found only by those who read the summary to its end. GitHub shows ten
 * warnings of a step and drops the others, hence one of each kind.
 */
function tellLoudly(notes: readonly Note[]): void {
  const loud = notes.filter(({ kind }) => kind !== 'no-issues' && kind !== 'issue')
  for (const alike of groupBy(loud, ({ kind }) => kind).values()) core.warning(toLogText(alike.map(({ message }) => message).join('\n')))
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function log(message: string): void {
  core.info(toLogText(message))
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
