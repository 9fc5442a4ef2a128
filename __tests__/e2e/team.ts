import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { kubectl, repository } from './story.ts'

const run = promisify(execFile)

/** The team's repository with a history, in a temporary folder. */
export type Team = {
  readonly folder: string
  /** Replaces texts in files and commits that. Every text has to be there. */
  readonly commit: (message: string, edits: readonly (readonly [file: string, before: string, after: string])[]) => Promise<string>
  readonly git: (...args: readonly string[]) => Promise<string>
  /** A clone that holds the newest commit only, as actions/checkout makes it. */
  readonly cloneShallow: () => Promise<string>
}

export const configMap = 'devops/helm/grokdevops/templates/configmap.yaml'
export const deployment = 'devops/helm/grokdevops/templates/deployment.yaml'
export const values = 'devops/helm/values-dev.yaml'

/** Makes the repository as it was some commits before the example: a few things were added since. */
export async function makeTeam(): Promise<Team> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-team-'))
  await cp(repository, folder, { recursive: true })
  const git = async (...args: readonly string[]) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false']
    return (await run('git', [...identity, ...args], { cwd: folder })).stdout.trim()
  }
  await git('init', '-q', '-b', 'main')
  const commit: Team['commit'] = async (message, edits) => {
    for (const [file, before, after] of edits) {
      const text = await readFile(join(folder, file), 'utf8').catch(() => '')
      if (!text.includes(before)) throw new Error(`${file} has no ${JSON.stringify(before)}`)
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), text.replace(before, after))
    }
    await git('add', '-A')
    await git('commit', '-qm', message)
    return git('rev-parse', 'HEAD')
  }
  const cloneShallow = async () => {
    const clone = await mkdtemp(join(tmpdir(), 'plumbline-shallow-'))
    await run('git', ['clone', '-q', '--depth=1', `file://${folder}`, clone])
    return clone
  }
  return { folder, commit, git, cloneShallow }
}

/** A folder with git and nothing else, to put on a PATH. */
export async function makeGitFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-git-'))
  const { stdout } = await run('which', ['git'])
  await symlink(stdout.trim(), join(folder, 'git'))
  return folder
}

/** Runs helm in a namespace, with the chart and values of a checkout where `CHART` stands. */
export async function helm(
  major: 3 | 4,
  kubeconfig: string,
  namespace: string,
  checkout: string,
  ...args: readonly string[]
): Promise<void> {
  const chart = [join(checkout, 'devops/helm/grokdevops'), '--values', join(checkout, values)]
  const given = args.flatMap((arg) => (arg === 'CHART' ? chart : [arg]))
  await run(await getHelm(major), [...given, '--namespace', namespace, '--kubeconfig', kubeconfig])
}

/** A kubeconfig of the example's reader: the rights its Role gives in one namespace, so no list of Secrets. */
export async function makeReader(admin: string, namespace: string, folder: string): Promise<string> {
  const rbac = (await readFile(join(repository, 'rbac/plumbline-reader.yaml'), 'utf8')).replaceAll(
    'namespace: grokdevops',
    `namespace: ${namespace}`,
  )
  const file = join(folder, `rbac-${namespace}.yaml`)
  await writeFile(file, rbac)
  await kubectl(admin, namespace, 'apply', '--filename', file)
  const token = (await kubectl(admin, namespace, 'create', 'token', 'plumbline-reader')).trim()
  const kubeconfig = join(folder, `reader-${namespace}.yaml`)
  await writeFile(kubeconfig, (await readFile(admin, 'utf8')).replace(/token: .*/, `token: ${token}`), { mode: 0o600 })
  return kubeconfig
}
