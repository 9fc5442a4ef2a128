import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runProcess } from '../run/command.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { explainNoAct, getAct } from './act.ts'
import { changeByHand, deployRelease, kubectl, repository } from './story.ts'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

const noAct = process.env.PLUMBLINE_CLUSTER === 'required' ? null : explainNoAct()
const describeWithAct =
  noAct === null ? describeOnCluster : (name: string) => describe.skip(`${name} (left out: ${noAct})`, () => test('act', () => {}))

describeWithAct('the committed bundle, run by act with the example’s workflow', ({ kubeconfigs }) => {
  const namespace = 'grokdevops'
  let home: string
  let act: string

  beforeAll(async () => {
    act = await getAct()
    home = await mkdtemp(join(tmpdir(), 'plumbline-act-'))
    // The team's repository, and the Action as a workflow gets it: what is committed, without node_modules.
    await cp(repository, join(home, 'team'), { recursive: true })
    await mkdir(join(home, 'action'))
    for (const part of ['action.yml', 'dist']) await cp(join(root, part), join(home, 'action', part), { recursive: true })
    for (const args of [
      ['init', '-q'],
      ['add', '-A'],
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'x'],
    ]) {
      await run('git', args, { cwd: join(home, 'team') })
    }
    await deployRelease(4, kubeconfigs.admin, namespace)
    await changeByHand(kubeconfigs.human, namespace)
  }, 600_000)

  afterAll(async () => {
    if (home !== undefined) await rm(home, { recursive: true, force: true })
    await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
  })

  test('writes the job summary and sets every output', async () => {
    const args = [
      ...['workflow_dispatch', '-W', '.github/workflows/drift.yml', '-P', 'ubuntu-24.04=-self-hosted', '--no-cache-server', '--json'],
      ...['--local-repository', `plumbline-dev/plumbline@v1=${join(home, 'action')}`],
      ...['-s', `PLUMBLINE_KUBECONFIG=${await readFile(kubeconfigs.reader, 'utf8')}`, '-s', 'GITHUB_TOKEN=none'],
    ]
    const PATH = [dirname(process.execPath), dirname(await getHelm(4)), process.env.PATH ?? ''].join(delimiter)
    const env = { PATH, HOME: home, DOCKER_HOST: 'unix:///nonexistent.sock', XDG_CACHE_HOME: join(home, 'cache') }
    const { code, stdout, stderr } = await runProcess(act, args, { cwd: join(home, 'team'), env })
    expect(code, stdout + stderr).toBe(0)

    const events = stdout
      .split('\n')
      .flatMap((line): readonly { command?: string; name?: string; arg?: string; content?: string; msg?: string }[] =>
        line.startsWith('{') ? [JSON.parse(line)] : [],
      )
    const outputs = Object.fromEntries(events.filter(({ command }) => command === 'set-output').map(({ name = '', arg }) => [name, arg]))
    const declared = Object.keys((parse(await readFile(join(root, 'action.yml'), 'utf8')) as { outputs: object }).outputs)
    expect(Object.keys(outputs).toSorted()).toEqual(declared.toSorted())
    expect(outputs).toMatchObject({ verdict: 'drifted', 'has-drift': 'true', 'drift-count': '2', 'finding-count': '2', 'issue-number': '' })

    const summary = events.find(({ command }) => command === 'summary')?.content ?? ''
    for (const text of ['spec.replicas', 'DEBUG', 'kubectl-set', 'kubectl (scale)']) expect(summary).toContain(text)
    const log = events.map(({ msg }) => msg ?? '').join('\n')
    expect(log).toContain('grokdevops is drifted, with 2 drift findings.')
    // The credential is nowhere to be seen.
    const token = /token: (\S+)/.exec(await readFile(kubeconfigs.reader, 'utf8'))?.[1] ?? 'no token in the kubeconfig'
    expect(log + summary).not.toContain(token)
  })
})
