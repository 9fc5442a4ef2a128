import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IgnoreRuleUse } from '../../src/model.ts'
import { copyRepository } from './action.ts'
import { type Outcome, runPlumbline } from './command.ts'

/** The story's saved cluster: replicas 3 -> 5 and DEBUG=true, by hand. */
const saved = join(import.meta.dirname, '../../examples/live/helm4-drifted.yaml')
const template = 'devops/helm/grokdevops/templates/deployment.yaml'
const DEBUG = 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]'

let workspace: string

beforeEach(async () => {
  workspace = await copyRepository()
})
afterEach(async () => {
  await rm(workspace, { recursive: true })
})

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, file)), { recursive: true })
  await writeFile(join(workspace, file), text)
}

type Told = { readonly path: string; readonly drift: boolean; readonly ignoredBy?: { readonly reason: string } }
type Checked = {
  readonly code: number | null
  readonly drift: readonly string[]
  readonly ignored: readonly string[]
  readonly count: number
  readonly rules: readonly Pick<IgnoreRuleUse, 'where' | 'matched' | 'status'>[]
  readonly notes: readonly string[]
}

/** Checks the example against its saved cluster with rules in the config file, and perhaps more of a target. */
async function check(rules: string, { target = '', live = saved } = {}): Promise<Checked> {
  const outcome = await run(rules, target, live, 'json')
  if (outcome.code === 1) throw new Error(outcome.stderr)
  const [report] = JSON.parse(outcome.stdout).targets
  const findings: readonly Told[] = report.findings
  return {
    code: outcome.code,
    drift: findings.filter((finding) => finding.drift).map(({ path }) => path),
    ignored: findings.flatMap(({ path, ignoredBy }) => (ignoredBy === undefined ? [] : [`${path}: ${ignoredBy.reason}`])),
    count: report.counts.ignored,
    rules: report.ignoreRules.map(({ where, matched, status }: IgnoreRuleUse) => ({ where, matched, status })),
    notes: report.notes.map(({ kind, message }: { readonly kind: string; readonly message: string }) => `${kind}: ${message}`),
  }
}

async function run(rules: string, target: string, live: string, output: string): Promise<Outcome> {
  await write(
    '.github/plumbline.yml',
    `version: 1
targets:
  - chart: devops/helm/grokdevops
    values: [devops/helm/values-dev.yaml]
    release: grokdevops
    namespace: grokdevops
${target}${rules === '' ? '' : `ignore:\n${rules}`}`,
  )
  return runPlumbline(['check', '--config', '.github/plumbline.yml', '--live', live, '--output', output], { cwd: workspace })
}

test('without rules both changes are drift', async () => {
  expect(await check('')).toMatchObject({ code: 2, drift: ['spec.replicas', DEBUG], ignored: [], count: 0, rules: [] })
})

test('rules cover what they name and nothing beside it, are counted, and are named when they do nothing', async () => {
  const rules = `  - { kind: Deployment.apps, path: 'spec.template.spec.containers[name=*].env', reason: debugging }
  - { kind: Deployment, path: spec.replicas, reason: too late, expires: 2020-01-01 }
  - { path: 'spec.template.spec.containers[name=other].env', reason: another container }
  - { path: 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG].value', reason: a part of what was added }
  - { manager: keel, reason: another manager }
  - { kind: Deployment, path: spec, manager: kubectl-set, reason: written by it }
`
  const { notes, ...result } = await check(rules)
  expect(result).toEqual({
    ...{ code: 2, drift: ['spec.replicas'], ignored: [`${DEBUG}: debugging`], count: 1 },
    rules: [
      { where: '.github/plumbline.yml:8:5', matched: 1, status: 'used' },
      { where: '.github/plumbline.yml:9:5', matched: 0, status: 'expired' },
      { where: '.github/plumbline.yml:10:5', matched: 0, status: 'unused' },
      { where: '.github/plumbline.yml:11:5', matched: 0, status: 'unused' },
      { where: '.github/plumbline.yml:12:5', matched: 0, status: 'unused' },
      { where: '.github/plumbline.yml:13:5', matched: 1, status: 'used' },
    ],
  })
  const named = notes.flatMap((note) => /^(ignore-rule-\w+): The ignore rule at (\S+)/.exec(note)?.slice(1).join(' ') ?? [])
  expect(named).toEqual([
    'ignore-rule-expired .github/plumbline.yml:9:5',
    'ignore-rule-unused .github/plumbline.yml:10:5',
    'ignore-rule-unused .github/plumbline.yml:11:5',
    'ignore-rule-unused .github/plumbline.yml:12:5',
  ])
})

test('a person reads which rule covers how much, and why', async () => {
  const rules =
    '  - { path: spec.replicas, reason: The load test of this week, expires: 2999-12-31 }\n  - { path: spec.paused, reason: x }\n'
  const { code, stdout } = await run(rules, '', saved, 'terminal')
  expect(code).toBe(2)
  const text = stdout.replace(/\s+/g, ' ')
  expect(text).toContain('Ignored until 2999-12-31: The load test of this week')
  expect(text).toContain(
    'ignored 1 difference by the rule at .github/plumbline.yml:8:5 for */*, spec.replicas, until 2999-12-31: The load test of this week',
  )
  expect(text.split('.github/plumbline.yml:9:5')).toHaveLength(2)
  const markdown = (await run(rules, '', saved, 'markdown')).stdout
  expect(markdown).toContain('The load test of this week')
  expect(markdown.split('plumbline.yml&#58;9:5')).toHaveLength(2)
})

test('a verdict that rests on rules says so', async () => {
  const { code, stdout } = await run('  - { kind: Deployment, reason: ours }\n', '', saved, 'terminal')
  expect(code).toBe(0)
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'grokdevops is in sync: the cluster stands as Git says it should, but for 2 differences that your ignore rules cover.',
  )
})

test('an Application of Argo CD is taken over', async () => {
  await write(
    'deploy/grokdevops.yaml',
    `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: grokdevops-dev }
spec:
  ignoreDifferences:
    - group: apps
      kind: Deployment
      jsonPointers: [/spec/template/spec/containers/0/env, /spec/template/spec/containers/1/env]
      managedFieldsManagers: [kubectl]
    - group: ""
      kind: Deployment
      jsonPointers: [/spec/replicas]
`,
  )
  const reason = 'ignoreDifferences of Application grokdevops-dev'
  const { notes: _notes, ...result } = await check('', { target: '    argocd-application: deploy/grokdevops.yaml\n' })
  expect(result).toEqual({
    // `kubectl scale` writes as `kubectl`.
    ...{ code: 0, drift: [], ignored: [`spec.replicas: ${reason}`, `${DEBUG}: ${reason}`], count: 2 },
    rules: [
      { where: 'deploy/grokdevops.yaml:8:22', matched: 1, status: 'used' },
      { where: 'deploy/grokdevops.yaml:8:60', matched: 0, status: 'unused' },
      { where: 'deploy/grokdevops.yaml:9:31', matched: 1, status: 'used' },
      { where: 'deploy/grokdevops.yaml:12:22', matched: 0, status: 'unused' },
    ],
  })
})

/** The saved cluster with the annotation on the Deployment. Nobody is recorded to have written it, as after a webhook. */
async function saveAnnotated(annotation: string): Promise<string> {
  const text = await readFile(saved, 'utf8')
  const marker = '      deployment.kubernetes.io/revision: "2"\n'
  expect(text.split(marker)).toHaveLength(2)
  await write('saved.yaml', text.replace(marker, `${marker}      plumbline.dev/ignore: ${JSON.stringify(annotation)}\n`))
  return join(workspace, 'saved.yaml')
}

test('an annotation in the chart covers its object; its faults are named and cover nothing', async () => {
  const annotation = 'spec.replicas: scaled at night\nspec.template.spec.containers[].env: x\n'
  const text = await readFile(join(workspace, template), 'utf8')
  const first = text.indexOf('  labels:\n')
  await write(
    template,
    `${text.slice(0, first)}  annotations:\n    plumbline.dev/ignore: ${JSON.stringify(annotation)}\n${text.slice(first)}`,
  )
  const { code, drift, ignored, rules, notes } = await check('', { live: await saveAnnotated(annotation) })
  expect({ code, drift, ignored }).toEqual({ code: 2, drift: [DEBUG], ignored: ['spec.replicas: scaled at night'] })
  const where = 'grokdevops/templates/deployment.yaml (plumbline.dev/ignore of Deployment/grokdevops, line 1)'
  expect(rules).toEqual([{ where, matched: 1, status: 'used' }])
  expect(notes.filter((note) => note.startsWith('ignore-annotation-fault'))).toEqual([
    expect.stringMatching(/templates\/deployment\.yaml .* line 2\) ignores nothing.*containers\[\]/),
  ])
})

test('the same annotation on the live object alone covers nothing, and is told', async () => {
  const { drift, ignored, rules } = await check('', { live: await saveAnnotated('**: nothing to see here\n') })
  expect({ drift, ignored, rules }).toEqual({ drift: ['spec.replicas', DEBUG], ignored: [], rules: [] })
  const { stdout } = await run('', '', join(workspace, 'saved.yaml'), 'terminal')
  expect(stdout).toContain('metadata.annotations["plumbline.dev/ignore"]')
})

test('a rule that cannot be read ends the run with its place and a remedy', async () => {
  const { code, stderr } = await run('  - kind: Deployment\n    path: /spec/replicas\n    reason: x\n', '', saved, 'terminal')
  expect(code).toBe(1)
  expect(stderr).toMatch(/\.github\/plumbline\.yml:9:11: `ignore\[0\]\.path`: .* Write it as `spec\.replicas`\./)
})
