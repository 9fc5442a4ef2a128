import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Outcome, runProcess } from '../run/command.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { getAct } from './act.ts'
import { repository } from './story.ts'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** A team that has the example's workflow, and the Action as a workflow gets it: what is committed, without node_modules. */
export type Workplace = {
  /** Runs the workflow for an event, with act. */
  readonly run: (event: string, options: WorkflowOptions) => Promise<WorkflowRun>
  readonly close: () => Promise<void>
}
export type WorkflowOptions = {
  readonly kubeconfig: string
  /** The event's content. */
  readonly payload?: object
  readonly token?: string
  readonly env?: { readonly [name: string]: string }
}
export type WorkflowRun = {
  readonly process: Outcome
  readonly outputs: { readonly [output: string]: string | undefined }
  readonly summary: string
  readonly log: string
}

/** Makes the team's repository, with a commit, and the Action's folder beside it. */
export async function makeWorkplace(): Promise<Workplace> {
  const act = await getAct()
  const home = await mkdtemp(join(tmpdir(), 'plumbline-act-'))
  await cp(repository, join(home, 'team'), { recursive: true })
  await mkdir(join(home, 'action'))
  for (const part of ['action.yml', 'dist']) await cp(join(root, part), join(home, 'action', part), { recursive: true })
  for (const args of [
    ['init', '-q', '-b', 'main'],
    ['add', '-A'],
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qm', 'x'],
  ]) {
    await run('git', args, { cwd: join(home, 'team') })
  }
  return {
    run: async (event, { kubeconfig, payload = {}, token = 'fake-token', env = {} }) => {
      const eventFile = join(home, 'event.json')
      await writeFile(eventFile, JSON.stringify(payload))
      const args = [
        ...[event, '-e', eventFile, '-W', '.github/workflows/drift.yml', '-P', 'ubuntu-24.04=-self-hosted', '--json'],
        ...['--local-repository', `plumbline-dev/plumbline@v1=${join(home, 'action')}`, '--defaultbranch', 'main'],
        // act's own cache server, which the Action finds as it finds GitHub's.
        ...['--cache-server-addr', '127.0.0.1', '--cache-server-path', join(home, 'actions-cache')],
        ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ...['-s', `PLUMBLINE_KUBECONFIG=${kubeconfig}`, '-s', `GITHUB_TOKEN=${token}`],
      ]
      const PATH = [dirname(process.execPath), dirname(await getHelm(4)), process.env.PATH ?? ''].join(delimiter)
      const surroundings = { PATH, HOME: home, DOCKER_HOST: 'unix:///nonexistent.sock', XDG_CACHE_HOME: join(home, 'cache') }
      return readRun(await runProcess(act, args, { cwd: join(home, 'team'), env: surroundings }))
    },
    close: () => rm(home, { recursive: true, force: true }),
  }
}

function readRun(process: Outcome): WorkflowRun {
  const events = process.stdout
    .split('\n')
    .flatMap((line): readonly { command?: string; name?: string; arg?: string; content?: string; msg?: string }[] =>
      line.startsWith('{') ? [JSON.parse(line)] : [],
    )
  return {
    process,
    outputs: Object.fromEntries(events.filter(({ command }) => command === 'set-output').map(({ name = '', arg }) => [name, arg])),
    summary: events.find(({ command }) => command === 'summary')?.content ?? '',
    log: events.map(({ msg }) => msg ?? '').join('\n'),
  }
}
