import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadActionInputs } from '../../src/inputs/action.ts'
import type { Preview, PullRequest, Report, TargetReport } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { type PreviewRequest, runPreview } from '../../src/run-preview.ts'
import { listChangedFiles } from '../../src/trees/list-changed-files.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'

const repository = join(import.meta.dirname, '../../examples/grokdevops')
export const VALUES = 'devops/helm/values-dev.yaml'
export const CHART = 'devops/helm/grokdevops'
export const PULL_REQUEST: PullRequest = { number: 7, url: null, base: null, head: null, fromFork: false }

/** What a pull request does to the example's repository: new texts by path, or null for what it removes. */
export type Edits = { readonly [path: string]: ((text: string) => string) | null }
export type PreviewOptions = {
  /** Null: there is no credential. */
  readonly kubeconfig: string | null
  readonly namespace?: string
  readonly helm?: 3 | 4
  /** What Git has beside the example, before the pull request. */
  readonly before?: Edits
}

/** Previews a pull request to the example's repository: its one target. */
export async function previewExample(edits: Edits, options: PreviewOptions): Promise<TargetReport> {
  return (await reportExample(edits, options)).targets[0]!
}

/** Previews a pull request to the example's repository. */
export async function reportExample(edits: Edits, options: PreviewOptions): Promise<Report> {
  const base = await copyExample(options.before ?? {})
  const head = await copyExample(options.before ?? {}, edits)
  try {
    const inputs = { base: readInputs(base, options), head: readInputs(head, options) }
    const target = inputs.head.targets[0]!
    const { files } = await listChangedFiles({ target: inputs.base.targets[0]!, folder: base }, { target, folder: head })
    const request: PreviewRequest = {
      ...{
        pullRequest: PULL_REQUEST,
        untouched: [],
        folders: { base, head },
        notes: [],
        against: options.kubeconfig === null ? 'base' : 'cluster',
      },
      targets: [{ target, base: inputs.base.targets[0]!, head: target, files }],
    }
    const surroundings = {
      ...{ version: '0.0.0', now: new Date(), progress: () => undefined, mask: () => undefined, readActivity: null },
      env: { PATH: `${dirname(await getHelm(options.helm ?? 4))}:${process.env.PATH}` },
    }
    return (await runPreview(request, inputs.head, surroundings)).report
  } finally {
    await Promise.all([base, head].map((folder) => rm(folder, { recursive: true, force: true })))
  }
}

/** A copy of the example's repository with edits. */
export async function copyExample(...edits: readonly Edits[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-preview-'))
  await cp(repository, folder, { recursive: true })
  for (const [path, edit] of edits.flatMap((some) => Object.entries(some))) {
    const file = join(folder, path)
    if (edit === null) await rm(file, { recursive: true })
    else await writeFile(file, edit(await readFile(file, 'utf8').catch(() => '')))
  }
  return folder
}

function readInputs(workspace: string, { kubeconfig, namespace = 'grokdevops' }: PreviewOptions) {
  const inputs = loadActionInputs({
    ...{ GITHUB_WORKSPACE: workspace, INPUT_CHART: CHART, INPUT_VALUES: VALUES, INPUT_RELEASE: 'grokdevops' },
    ...{ INPUT_NAMESPACE: namespace, INPUT_KUBECONFIG: kubeconfig ?? 'apiVersion: v1\nkind: Config\n' },
  })
  return kubeconfig === null ? { ...inputs, kubeconfig: { type: 'none' } as const } : inputs
}

/** The changes as lines: `undoes Deployment/grokdevops spec.replicas`. */
export function listChanges({ changes }: Preview): readonly string[] {
  return changes.map(({ prospect, ours, contested, folded, object, path }) => {
    const marks = [...(ours ? [] : ['met']), ...(contested ? ['contested'] : []), ...(folded === undefined ? [] : [folded])]
    return [prospect, ...marks, `${object.kind}/${object.name}`, formatPath(path)].join(' ').trim()
  })
}
