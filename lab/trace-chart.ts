import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { applyPatch, parsePatch } from 'diff'
import type { Helm } from '../src/chart/find-helm.ts'
import { renderTarget } from '../src/chart/render.ts'
import type { DecisionInput } from '../src/explain/decision-input.ts'
import type { KeepTools } from '../src/keep/keep-tools.ts'
import { offerKeeps } from '../src/keep/offer-keeps.ts'
import { openKeepTools } from '../src/keep/open-keep-tools.ts'
import type { ClusterInfo, DesiredObject, Finding, KeepChoice, Target } from '../src/model.ts'
import { formatPath } from '../src/path.ts'
import type { Chart } from './find-charts.ts'
import { seedRandom } from './random.ts'
import { compareWithWanted, makeInput } from './trace-compare.ts'
import { describeKey, findMutations, type Mutation } from './trace-places.ts'

/** `wrong`: a patch was offered that does something else than what was asked for, without saying so. */
export type TracedPlace = { readonly outcome: 'right' | 'wrong' | 'missed'; readonly sort: string; readonly text: string }
export type TraceScore = {
  readonly chart: string
  readonly places: readonly TracedPlace[]
  readonly failure: string | null
  readonly seconds: number
  /** Of the tracer alone. */
  readonly renders: number
}
export type TraceSetting = { readonly cluster: ClusterInfo; readonly helm: Helm; readonly seed: string; readonly places: number }

/** How many changed values are tried for each place that is wanted: many change nothing, or come to more than a few places. */
const TRIES = 6
const RENDERS = 60
const MINUTES = 2

/** Changes values of a chart one at a time, asks for the key of one place that changed, and scores the answers. */
export async function traceChart(chart: Chart, { cluster, helm, seed, places: wanted }: TraceSetting): Promise<TraceScore> {
  const workspace = dirname(chart.folder)
  const values = chart.values === null ? [] : [chart.values]
  const target: Target = {
    ...{ name: chart.name, release: 'lab', namespace: 'lab', context: null, persistRuns: 1, persistMinutes: 0, extraKinds: [] },
    source: { type: 'chart', chart: chart.folder, values, set: [], deployTimeValues: [] },
  }
  const options = { helm, workspace, dependencies: 'never' } as const
  const start = performance.now()
  const places: TracedPlace[] = []
  let renders = 0
  const give = (failure: string | null) => ({ chart: chart.name, places, failure, seconds: (performance.now() - start) / 1000, renders })
  try {
    const { objects } = await renderTarget(target, cluster, options)
    const tools = await openKeepTools(target, cluster, options, { renders: Number.POSITIVE_INFINITY, milliseconds: 3_600_000 })
    try {
      if (tools.values === null) return give('its values could not be read')
      const random = seedRandom(`${seed} ${chart.name}`)
      for await (const mutation of findMutations(tools, tools.values, random, wanted * TRIES)) {
        const input = makeInput(target, cluster, objects, mutation.render)
        const asked = random.pick(input === null ? [] : input.findings.filter(({ path }) => !/checksum|sha256/.test(formatPath(path))))
        if (input === null || asked === undefined) continue
        const bounded = limit(tools)
        places.push(await askFor(mutation, asked, input, objects, bounded))
        renders += RENDERS - bounded.left()
        if (places.length >= wanted) break
      }
      return give(null)
    } finally {
      await tools.close()
    }
  } catch (error) {
    return give(String(error instanceof Error ? error.message : error).slice(0, 300))
  }
}

/** As many renders as a run has. */
function limit(tools: KeepTools): KeepTools {
  const end = Date.now() + MINUTES * 60_000
  let left = RENDERS
  return {
    ...tools,
    left: () => (Date.now() > end ? 0 : left),
    render: (trial, checked) => {
      if (left <= 0) return Promise.resolve({ failure: 'no render is left' })
      left--
      return tools.render(trial, checked)
    },
  }
}

async function askFor(
  mutation: Mutation,
  asked: Finding,
  input: DecisionInput,
  objects: readonly DesiredObject[],
  tools: KeepTools,
): Promise<TracedPlace> {
  const findings = input.findings.map((finding) => ({ ...finding, drift: finding.id === asked.id }))
  const { choices } = await offerKeeps(
    { ...input, findings: findings.map((one) => (one.id === asked.id ? { ...asked, drift: true } : one)) },
    tools,
  )
  const choice = choices.get(asked.id)
  const outcome = choice?.patch === undefined ? judgeWords(choice, mutation) : await judge(choice, asked, mutation, objects, tools)
  const place = `${asked.object.kind}/${asked.object.name} ${formatPath(asked.path)}`
  const short = (value: unknown) => JSON.stringify(value, (_name, one) => (typeof one === 'bigint' ? String(one) : one))?.slice(0, 60)
  const text = `[${mutation.sort}] ${describeKey(mutation)} -> ${place}: ${short(asked.desired)} to ${short(asked.live)}: ${choice?.summary.slice(0, 240)}`
  return { outcome, sort: mutation.sort, text }
}

/** Without a patch, since a line beside it may hold a secret, the key that was changed is the right one. */
function judgeWords(choice: KeepChoice | undefined, mutation: Mutation): TracedPlace['outcome'] {
  if (choice?.edit === undefined) return 'missed'
  return choice.edit.key.startsWith(describeKey(mutation)) ? 'right' : 'missed'
}

/** Applies the patch to the files, renders with them, and compares with what was wanted. */
async function judge(
  choice: KeepChoice,
  asked: Finding,
  mutation: Mutation,
  objects: readonly DesiredObject[],
  tools: KeepTools,
): Promise<TracedPlace['outcome']> {
  const files = new Map<string, string>()
  for (const patch of parsePatch(choice.patch ?? '')) {
    const file = tools.files.find(({ path }) => `b/${path.slice(tools.workspace.length + 1)}` === patch.newFileName)
    const text = file === undefined ? false : applyPatch(await readFile(file.path, 'utf8'), patch)
    if (file === undefined || text === false) return 'wrong'
    files.set(file.path, text)
  }
  const render = await tools.render({ files }, true)
  if ('failure' in render) return 'wrong'
  if (compareWithWanted(tools.base, mutation.render, render, asked, objects)) return 'right'
  // What also changes is said, and left to the person.
  return choice.summary.includes('then also changes') ? 'missed' : 'wrong'
}
