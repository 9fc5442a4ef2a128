import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ControlPlane } from '../__tests__/cluster/control-plane.ts'
import type { Report } from '../src/model.ts'
import { countRequests } from './count-requests.ts'
import type { Outcome, Release, Sample } from './model.ts'
import type { Programs } from './programs.ts'
import type { Tool } from './tools.ts'
import { watchMemory } from './watch-memory.ts'

/**
 * Runs a tool once over a release and measures it.
 * @throws Error when the tool fails: neither in sync nor drifted
 */
export async function measure(tool: Tool, programs: Programs, plane: ControlPlane, release: Release): Promise<Sample> {
  const stopCounting = await countRequests(plane, plane.users[tool.credential], programs.home)
  const [program, ...args] = tool.command(programs, plane, release)
  const start = performance.now()
  const child = spawn(program, args, { env: makeEnvironment(programs), stdio: ['ignore', 'pipe', 'pipe'] })
  const stopWatching = watchMemory(child.pid ?? 0)
  const closed = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  const milliseconds = performance.now() - start
  const peaks = stopWatching().filter(({ name }) => name !== 'sh')
  const outcome = tool.name === 'plumbline' ? readReport(stdout, stderr) : readDiff(code, stdout, stderr)
  return { tool: tool.name, release, milliseconds, requests: await stopCounting(), peaks, outcome }
}

/** Nothing of the person's own Kubernetes settings; kubectl keeps its discovery in a home that lasts for the whole benchmark. */
export function makeEnvironment({ helm, home }: Programs): NodeJS.ProcessEnv {
  return { PATH: `${dirname(helm)}${delimiter}${process.env.PATH}`, HOME: home }
}

function readReport(stdout: string, stderr: string): Outcome {
  if (stdout === '') throw new Error(`plumbline gave no report: ${stderr}`)
  const report: Report = JSON.parse(stdout)
  const [target] = report.targets
  if (target === undefined || target.error !== null) throw new Error(`plumbline failed: ${target?.error?.message}`)
  const drifted = target.findings.filter(({ drift }) => drift).map(({ object }) => `${object.kind}/${object.name}`)
  const findings = target.findings.length === 0 ? 'no findings' : `${target.findings.length} findings`
  return {
    text: `${target.verdict}, ${target.complete ? 'complete' : 'not complete'}, ${findings}`,
    inSync: target.verdict === 'in-sync' && target.complete && target.findings.length === 0,
    drifted: [...new Set(drifted)].toSorted(),
  }
}

/** https://kubernetes.io/docs/reference/kubectl/generated/kubectl_diff/: 0 no differences, 1 differences, more an error. */
function readDiff(code: number | null, stdout: string, stderr: string): Outcome {
  if (code !== 0 && code !== 1) throw new Error(`kubectl diff ended with ${code}: ${stderr.slice(0, 2000)}`)
  const objects = stdout.split('\n').filter((line) => line.startsWith('diff ')).length
  return { text: code === 0 ? 'no differences' : `differences in ${objects} objects`, inSync: code === 0, drifted: [] }
}
