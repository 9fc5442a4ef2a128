import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { loadRecording } from '../fakes/load-recording.ts'
import { runPlumbline } from '../run/command.ts'
import { CHART, copyExample, VALUES } from './preview-example.ts'

const run = promisify(execFile)
const live = join(import.meta.dirname, '../../examples/live')

/** The example in a repository of its own: what is deployed, then a commit that is not, then a branch with an edit that is not committed. */
async function makeRepository(): Promise<string> {
  const folder = await copyExample()
  const git = (...args: readonly string[]) => run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder })
  const edit = async (from: string, to: string) => {
    const file = join(folder, VALUES)
    await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
  }
  await git('init', '-q', '-b', 'main')
  await git('add', '-A')
  await git('commit', '-qm', 'what is deployed')
  await edit('logLevel: info', 'logLevel: warn')
  await git('commit', '-qam', 'not deployed yet')
  await git('checkout', '-qb', 'more')
  await edit('replicaCount: 3', 'replicaCount: 4')
  return folder
}

test('a working copy against the cluster: its own change, and what Git said before it', async () => {
  const folder = await makeRepository()
  const cluster = await serveRecordedCluster(await loadRecording(live, 'helm4-in-sync'))
  try {
    const kubeconfig = join(folder, 'reader.yaml')
    await writeFile(kubeconfig, cluster.kubeconfig())
    const target = ['--chart', CHART, '--values', VALUES, '--release', 'grokdevops', '--namespace', 'grokdevops']
    const { stdout: git } = await run('which', ['git'])
    const options = { helm: 4, cwd: folder, more: [dirname(git.trim())] } as const
    const { code, stdout, stderr } = await runPlumbline(
      ['preview', '--base', 'main', ...target, '--kubeconfig', kubeconfig, '--output', 'json'],
      options,
    )
    expect(stderr).toBe('')
    const report = JSON.parse(stdout)
    expect(report.pullRequest).toMatchObject({ number: null, url: null })
    const { preview, findings } = report.targets[0]
    expect(findings.map(({ path, cause }: { path: string; cause: string }) => `${cause} ${path}`)).toEqual([
      'undeployed spec.template.spec.containers[name=grokdevops].env[name=LOG_LEVEL].value',
    ])
    expect(
      preview.changes.map(({ path, prospect, ours }: { path: string; prospect: string; ours: boolean }) => [prospect, ours, path]),
    ).toEqual([
      ['changes', true, 'spec.replicas'],
      ['changes', false, 'spec.template.spec.containers[name=grokdevops].env[name=LOG_LEVEL].value'],
    ])
    expect(preview.kinds).toEqual(['values'])
    expect(code).toBe(0)
  } finally {
    await cluster.close()
    await rm(folder, { recursive: true, force: true })
  }
})
