import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { stringify } from 'yaml'
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
  /** Commits a pull request that is this text in a file, and checks out what GitHub makes of it: its merge with `main`. */
  readonly propose: (path: string, edit: (text: string) => string) => Promise<Commits>
  readonly checkOut: (ref: string) => Promise<void>
  /** A file that the artifact of the last run holds. */
  readonly readArtifact: (file: string) => Promise<Buffer>
  readonly close: () => Promise<void>
}
export type Commits = { readonly base: string; readonly head: string }
export type WorkflowOptions = {
  /** Null: the run gets no secrets. */
  readonly kubeconfig: string | null
  /** The workflow's file; `drift.yml` unless given. */
  readonly workflow?: string
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

/**
 * Makes the team's repository, with a commit, and the Action's folder beside it.
 *
 * @param adapt changes the text of each workflow before it is committed
 */
export async function makeWorkplace(adapt: (workflow: string) => string = (workflow) => workflow): Promise<Workplace> {
  const act = await getAct()
  const home = await mkdtemp(join(tmpdir(), 'plumbline-act-'))
  const team = join(home, 'team')
  await cp(repository, team, { recursive: true })
  await mkdir(join(home, 'action'))
  for (const part of ['action.yml', 'dist']) await cp(join(root, part), join(home, 'action', part), { recursive: true })
  const workflows = join(team, '.github/workflows')
  for (const name of await readdir(workflows)) await editFile(join(workflows, name), adapt)
  await makeUploader(join(home, 'upload'))
  const git = async (...args: readonly string[]) => {
    const { stdout } = await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: team })
    return stdout.trim()
  }
  const commit = async () => {
    await git('add', '-A')
    await git('commit', '-q', '--allow-empty', '-m', 'x')
    return git('rev-parse', 'HEAD')
  }
  await git('init', '-q', '-b', 'main')
  await commit()
  return {
    propose: async (path, edit) => {
      await git('checkout', '-q', '-B', 'change', 'main')
      await editFile(join(team, path), edit)
      const head = await commit()
      await git('checkout', '-q', '--detach', 'main')
      await git('merge', '-q', '--no-ff', '-m', 'merge', 'change')
      return { base: await git('rev-parse', 'main'), head }
    },
    checkOut: async (ref) => void (await git('checkout', '-q', ref)),
    readArtifact: (file) => readFile(join(home, 'artifact', file)),
    run: async (event, { kubeconfig, workflow = 'drift.yml', payload = {}, token = 'fake-token', env = {} }) => {
      const eventFile = join(home, 'event.json')
      await writeFile(eventFile, JSON.stringify(payload))
      const args = [
        ...[event, '-e', eventFile, '-W', `.github/workflows/${workflow}`, '-P', 'ubuntu-24.04=-self-hosted', '--json'],
        ...['--local-repository', `plumbline-dev/plumbline@v1=${join(home, 'action')}`, '--defaultbranch', 'main'],
        ...['--local-repository', `actions/upload-artifact@v4=${join(home, 'upload')}`, '--env', `ARTIFACT=${join(home, 'artifact')}`],
        // act's own cache server, which the Action finds as it finds GitHub's.
        ...['--cache-server-addr', '127.0.0.1', '--cache-server-path', join(home, 'actions-cache')],
        ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ...(kubeconfig === null ? [] : ['-s', `PLUMBLINE_KUBECONFIG=${kubeconfig}`]),
        ...['-s', `GITHUB_TOKEN=${token}`],
      ]
      const PATH = [dirname(process.execPath), dirname(await getHelm(4)), process.env.PATH ?? ''].join(delimiter)
      const surroundings = { PATH, HOME: home, DOCKER_HOST: 'unix:///nonexistent.sock', XDG_CACHE_HOME: join(home, 'cache') }
      return readRun(await runProcess(act, args, { cwd: team, env: surroundings }))
    },
    close: () => rm(home, { recursive: true, force: true }),
  }
}

async function editFile(path: string, edit: (text: string) => string): Promise<void> {
  await writeFile(path, edit(await readFile(path, 'utf8')))
}

/** In the place of actions/upload-artifact, which needs GitHub's own storage: keeps the file in a folder. */
async function makeUploader(folder: string): Promise<void> {
  const run = 'if [ -e "$FILE" ]; then mkdir -p "$ARTIFACT" && cp "$FILE" "$ARTIFACT"; else [ "$ABSENT" = ignore ]; fi'
  const read = (input: string) => `\${{ inputs.${input} }}`
  const step = { run, shell: 'sh', env: { FILE: read('path'), ABSENT: read('if-no-files-found') } }
  const inputs = { name: { required: true }, path: { required: true }, 'if-no-files-found': { default: 'warn' } }
  await mkdir(folder)
  await writeFile(join(folder, 'action.yml'), stringify({ name: 'Upload', inputs, runs: { using: 'composite', steps: [step] } }))
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
