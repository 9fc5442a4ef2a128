import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Target } from '../../src/model.ts'
import { devToolsSupported, getHelm } from '../tools/helm-and-kubectl.ts'
import { decide } from './support/decide.ts'

const root = join(import.meta.dirname, '../..')
const made: string[] = []
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

function copyExample(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-codify-')))
  made.push(path)
  cpSync(join(root, 'examples/grokdevops'), path, { recursive: true })
  git(path, 'init', '--quiet')
  git(path, 'add', '--all')
  git(path, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message=all')
  return path
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', [...args], { cwd, encoding: 'utf8' })
}

function targetIn(repository: string, more: Partial<Target['source'] & { type: 'chart' }> = {}): Target {
  const chart = join(repository, 'devops/helm/grokdevops')
  const values = [join(repository, 'devops/helm/values-dev.yaml')]
  return {
    ...{
      name: 'grokdevops',
      release: 'grokdevops',
      namespace: 'grokdevops',
      context: null,
      persistRuns: 1,
      persistMinutes: 0,
      extraKinds: [],
    },
    source: { type: 'chart', chart, values, set: [], deployTimeValues: [], ...more },
  }
}

describe.runIf(devToolsSupported()).each([3, 4] as const)('the story of the example, with helm %i', (major) => {
  const live = join(root, `examples/live/helm${major}-drifted.yaml`)

  it('keeps the replicas by a patch of one line, and says where the variable would have to be written', async () => {
    const repository = copyExample()
    const path = dirname(await getHelm(major))
    const { choices, way, input } = await decide(targetIn(repository), live, repository, path)
    const byPath = (text: string) => input.findings.find((one) => JSON.stringify(one.path).includes(text))
    const [replicas, debug] = [byPath('replicas'), byPath('DEBUG')]
    expect(choices.get(replicas?.id ?? '')).toMatchObject({
      summary: 'Set replicaCount to 5 in devops/helm/values-dev.yaml.',
      edit: { file: 'devops/helm/values-dev.yaml', key: 'replicaCount', from: '3', to: '5' },
    })
    const template = readFileSync(join(repository, 'devops/helm/grokdevops/templates/deployment.yaml'), 'utf8').split('\n')
    const line = template.findIndex((text) => text.trim() === 'env:') + 1
    const file = 'devops/helm/grokdevops/templates/deployment.yaml'
    expect(choices.get(debug?.id ?? '')).toEqual({
      summary: `No values key drives this field: ${file}, line ${line}.`,
      place: { file, line },
    })
    expect(way.covers).toEqual([replicas?.id])
    expect(way.leaves.map(({ finding }) => finding)).toEqual([debug?.id])

    writeFileSync(join(repository, 'keep.patch'), way.patch ?? '')
    git(repository, 'apply', 'keep.patch')
    expect(git(repository, 'diff', '--numstat').trim()).toBe('1\t1\tdevops/helm/values-dev.yaml')
    const after = await decide(targetIn(repository), live, repository, path)
    expect(after.input.findings.filter(({ drift }) => drift).map(({ id }) => id)).toEqual([debug?.id])
  })

  it('says in words where --set decides, and offers no patch that would do nothing', async () => {
    const repository = copyExample()
    const { choices, way } = await decide(
      targetIn(repository, { set: ['replicaCount=4'] }),
      live,
      repository,
      dirname(await getHelm(major)),
    )
    const said = [...choices.values()].map(({ summary }) => summary)
    expect(said).toContain(
      'Set replicaCount to 5. The deploy sets replicaCount with --set, which counts more than any values file, so that is the place to change it.',
    )
    expect(way).toMatchObject({ patch: null, covers: [] })
  })
})
