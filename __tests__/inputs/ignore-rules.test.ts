import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readIgnoreAnnotation } from '../../src/explain/ignore-annotation.ts'
import { parseIgnorePath } from '../../src/explain/ignore-path.ts'
import { loadActionInputs } from '../../src/inputs/action.ts'
import { makeDesired } from '../make-live.ts'
import { kubeconfig, least, listFaults, makeAliasBomb, makeFolder, toEnv } from './support.ts'

const target = '{ name: shop, chart: a, release: one, namespace: x }'

function load(config: string, inputs: Readonly<Record<string, string>> = { kubeconfig }, files: Readonly<Record<string, string>> = {}) {
  const folder = makeFolder({ '.github/plumbline.yml': config, ...files })
  return { folder, read: () => loadActionInputs(toEnv(folder, inputs)) }
}

function listRules(rules: string) {
  return load(`version: 1\ntargets: [${target}]\nignore:\n${rules}`).read().ignore
}

describe('rules of the config file', () => {
  test.each<[kind: string, expected: { readonly kind: string; readonly group: string | null }]>([
    ['Deployment', { kind: 'Deployment', group: null }],
    ['Deployment.apps', { kind: 'Deployment', group: 'apps' }],
    ['"*.apps"', { kind: '*', group: 'apps' }],
    ['Ingress.networking.k8s.io', { kind: 'Ingress', group: 'networking.k8s.io' }],
    ['"Certificate.*"', { kind: 'Certificate', group: '*' }],
  ])('kind: %s', (kind, expected) => {
    expect(listRules(`  - { kind: ${kind}, reason: x }\n`)).toMatchObject([{ ...expected, path: null }])
  })

  test('every JSON pointer is a rule of its own, at its own place', () => {
    const rules = listRules('  - kind: Deployment\n    json-pointers: [/spec/replicas, /metadata/annotations/a~1b]\n    reason: x\n')
    expect(rules).toMatchObject([
      {
        kind: 'Deployment',
        path: { text: '/spec/replicas', steps: [{ token: 'spec' }, { token: 'replicas' }] },
        where: '.github/plumbline.yml:5:21',
      },
      {
        kind: 'Deployment',
        path: { steps: [{ token: 'metadata' }, { token: 'annotations' }, { token: 'a/b' }] },
        where: '.github/plumbline.yml:5:37',
      },
    ])
  })

  test('a file without targets may serve many runs, so its rules may name any target', () => {
    const { read } = load('version: 1\nignore: [{ target: other, reason: x }]\n', least)
    expect(read().ignore).toMatchObject([{ target: 'other' }])
  })
})

describe('the documentation', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8')
  const section = guide.slice(guide.indexOf('## Ignore rules'))

  test('has an example that is read', () => {
    const [, example = ''] = /```yaml\n(ignore:[\s\S]*?)```/.exec(section) ?? []
    expect(load(`version: 1\n${example}`, least).read().ignore).toHaveLength(3)
  })

  test('has paths that are read', () => {
    const table = section.slice(section.indexOf('| written'), section.indexOf('A path that cannot be read'))
    const paths = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, path = '']) => path)
    expect(paths).toHaveLength(9)
    for (const path of paths) expect(parseIgnorePath(path)).toMatchObject({ end: path.length })
  })

  test('has an annotation that is read', () => {
    const [, example = ''] = /```yaml\n(metadata:[\s\S]*?)```/.exec(section) ?? []
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', ...parse(example) }
    const { rules, notes } = readIgnoreAnnotation(makeDesired(object))
    expect({ rules: rules.length, notes }).toEqual({ rules: 2, notes: [] })
  })
})

describe('an Argo CD Application', () => {
  const withApplication = `version: 1\ntargets:\n  - ${target.replace('}', ', argocd-application: deploy/shop.yaml }')}\n`
  const application = (differences: string) => `# the team's
apiVersion: v1
kind: Namespace
metadata: { name: x }
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop-prod, namespace: argocd }
spec:
  ignoreDifferences:
${differences}`
  const readRules = (differences: string) =>
    load(withApplication, { kubeconfig }, { 'deploy/shop.yaml': application(differences) }).read().ignore

  test('gives a rule for each pointer and each manager, for its target', () => {
    const rules = readRules(`    - group: apps
      kind: Deployment
      name: shop
      namespace: x
      jsonPointers:
        - /spec/replicas
        - /spec/template/spec/containers/0/image
      managedFieldsManagers: [kube-controller-manager]
    - group: "*"
      kind: "*"
      managedFieldsManagers:
        - keel
    - kind: ConfigMap
      jsonPointers: [/data]
`)
    const common = { target: 'shop', reason: 'ignoreDifferences of Application shop-prod', expires: null, unsupported: null }
    const shop = { ...common, kind: 'Deployment', group: 'apps', name: 'shop', namespace: 'x' }
    expect(rules).toEqual([
      {
        ...shop,
        manager: null,
        path: { text: '/spec/replicas', steps: [{ token: 'spec' }, { token: 'replicas' }] },
        where: 'deploy/shop.yaml:16:11',
      },
      {
        ...shop,
        manager: null,
        path: expect.objectContaining({ text: '/spec/template/spec/containers/0/image' }),
        where: 'deploy/shop.yaml:17:11',
      },
      // Of fields alone: no entry of Argo CD's list speaks of a missing object.
      { ...shop, manager: 'kube-controller-manager', path: { text: '**', steps: [{ any: 'one' }] }, where: 'deploy/shop.yaml:18:31' },
      {
        ...common,
        kind: '*',
        group: '*',
        name: null,
        namespace: null,
        manager: 'keel',
        path: expect.anything(),
        where: 'deploy/shop.yaml:22:11',
      },
      // No group is the core group, and no other.
      {
        ...common,
        kind: 'ConfigMap',
        group: '',
        name: null,
        namespace: null,
        manager: null,
        path: expect.anything(),
        where: 'deploy/shop.yaml:24:22',
      },
    ])
  })

  test('what has no equivalent is a rule that says so', () => {
    const rules = readRules(`    - group: apps
      kind: Deployment
      jqPathExpressions:
        - .spec.template.spec.initContainers[] | select(.name == "injected")
      jsonPointers: ["/spec/containers/*/image", spec]
    - { kind: Secret, name: "shop-*", jsonPointers: [/data] }
    - { kind: "{Secret,ConfigMap}", jsonPointers: [/data] }
    - { group: apps, jsonPointers: [/data] }
    - { kind: Secret, managedFieldsManagers: ["kube*"] }
    - { kind: Secret }
`)
    expect(
      rules.map(({ kind, path, manager, unsupported, where }) => ({ kind, path: path?.text, manager, unsupported, where })),
    ).toMatchSnapshot()
    expect(rules.every((rule) => rule.unsupported !== null)).toBe(true)
  })

  test('of `defaults` holds for every target, and an own one replaces it', () => {
    const config = `version: 1
defaults: { argocd-application: deploy/shop.yaml, chart: a, namespace: x }
targets: [{ release: one }, { release: two }, { release: three, argocd-application: deploy/three.yaml }]
`
    const entry = '    - { kind: Secret, jsonPointers: [/data] }\n'
    const files = { 'deploy/shop.yaml': application(entry), 'deploy/three.yaml': application(entry).replace('shop-prod', 'three-prod') }
    expect(load(config, { kubeconfig }, files).read().ignore).toMatchObject([
      { target: 'one', reason: 'ignoreDifferences of Application shop-prod' },
      { target: 'two', reason: 'ignoreDifferences of Application shop-prod' },
      { target: 'three', reason: 'ignoreDifferences of Application three-prod' },
    ])
  })

  test('without ignoreDifferences gives no rules', () => {
    expect(load(withApplication, { kubeconfig }, { 'deploy/shop.yaml': application('    []\n') }).read().ignore).toEqual([])
  })

  test.each<[name: string, file: string | null]>([
    ['is not there', null],
    ['is empty', ''],
    ['holds no Application', 'apiVersion: v1\nkind: Application\n---\nkind: AppProject\napiVersion: argoproj.io/v1alpha1\n'],
    ['is an ApplicationSet', 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\n'],
    ['holds two', `${application('    []\n')}---\n${application('    []\n')}`],
    ['is a template', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: {{ .Release.Name }} }\n'],
    ['has no list', application('    kind: Secret\n')],
    ['has wrong types', application('    - { kind: 5, jsonPointers: /data, managedFieldsManagers: [1] }\n    - /data\n')],
    ['is an alias bomb', `${application('    []\n')}a: &a [1]\n${makeAliasBomb()}`],
    ['is too large', `${application('    []\n')}#${'x'.repeat(1024 * 1024)}`],
  ])('that %s is a fault', (_, file) => {
    const { folder, read } = load(withApplication, { kubeconfig }, file === null ? {} : { 'deploy/shop.yaml': file })
    expect(listFaults(read, folder).join('\n')).toMatchSnapshot()
  })

  test.each(['../shop.yaml', '/proc/self/environ', '.git/config', 'https://example.com/shop.yaml'])(
    '%s is outside of the repository',
    (path) => {
      const { folder, read } = load(
        withApplication.replace('deploy/shop.yaml', path),
        { kubeconfig },
        { '.git/config': 'token: x', '../shop.yaml': 'x: y' },
      )
      expect(listFaults(read, folder).join('\n')).toMatchSnapshot()
    },
  )

  test('that is a link out of the repository is a fault, and nothing of it is quoted', () => {
    const outside = makeFolder({ 'secret.yaml': 'token: hunter2: x\n' })
    const { folder, read } = load(withApplication.replace('deploy/shop.yaml', 'link.yaml'))
    symlinkSync(join(outside, 'secret.yaml'), join(folder, 'link.yaml'))
    const faults = listFaults(read, folder)
    expect(faults).toEqual([expect.stringContaining('`link.yaml` lies outside the workspace')])
    expect(faults.join()).not.toContain('hunter2')
  })

  test('named for several targets has its faults told once', () => {
    const config =
      'version: 1\ndefaults: { argocd-application: no.yaml, chart: a, namespace: x }\ntargets: [{ release: one }, { release: two }]\n'
    const { folder, read } = load(config)
    expect(listFaults(read, folder)).toEqual([expect.stringMatching(/^\.github\/plumbline\.yml:2:33: `no\.yaml` does not exist\./)])
  })
})
