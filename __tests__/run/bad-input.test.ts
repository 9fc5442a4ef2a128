import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chart } from '../e2e/story.ts'
import { type FakeCluster, type FakeOptions, serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { loadRecording } from '../fakes/load-recording.ts'
import { type ActionOutcome, copyRepository, exampleInputs, runAction } from './action.ts'

let workspace: string
let cluster: FakeCluster

beforeEach(async () => {
  workspace = await copyRepository()
  await serve()
})
afterEach(async () => {
  await cluster.close()
  await rm(workspace, { recursive: true })
})

async function serve(options: FakeOptions = {}, objects?: (kind: string) => boolean): Promise<void> {
  await cluster?.close()
  const recording = await loadRecording(join(import.meta.dirname, '../../examples/live'), 'helm4-in-sync')
  const kept = objects === undefined ? recording.objects : recording.objects.filter(({ kind }) => objects(String(kind)))
  cluster = await serveRecordedCluster({ ...recording, objects: kept }, options)
}

function run(inputs: { readonly [input: string]: string } = {}): Promise<ActionOutcome> {
  return runAction(workspace, { kubeconfig: cluster.kubeconfig(), ...exampleInputs, ...inputs })
}

const template = 'devops/helm/grokdevops/templates/configmap.yaml'
const write = (file: string, text: string) => writeFile(join(workspace, file), text)

test('nothing wrong: in sync, and the step passes', async () => {
  const { code, outputs, log } = await run()
  expect({ code, verdict: outputs.verdict }, log).toEqual({ code: 0, verdict: 'in-sync' })
})

type Case = readonly [
  name: string,
  prepare: () => Promise<unknown> | undefined,
  inputs: () => { readonly [input: string]: string },
  says: readonly (string | RegExp)[],
]
const nothing = () => undefined
const withUser = (user: string) => `apiVersion: v1
kind: Config
current-context: c
contexts: [{name: c, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", certificate-authority-data: "QUJD"}}]
users: [{name: u, user: ${user}}]
`

describe('each fault names the input and the remedy, and the verdict is error', () => {
  const cases: readonly Case[] = [
    [
      'chart missing',
      nothing,
      () => ({ chart: 'devops/helm/grokdevop' }),
      ['chart', 'devops/helm/grokdevop', /does not exist|not found|no such|there is no/i],
    ],
    ['chart outside the workspace', nothing, () => ({ chart }), ['chart', /outside|workspace/]],
    [
      'template error',
      () => appendFile(join(workspace, template), '{{ fail "boom" }}\n'),
      () => ({}),
      ['chart', 'boom', 'boom', 'helm template'],
    ],
    ['values file missing', nothing, () => ({ values: 'devops/helm/values-prod.yaml' }), ['values', 'devops/helm/values-prod.yaml']],
    ['values file outside the workspace', nothing, () => ({ values: '/etc/hostname' }), ['values', /outside|workspace/]],
    [
      'values encrypted with SOPS',
      () => write('devops/helm/values-dev.yaml', 'a: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  mac: x\n  lastmodified: y\n'),
      () => ({}),
      ['values', /SOPS/, 'sops -d'],
    ],
    ['no such namespace', nothing, () => ({ namespace: 'grokdevop' }), ['namespace', 'grokdevop', /does not exist/]],
    ['release not installed', () => serve({}, (kind) => kind === 'Namespace'), () => ({}), ['release', /not installed/, 'kube-context']],
    ['kubeconfig empty', nothing, () => ({ kubeconfig: '' }), ['kubeconfig', /secret/]],
    ['kubeconfig not YAML', nothing, () => ({ kubeconfig: '{ not: [yaml' }), ['kubeconfig', /YAML/]],
    [
      'kubeconfig without context',
      nothing,
      () => ({ kubeconfig: 'apiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts: []\n' }),
      ['kubeconfig', /context/],
    ],
    ['context that is not there', nothing, () => ({ 'kube-context': 'prod' }), ['kube-context', 'prod', 'recorded']],
    [
      'kubeconfig with exec',
      nothing,
      () => ({ kubeconfig: withUser('{exec: {apiVersion: client.authentication.k8s.io/v1, command: aws}}') }),
      ['kubeconfig', 'exec', /token/],
    ],
    ['kubeconfig with file references', nothing, () => ({ kubeconfig: withUser('{tokenFile: /etc/passwd}') }), ['kubeconfig', 'tokenFile']],
    [
      'server unreachable',
      nothing,
      () => ({ kubeconfig: cluster.kubeconfig().replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1') }),
      ['kubeconfig', 'ECONNREFUSED', '127.0.0.1:1'],
    ],
    ['credential refused', nothing, () => ({ kubeconfig: cluster.kubeconfig('wrong') }), ['kubeconfig', /401/, /make a new one/]],
    [
      'empty render',
      () => write('empty.yaml', '# nothing\n'),
      () => ({ chart: '', values: '', manifests: 'empty.yaml' }),
      ['manifests', /no objects|nothing|empty/i],
    ],
    [
      'config file with several faults at once',
      () => write('bad.yml', 'version: 2\ntargets:\n  - {name: a, chart: x, relase: a}\n'),
      () => ({ config: 'bad.yml', chart: '', release: '', namespace: '', values: '' }),
      ['bad.yml:1:', 'bad.yml:3:', 'relase', 'release'],
    ],
    ['helm version without a known checksum', nothing, () => ({ 'helm-version': '3.99.0' }), ['helm-version', 'helm-checksum']],
    ['a preview of no pull request', nothing, () => ({ mode: 'preview' }), ['mode', 'preview', /is of a pull request/]],
  ]
  test.each(cases)('%s', async (_, prepare, inputs, says) => {
    await prepare()
    const { code, log, outputs } = await run(inputs())
    expect({ code, verdict: outputs.verdict }, log).toEqual({ code: 1, verdict: 'error' })
    for (const text of says) expect(log).toMatch(typeof text === 'string' ? new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : text)
    // A fault of the input is no fault of the program: no stack.
    expect(log).not.toMatch(/^\s+at .*\.ts:\d+/m)
  })
})

test('a credential that may write is told, and is no fault', async () => {
  await serve({ fault: ({ path }) => (path.endsWith('/selfsubjectrulesreviews') ? { status: 201, body: powerful } : null) })
  const { outputs, summary } = await run()
  expect(outputs.verdict).toBe('in-sync')
  expect(summary).toMatch(/may do more than read/)
})
const powerful = JSON.stringify({
  kind: 'SelfSubjectRulesReview',
  apiVersion: 'authorization.k8s.io/v1',
  status: {
    incomplete: false,
    nonResourceRules: [],
    resourceRules: [{ verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] }],
  },
})

test('one kind forbidden: incomplete, with the exact rule that is missing, and the rest compared', async () => {
  await serve({
    refusals: [
      { verb: 'get', resource: 'secrets' },
      { verb: 'list', resource: 'secrets' },
    ],
  })
  const { code, log, outputs, summary } = await run()
  expect({ code, verdict: outputs.verdict }, log).toEqual({ code: 0, verdict: 'incomplete' })
  for (const text of [log, summary]) {
    expect(text).toContain('Secret/grokdevops')
    expect(text).toMatch(/apiGroups: \[""\]/)
    expect(text).toMatch(/resources: \["?secrets"?\]/)
    expect(text).toMatch(/verbs: \["?get"?\]/)
  }
  expect(log).toMatch(/6 of 7/)
})

test('a kind that the cluster does not know is unread, never missing, and the rest is compared', async () => {
  await write('devops/helm/grokdevops/templates/widget.yaml', 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n')
  const { log, outputs } = await run()
  expect(outputs.verdict, log).toBe('incomplete')
  expect(log).toMatch(/Widget\/w/)
  expect(log).toContain('example.com/v1')
})

test('several targets of which one fails: the others stand', async () => {
  await mkdir(join(workspace, '.github'), { recursive: true })
  const target = (name: string, chart: string) =>
    `  - {name: ${name}, chart: ${chart}, values: [devops/helm/values-dev.yaml], release: grokdevops, namespace: grokdevops}\n`
  await write(
    '.github/plumbline.yml',
    `version: 1\ntargets:\n${target('good', 'devops/helm/grokdevops')}${target('bad', 'devops/helm/nowhere')}`,
  )
  const { code, log, outputs, summary } = await run({ chart: '', release: '', namespace: '', values: '' })
  expect({ code, verdict: outputs.verdict }, log).toEqual({ code: 1, verdict: 'error' })
  expect(log).toContain('devops/helm/nowhere')
  for (const text of [log, summary]) {
    expect(text).toMatch(/good/)
    expect(text).toMatch(/in sync/)
  }
})
