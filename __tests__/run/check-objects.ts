import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Inputs } from '../../src/inputs/model.ts'
import type { JsonObject, Report, TargetReport } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { formatJson } from '../../src/report/json.ts'
import { formatMarkdown } from '../../src/report/markdown.ts'
import { formatTerminal } from '../../src/report/terminal.ts'
import { run } from '../../src/run.ts'
import { makeInputs } from '../make-inputs.ts'

/** What was told: each finding, note and unread object on one line, and the verdict or the fault. */
export type Told = {
  readonly target: TargetReport
  readonly verdict: string
  readonly findings: readonly string[]
  readonly unread: readonly string[]
  readonly notes: readonly string[]
  readonly fault: string | null
  /** The report as people read it. */
  readonly text: string
}

/** As in `src/report/json.ts`: TypeScript's library does not declare it yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object }

/** JSON as it is written into a file: integers keep their digits. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) => (typeof child === 'bigint' ? rawJSON(child.toString()) : child))
}

/**
 * Runs the whole program on manifests and a saved live state, as `plumbline check --live` does, up to every form of the
 * report.
 *
 * @param desired objects, or the text of a manifest
 * @param live the same of the saved state
 */
export async function checkObjects(desired: readonly JsonObject[] | string, live: readonly JsonObject[] | string): Promise<Told> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bad-'))
  try {
    const write = async (name: string, content: readonly JsonObject[] | string) => {
      await writeFile(
        join(folder, name),
        typeof content === 'string' ? content : toJson({ apiVersion: 'v1', kind: 'List', items: content }),
      )
      return join(folder, name)
    }
    const inputs = makeManifestInputs(folder, await write('desired.yaml', desired), { live: await write('live.json', live) })
    return await runAndTell(inputs)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Inputs of one target of ready-made manifests; `more` has where live comes from. */
export function makeManifestInputs(folder: string, manifests: string, more: Partial<Inputs>): Inputs {
  const source = { type: 'manifests', path: manifests } as const
  return makeInputs(folder, { name: 'it', release: 'it', namespace: 'prod', source }, more)
}

/** Runs the program and writes its report in every form. A fault of the program itself fails the test. */
export async function runAndTell(inputs: Inputs): Promise<Told> {
  const surroundings = {
    version: '0.0.0',
    env: process.env,
    now: new Date('2026-11-23T15:00:00Z'),
    progress: () => {},
    mask: () => {},
    readActivity: null,
  }
  const { report } = await run(inputs, surroundings)
  const [target] = report.targets
  if (target === undefined) throw new Error('no target')
  if (target.error?.message.startsWith('Plumbline itself failed') === true) throw new Error(target.error.message)
  return {
    target,
    verdict: report.verdict,
    findings: target.findings.map(
      (one) => `${one.change} ${one.object.kind} ${formatPath(one.path)} by ${one.evidence.manager ?? 'nobody'}`,
    ),
    unread: target.unread.map(({ object, reason, detail }) => `${object.kind} ${reason}: ${detail}`),
    notes: target.notes.map(({ kind, message }) => `${kind}: ${message}`),
    fault: target.error === null ? null : `${target.error.where}: ${target.error.message}`,
    text: writeReport(report),
  }
}

/** Every writer, since each of them walks what was found. */
function writeReport(report: Report): string {
  formatJson(report)
  formatMarkdown(report, { maxBytes: 1_000_000 })
  formatTerminal(report, { color: true, width: 80, details: true })
  return formatTerminal(report, { color: false, width: 120, details: false })
}
