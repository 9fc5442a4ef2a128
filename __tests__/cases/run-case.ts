import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Inputs } from '../../src/inputs/model.ts'
import type { Finding, Note, ObjectRef, SetAside } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { run } from '../../src/run.ts'
import { makeInputs } from '../make-inputs.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import type { Case, Expectation } from './read-case.ts'

const runFile = promisify(execFile)

/** The release and namespace of every case. */
export const RELEASE = 'shop'
export const NAMESPACE = 'shop-prod'

/**
 * Runs the whole program on a live state of a case, as `plumbline check --live` does, and gives what it told. It runs in a
 * copy: within this repository, earlier commits of the case itself would be taken for the history of the chart.
 */
export async function runCase({ name, folder, isChart }: Case, liveFile: string): Promise<Expectation> {
  const copy = await mkdtemp(join(tmpdir(), 'plumbline-case-'))
  try {
    await cp(folder, copy, { recursive: true })
    await commitEarlier(copy)
    const { report } = await run(makeCaseInputs(name, copy, isChart, join(copy, liveFile)), {
      version: '0.0.0',
      env: { ...process.env, ...(isChart ? { PATH: join(await getHelm(4), '..') } : {}) },
      now: new Date('2026-11-23T15:00:00Z'),
      progress: () => {},
      readActivity: null,
      mask: () => {},
    })
    const [target] = report.targets
    if (target === undefined || target.error !== null) throw new Error(target?.error?.message ?? 'no target')
    return {
      findings: target.findings.map(toExpected),
      // A hidden conflict is there for Helm 4 alone, and a case has one expectation for both: __tests__/explain/fate has those.
      notes: target.notes
        .filter(({ kind }) => kind !== 'latent-conflict')
        .map(toText)
        .toSorted(),
      setAside: [...target.setAside.map(({ object, reason }) => `${reason} ${nameOf(object)}`), ...target.unread.map(toUnread)].toSorted(),
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** `commit-1.yaml` and so on are earlier commits of `desired.yaml`: the copy gets a history of them. */
async function commitEarlier(folder: string): Promise<void> {
  const earlier = (await readdir(folder)).filter((file) => /^commit-\d+\.yaml$/.test(file)).toSorted()
  if (earlier.length === 0) return
  const desired = join(folder, 'desired.yaml')
  const now = await readFile(desired, 'utf8')
  const git = (...args: readonly string[]) =>
    runFile('git', ['-c', 'user.name=case', '-c', 'user.email=case@example.com', ...args], { cwd: folder })
  await git('init', '--quiet')
  for (const text of [...(await Promise.all(earlier.map((file) => readFile(join(folder, file), 'utf8')))), now]) {
    await writeFile(desired, text)
    await git('add', 'desired.yaml')
    await git('commit', '--quiet', '--message', 'A commit')
  }
}

function makeCaseInputs(name: string, folder: string, isChart: boolean, live: string): Inputs {
  const source = isChart
    ? ({ type: 'chart', chart: join(folder, 'chart'), values: [], set: [], deployTimeValues: [] } as const)
    : ({ type: 'manifests', path: join(folder, 'desired.yaml') } as const)
  return makeInputs(folder, { name, release: RELEASE, namespace: NAMESPACE, source }, { live })
}

function toExpected({ object, path, change, cause, confidence, drift, evidence, pattern }: Finding): Expectation['findings'][number] {
  return { object: nameOf(object), path: formatPath(path), change, cause, confidence, drift, manager: evidence.manager, pattern }
}

function toText({ kind, object, path }: Note): string {
  return [kind, ...(object === undefined ? [] : [nameOf(object)]), ...(path === undefined ? [] : [path])].join(' ')
}

function toUnread({ object, reason }: Pick<SetAside, 'object' | 'reason'>): string {
  return `unread: ${reason} ${nameOf(object)}`
}

function nameOf({ kind, name }: ObjectRef): string {
  return `${kind}/${name}`
}
