import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../errors.ts'
import type { Fault, Json, Note } from '../model.ts'
import { showPath } from './check-source.ts'
import { type Collected, collectObjects } from './collect-objects.ts'
import { buildTemplateArguments, describeTemplateCall, type TemplateCall } from './helm-arguments.ts'
import { agree, type Render } from './judge-stability.ts'
import type { Causes } from './name-unstable.ts'
import { parseYaml } from './parse-yaml.ts'
import { runHelm } from './run-helm.ts'
import { chooseSentinels } from './sentinels.ts'

export type ChartCall = Omit<TemplateCall, 'isUpgrade' | 'extraSet'> & {
  readonly helm: string
  readonly workspace: string
  /** The documents that renders of this chart gave so far, by their text; new ones are added. */
  readonly parsed?: Map<string, Json>
}

/**
 * Renders a chart as often as it takes to know what is stable: as an install and as an upgrade; once more each when
 * the two differ, to tell chance from intent; and twice with sentinels where values are only set at deploy time.
 * @param causes what in its templates may make renders differ
 * @returns the renders, the standing install first
 * @throws UserError with helm's own message, the template's line, and the command that shows it again
 */
export async function renderChart(
  chart: ChartCall,
  causes: Causes,
): Promise<{ readonly renders: readonly Render[]; readonly notes: readonly Note[] }> {
  const call = { ...chart, parsed: new Map<string, Json>() }
  const { install, upgrade, notes } = await renderBoth(call)
  const isStable = agree(install.collected, upgrade.collected) && !usesTime(causes)
  const again = isStable ? [] : await renderAgain(call, { asUpgrade: notes.length === 0, later: usesTime(causes) })
  const deploy = await renderDeployTime(call)
  return { renders: [install, upgrade, ...again, ...deploy], notes: [...install.collected.notes, ...notes] }
}

type Both = { readonly install: Render; readonly upgrade: Render; readonly notes: readonly Note[] }

/**
 * Waits for both, so that no helm still runs when a fault is told. Some charts refuse to render as an upgrade without the
 * passwords that are in the cluster (all of Bitnami's that have any); a second install stands in for it then.
 */
async function renderBoth(call: ChartCall): Promise<Both> {
  const [install, upgrade] = await Promise.allSettled([renderOnce(call, 'install'), renderOnce(call, 'upgrade')])
  if (install.status === 'rejected') throw install.reason
  if (upgrade.status === 'fulfilled') return { install: install.value, upgrade: upgrade.value, notes: [] }
  if (!(upgrade.reason instanceof UserError)) throw upgrade.reason
  return { install: install.value, upgrade: await renderOnce(call, 'install'), notes: [noteNoUpgrade(upgrade.reason)] }
}

/** The first renders are over within a second, and `now` may have given both the same. */
function usesTime(causes: Causes): boolean {
  const functions = [...causes.values()].flat()
  return functions.includes('now') || functions.includes('ago')
}

/** Once more each, and in another second where that matters, to tell chance from intent. */
async function renderAgain(
  call: ChartCall,
  { asUpgrade, later }: { readonly asUpgrade: boolean; readonly later: boolean },
): Promise<readonly Render[]> {
  if (later) await sleep(1_000)
  return Promise.all([renderOnce(call, 'install'), ...(asUpgrade ? [renderOnce(call, 'upgrade')] : [])])
}

function noteNoUpgrade({ faults: [fault] }: UserError): Note {
  const why = fault?.message.replace(/\s+/g, ' ').replace(/\.$/, '') ?? ''
  const message = `The chart renders as an install only, so what it renders otherwise on an upgrade is not known: ${why}.`
  return { kind: 'no-upgrade-render', message }
}

async function renderDeployTime(call: ChartCall): Promise<readonly Render[]> {
  const keys = call.source.deployTimeValues
  if (keys.length === 0) return []
  const canRender = async (extraSet: readonly string[]): Promise<boolean> => {
    const args = buildTemplateArguments({ ...call, isUpgrade: false, extraSet })
    return (await runHelm({ helm: call.helm, args })).ok
  }
  const sentinels = await chooseSentinels(keys, canRender)
  if ('unfit' in sentinels) {
    const message = `The chart does not render with any stand-in for the deploy-time value ${sentinels.unfit}: text, a version, a number or a boolean.`
    const remedy = 'Give it a fixed value in set or values instead, and ignore the paths that follow from it.'
    throw new UserError({ message, where: 'deploy-time-values', remedy })
  }
  return Promise.all([renderOnce(call, 'deploy', sentinels.first), renderOnce(call, 'deploy', sentinels.second)])
}

/**
 * Renders a chart once.
 * @param extraSet `--set` expressions beyond the source's own
 * @throws UserError with helm's own message, the template's line, and the command that shows it again
 */
export async function renderOnce(call: ChartCall, made: Render['made'], extraSet: readonly string[] = []): Promise<Render> {
  const templateCall = { ...call, isUpgrade: made === 'upgrade', extraSet }
  const result = await runHelm({ helm: call.helm, args: buildTemplateArguments(templateCall) })
  if (!result.ok) throw new UserError(await explainFailure(result.reason, templateCall, call.workspace))
  const shown = showPath(call.source.chart, call.workspace)
  const parsed = parseYaml(result.stdout, `${shown} (rendered)`, call.parsed)
  const places = parsed.documents.map((document) => ({ document, where: `${shown} (rendered)` }))
  const collected = collectObjects(places, call.target.namespace, call.cluster)
  const [first, ...rest] = collected.faults
  if (first !== undefined) throw new UserError(first, ...rest)
  const warnings = result.warnings.map((message) => ({ kind: 'helm-warning', message: `helm: ${message}` }))
  return { made, collected: addNotes(collected, [...parsed.warnings, ...warnings]) }
}

function addNotes(collected: Collected, notes: readonly Note[]): Collected {
  return { ...collected, notes: [...collected.notes, ...notes] }
}

/** Names the template's own file and line where helm's message has them, as `devops/app/templates/x.yaml:12`. */
async function explainFailure(reason: string, call: TemplateCall, workspace: string): Promise<Fault> {
  const chart = call.source.chart
  const [, path, line] = /(?:^|[\s("])[^\s/("]+\/((?:charts\/[^\s/]+\/)*templates\/[^\s:)"]+)(?::(\d+))?/.exec(reason) ?? []
  const file = path === undefined ? null : join(chart, path)
  const exists =
    file !== null &&
    (await access(file)
      .then(() => true)
      .catch(() => false))
  const where = file !== null && exists ? `${showPath(file, workspace)}${line === undefined ? '' : `:${line}`}` : 'chart'
  return {
    where,
    message: `helm could not render the chart ${showPath(chart, workspace)}: ${reason}.`,
    remedy: `To see it yourself, run: ${describeTemplateCall(call, workspace)}`,
  }
}
