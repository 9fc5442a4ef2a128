import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadActionInputs } from '../../src/inputs/action.ts'
import { describeConfigSchema } from '../../src/inputs/config-schema.ts'
import { kubeconfig, listFaults, makeAliasBomb, makeFolder, toEnv } from './support.ts'

const root = join(import.meta.dirname, '../..')
const shipped: object = JSON.parse(readFileSync(join(root, 'schema/config.schema.json'), 'utf8'))
/** The example that the documentation shows. */
const example =
  /## The config file[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/configuration.md'), 'utf8'))?.[1] ?? ''

const load = (text: string) => {
  const folder = makeFolder({ '.github/plumbline.yml': text })
  return { folder, inputs: () => loadActionInputs(toEnv(folder, { kubeconfig })) }
}
const target = '{ chart: a, release: one, namespace: x }'

describe('the shipped JSON Schema', () => {
  test('is the one that the loader checks with', () => {
    expect(shipped).toEqual(describeConfigSchema())
  })

  const validate = new Ajv({ strict: false }).compile(shipped)
  test.each<[text: string, valid: boolean]>([
    [example, true],
    [`version: 1\ntargets: [${target}]`, true],
    ['version: 2', false],
    ['version: 1\ntarget: []', false],
    ['version: 1\ntargets: [{ release: My_App }]', false],
    ['version: 1\nignore: [{ kind: Pod }]', false],
    ['version: 1\ndefaults: { persist-runs: 0 }', false],
  ])('%j: %j', (text, valid) => {
    expect(validate(parse(text))).toBe(valid)
  })
})

describe('the loader', () => {
  test('reads the example of the documentation', () => {
    const { folder, inputs } = load(example)
    const { targets, ignore, controllers, deployers, redact } = inputs()
    expect({ targets, ignore, controllers, deployers, redact }).toEqual({
      targets: [
        {
          name: 'grokdevops-dev',
          release: 'grokdevops',
          namespace: 'grokdevops',
          source: {
            type: 'chart',
            chart: join(folder, 'devops/helm/grokdevops'),
            values: [join(folder, 'devops/helm/values-dev.yaml')],
            set: [],
            deployTimeValues: ['image.tag'],
          },
          context: null,
          persistRuns: 2,
          persistMinutes: 0,
          extraKinds: [],
        },
        {
          name: 'ingress',
          release: 'ingress',
          namespace: 'ingress',
          source: { type: 'manifests', path: join(folder, 'deploy/ingress.yaml') },
          context: 'platform',
          persistRuns: 3,
          persistMinutes: 30,
          extraKinds: ['NetworkPolicy.networking.k8s.io'],
        },
      ],
      ignore: [
        {
          target: 'grokdevops-dev',
          kind: 'Deployment',
          group: 'apps',
          name: null,
          namespace: null,
          path: {
            text: 'spec.template.spec.containers[name=*].env[name=TRACE_*]',
            steps: [
              ...['spec', 'template', 'spec', 'containers'].map((field) => ({ field })),
              { element: [['name', '*']] },
              { field: 'env' },
              { element: [['name', 'TRACE_*']] },
            ],
          },
          manager: null,
          reason: 'The tracing team switches these on and off',
          expires: '2027-03-31',
          unsupported: null,
          where: expect.stringMatching(/^\.github\/plumbline\.yml:\d+:5$/),
        },
      ],
      controllers: [{ manager: 'node-tuner', kind: 'Deployment', path: 'spec.template.spec.containers[*].resources.*', subresource: null }],
      deployers: ['deploy-bot*'],
      redact: ['*.env[name=LICENSE_FILE]'],
    })
  })

  test('takes the users that deploy and the group for emergencies as they are, and nobody where it says nothing', () => {
    const text = `version: 1\ntargets: [${target}]\n`
    const users = ['system:serviceaccount:ci:deployer', 'https://token.actions.githubusercontent.com#repo:o/r:ref:refs/heads/main']
    const named = load(`${text}deployer-users: ${JSON.stringify(users)}\nbreak-glass-group: Oncall Leads\n`).inputs()
    expect(named).toMatchObject({ deployerUsers: users, breakGlassGroup: 'Oncall Leads' })
    expect(load(text).inputs()).toMatchObject({ deployerUsers: [], breakGlassGroup: null })
  })

  test('takes anchors and merge keys', () => {
    const { inputs } = load(`version: 1
targets:
  - &one { name: one, chart: a, release: shop, namespace: x }
  - { <<: *one, name: two, namespace: y }
`)
    expect(inputs().targets).toMatchObject([
      { name: 'one', namespace: 'x' },
      { name: 'two', namespace: 'y', release: 'shop' },
    ])
  })

  test('a target’s own source replaces the one of `defaults`', () => {
    const { inputs } = load(`version: 1
defaults: { chart: a, namespace: x, values: [v.yaml] }
targets:
  - { release: one }
  - { release: two, manifests: out.yaml }
`)
    expect(inputs().targets.map(({ source }) => source.type)).toEqual(['chart', 'manifests'])
  })
})

describe('faults', () => {
  test.each<[name: string, text: string]>([
    ['an empty file', ''],
    ['only a comment', '# nothing yet\n'],
    ['not a mapping', '- version: 1\n'],
    ['broken YAML', 'version: 1\ntargets: [\n'],
    ['a key twice', 'version: 1\nredact: []\nredact: []\n'],
    ['an unknown tag', 'version: !secret 1\n'],
    ['two documents', 'version: 1\n---\nversion: 1\n'],
    ['an alias bomb', `version: 1\na: &a [1,1]\n${makeAliasBomb()}`],
    ['no version', `targets: [${target}]`],
    ['another version', `version: 2\ntargets: [${target}]`],
    ['a version in quotes', `version: '1'\ntargets: [${target}]`],
    ['misspelt keys', 'version: 1\ntarget: []\ntargets:\n  - { chrat: a, release: one, namespace: x }\ndefaults: { persist-run: 1 }\n'],
    ['a name among the defaults', `version: 1\ndefaults: { name: x }\ntargets: [${target}]`],
    [
      'wrong types',
      'version: 1\ntargets:\n  - chart: a\n    release: 5\n    namespace: [x]\n    values: v.yaml\n    persist-runs: two\n  - nonsense\n',
    ],
    ['targets that are no list', 'version: 1\ntargets: { chart: a }\n'],
    ['empty values', 'version: 1\ntargets:\n  - chart: a\n    release: one\n    namespace:\n    context: ""\n'],
    ['numbers out of range', `version: 1\ndefaults: { persist-runs: 0, persist-minutes: 1000000 }\ntargets: [${target}]`],
    ['names', 'version: 1\ntargets:\n  - { name: "a b", chart: a, release: One, namespace: a.b, extra-kinds: ["a b"] }\n'],
    [
      'addresses and expressions',
      `version: 1\ntargets:\n  - { chart: 'oci://x/y', release: one, namespace: x, set: [a], deploy-time-values: [a=b] }\n`,
    ],
    ['neither chart nor manifests', 'version: 1\ntargets:\n  - { release: one, namespace: x }\n'],
    ['both', 'version: 1\ntargets:\n  - chart: a\n    manifests: b\n    release: one\n    namespace: x\n'],
    ['both among the defaults', `version: 1\ndefaults: { chart: a, manifests: b }\ntargets: [{ release: one, namespace: x }]`],
    ['values for manifests', 'version: 1\ntargets:\n  - { manifests: b, values: [v.yaml], release: one, namespace: x }\n'],
    ['neither release nor namespace', 'version: 1\ntargets:\n  - { chart: a }\n'],
    [
      'the same name twice',
      `version: 1\ntargets:\n  - ${target}\n  - ${target}\n  - { name: one, chart: a, release: two, namespace: x }\n`,
    ],
    ['a rule without reason', `version: 1\ntargets: [${target}]\nignore:\n  - kind: Deployment\n`],
    ['a rule for everything', `version: 1\ntargets: [${target}]\nignore:\n  - reason: we like it\n`],
    [
      'dates',
      `version: 1\ntargets: [${target}]\nignore:\n  - { kind: a, reason: b, expires: soon }\n  - { kind: a, reason: b, expires: 2027-02-30 }\n`,
    ],
    [
      'rules that cannot be read',
      `version: 1
targets: [${target}]
ignore:
  - { kind: apps/v1/Deployment, reason: a }
  - { kind: Deployment., reason: a }
  - { kind: deployment.v1.apps, reason: a }
  - { name: Deployment/shop, reason: a }
  - { path: '', reason: a }
  - { path: "containers[].image", reason: a }
  - { path: /spec/replicas, reason: a }
  - { path: metadata.annotations.prometheus.io/scrape, reason: a }
  - { path: 'containers[name=app', reason: a }
  - { json-pointers: [], reason: a }
  - { json-pointers: /spec/replicas, reason: a }
  - { json-pointers: [spec/replicas, "/containers/*/image"], reason: a }
  - { path: spec.replicas, json-pointers: [/spec/replicas], reason: a }
  - { path: spec.replicas, reason: ' ' }
  - { paths: spec.replicas, reason: a }
`,
    ],
    [
      'a rule for a target that is not there',
      `version: 1\ntargets: [${target}]\nignore:\n  - { target: oen, reason: a }\n  - { target: o*, reason: a }\n`,
    ],
    ['globs that are aliases to YAML', 'version: 1\nignore:\n  - { path: *.image, reason: a }\n  - path: **.image\n    reason: a\n'],
    [
      'a path without quotes in braces',
      'version: 1\nignore:\n  - { path: containers[name=a].image, reason: a }\n  - { path: x, reason: b }\n',
    ],
    ['a controller without manager', `version: 1\ntargets: [${target}]\ncontrollers:\n  - kind: Deployment\n`],
    ['users that are none', `version: 1\ntargets: [${target}]\ndeployer-users: ["ci-*", ""]\nbreak-glass-group: "a\\nb"\n`],
    ['lists of something else', `version: 1\ntargets: [${target}]\ndeployers: [1, ""]\nredact: secret\n`],
  ])('%s', (_, text) => {
    const { folder, inputs } = load(text)
    expect(listFaults(inputs, folder).join('\n')).toMatchSnapshot()
  })
})
