import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderTarget } from '../../src/chart/render.ts'
import type { ApiResource, Desired, DesiredObject, ObjectRef, Target } from '../../src/model.ts'
import { devToolsSupported, getHelm } from '../tools/helm-and-kubectl.ts'
import { catchFaults, cluster, configMap, makeChart, makeChartTarget, removeWorkspaces, type Workspace } from './support/charts.ts'

afterAll(removeWorkspaces)

describe.runIf(devToolsSupported()).each([3, 4] as const)('renderTarget with helm %i', (major) => {
  let helm = { path: '', version: '' }
  beforeAll(async () => {
    helm = { path: await getHelm(major), version: major === 3 ? '3.17.2' : '4.1.4' }
  })

  const render = (workspace: Workspace, target: Target = makeChartTarget(workspace), info = cluster): Promise<Desired> =>
    renderTarget(target, info, { helm, workspace: workspace.path, dependencies: 'never' })
  const unstableOf = (desired: Desired, name: string): DesiredObject['unstable'] => findObject(desired, name).unstable

  it('renders for the release, namespace, values and set expressions, as the cluster sees it', async () => {
    const workspace = makeChart({
      'values.yaml': 'a: 1\nb: 1\nc: 1\n',
      'templates/a.yaml': configMap(
        'a',
        '  who: "{{ .Release.Name }} {{ .Release.Namespace }}"\n  values: "{{ .Values.a }}{{ .Values.b }}{{ .Values.c }}"\n  kube: {{ .Capabilities.KubeVersion.Version }}\n  mode: 0644',
      ),
    })
    workspace.write({ 'values-dev.yaml': 'b: 2\nc: 2\n', 'odd, "name".yaml': 'd: 4\n' })
    const values = [workspace.at('values-dev.yaml'), workspace.at('odd, "name".yaml')]
    const desired = await render(workspace, makeChartTarget(workspace, { values, set: ['c=3'] }))
    expect(desired).toEqual({
      objects: [
        {
          ref: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'prod', name: 'a' },
          object: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'a' },
            data: { who: 'app prod', values: '123', kube: 'v1.34.4', mode: 420 },
          },
          template: 'app/templates/a.yaml',
          fromCrds: false,
          unstable: [],
        },
      ],
      setAside: [],
      notes: [],
    })
  })

  it('opens gates for what the cluster serves, also with hundreds of API versions', async () => {
    const gate = (what: string): string => `{{ .Capabilities.APIVersions.Has "${what}" | quote }}`
    const workspace = makeChart({
      'templates/a.yaml': configMap(
        'a',
        `  kind: ${gate('acme.io/v7/Widget7')}\n  group: ${gate('acme.io/v7')}\n  other: ${gate('acme.io/v7/Gadget')}`,
      ),
    })
    const widgets = Array.from(
      { length: 400 },
      (_, n): ApiResource => ({ apiVersion: `acme.io/v${n}`, kind: `Widget${n}`, resource: 'widgets', namespaced: true }),
    )
    const desired = await render(workspace, makeChartTarget(workspace), { ...cluster, resources: [...cluster.resources, ...widgets] })
    expect(findObject(desired, 'a').object.data).toEqual({ kind: 'true', group: 'true', other: 'false' })
  })

  it('finds namespaces by the kind’s scope', async () => {
    const workspace = makeChart({
      'templates/all.yaml': [
        configMap('own', '  a: b').replace('{name: own}', '{name: own, namespace: elsewhere}'),
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: role, namespace: ignored}\n',
        'apiVersion: acme.io/v1\nkind: Widget\nmetadata: {name: unknown}\n',
      ].join('---\n'),
    })
    const refs = (await render(workspace)).objects.map(({ ref }) => ref)
    expect(Object.fromEntries(refs.map(({ name, namespace }) => [name, namespace]))).toEqual({
      own: 'elsewhere',
      role: null,
      unknown: 'prod',
    })
  })

  it('sets hooks, tests and generated names aside, and keeps objects with a keep policy', async () => {
    const annotated = (name: string, annotation: string): string =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, annotations: {${annotation}}}\n---\n`
    const workspace = makeChart({
      'templates/jobs.yaml':
        annotated('hook', '"helm.sh/hook": "pre-install, post-upgrade"') +
        annotated('test', '"helm.sh/hook": test-success') +
        annotated('kept', '"helm.sh/resource-policy": keep') +
        'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: once-}\n',
    })
    const desired = await render(workspace)
    expect(desired.objects.map(({ ref }) => ref.name)).toEqual(['kept'])
    expect(desired.setAside.map(({ object, reason }) => [object.name, reason]).sort()).toEqual([
      ['hook', 'hook'],
      ['once-', 'generated-name'],
      ['test', 'test'],
    ])
  })

  it('marks what comes from crds/, each document of a file', async () => {
    const crd = (name: string): string => `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: ${name}}\n`
    const workspace = makeChart({ 'crds/all.yaml': `${crd('a.acme.io')}---\n${crd('b.acme.io')}`, 'templates/c.yaml': crd('c.acme.io') })
    const { objects } = await render(workspace)
    expect(Object.fromEntries(objects.map(({ ref, fromCrds }) => [ref.name, fromCrds]))).toEqual({
      'a.acme.io': true,
      'b.acme.io': true,
      'c.acme.io': false,
    })
  })

  it('tells random values from those that depend on install or upgrade', async () => {
    const workspace = makeChart({
      'templates/a.yaml': configMap(
        'a',
        '  stable: "1"\n  when: "{{ if .Release.IsUpgrade }}upgrade{{ else }}install{{ end }}"\n  {{- if .Release.IsInstall }}\n  first: "yes"\n  {{- end }}',
      ),
      'templates/s.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n  user: admin\n  password: {{ randAlphaNum 20 }}\n',
      'templates/d.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  template:
    metadata: {annotations: {"checksum/s": "{{ include (print $.Template.BasePath "/s.yaml") . | sha256sum }}"}}
    spec:
      containers:
        - name: side
          image: a
        - name: main
          image: b
          env:
            - {name: FIXED, value: x}
            - {name: SEED, value: "{{ randNumeric 12 }}"}
`,
    })
    const desired = await render(workspace)
    expect(unstableOf(desired, 'a')).toEqual([
      { path: [{ field: 'data' }, { field: 'when' }], why: 'install-or-upgrade', rendered: ['install', 'upgrade'] },
      { path: [{ field: 'data' }, { field: 'first' }], why: 'install-or-upgrade', rendered: ['yes', undefined] },
    ])
    // In the form in which it is compared: stringData folded into data.
    expect(unstableOf(desired, 's').map(({ path, why }) => ({ path, why }))).toEqual([
      { path: [{ field: 'data' }, { field: 'password' }], why: 'random' },
    ])
    expect(new Set(unstableOf(desired, 's')[0]?.rendered).size).toBe(4)
    const template = [{ field: 'spec' }, { field: 'template' }]
    expect(unstableOf(desired, 'd').map(({ path, why }) => ({ path, why }))).toEqual([
      { path: [...template, { field: 'metadata' }, { field: 'annotations' }, { field: 'checksum/s' }], why: 'random' },
      {
        path: [
          ...template,
          { field: 'spec' },
          { field: 'containers' },
          { key: { name: 'main' } },
          { field: 'env' },
          { key: { name: 'SEED' } },
          { field: 'value' },
        ],
        why: 'random',
      },
    ])
    expect(desired.objects.map(({ ref }) => ref.name).sort()).toEqual(['a', 'd', 's'])
  })

  it('sets aside, with a note, the objects that only some renders have', async () => {
    const workspace = makeChart({
      'templates/a.yaml': configMap('always', '  a: b'),
      'templates/i.yaml': `{{- if .Release.IsInstall }}\n${configMap('first', '  a: b')}{{- end }}\n`,
      'templates/u.yaml': `{{- if .Release.IsUpgrade }}\n${configMap('later', '  a: b')}{{- end }}\n`,
      'templates/r.yaml': configMap('random-{{ randAlpha 9 | lower }}', '  a: b'),
    })
    const { objects, setAside, notes } = await render(workspace)
    expect(objects.map(({ ref }) => ref.name)).toEqual(['always'])
    const reasons = setAside.map(({ object, reason }) => [object.name.replace(/-.*/, ''), reason].join(' ')).sort()
    expect([...new Set(reasons)]).toEqual(['first install-only', 'later upgrade-only', 'random random-name'])
    expect(notes).toHaveLength(setAside.length)
    expect(notes.map(({ message }) => message)).toContain(
      'ConfigMap/first is rendered on install only, not on upgrade, so it is not compared.',
    )
  })

  it('marks the paths that follow from deploy-time values, whatever type they need', async () => {
    const workspace = makeChart({
      'values.yaml': 'image: {tag: "1.2.3"}\nreplicas: 1\nversion: 1.0.0\n',
      'templates/d.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: d, labels: {fixed: x, tag: "{{ .Values.image.tag }}"}}
spec:
  replicas: {{ add (int .Values.replicas) 1 }}
  minReadySeconds: {{ if lt (.Values.replicas | int) 1 }}{{ fail "replicas must be a number" }}{{ end }}5
  paused: {{ semverCompare ">=99.0.0" .Values.version }}
  template: {spec: {containers: [{name: c, image: "acme/app:{{ .Values.image.tag }}"}]}}
`,
    })
    const desired = await render(workspace, makeChartTarget(workspace, { deployTimeValues: ['image.tag', 'replicas', 'version'] }))
    const container = [{ field: 'spec' }, { field: 'template' }, { field: 'spec' }, { field: 'containers' }, { key: { name: 'c' } }]
    expect(unstableOf(desired, 'd')).toEqual([
      { path: [{ field: 'metadata' }, { field: 'labels' }, { field: 'tag' }], why: 'deploy-time', rendered: ['1.2.3'] },
      { path: [{ field: 'spec' }, { field: 'replicas' }], why: 'deploy-time', rendered: [2] },
      { path: [...container, { field: 'image' }], why: 'deploy-time', rendered: ['acme/app:1.2.3'] },
    ])
    expect(findObject(desired, 'd').object.spec).toMatchObject({ replicas: 2 })
  })

  it('says which deploy-time value fits no stand-in', async () => {
    const workspace = makeChart({
      'values.yaml': 'mode: a\n',
      'templates/a.yaml': configMap('a', '  m: {{ if ne .Values.mode "a" }}{{ fail "mode must be a" }}{{ end }}x'),
    })
    const faults = await catchFaults(render(workspace, makeChartTarget(workspace, { deployTimeValues: ['mode'] })))
    expect(faults.map(({ where, message }) => [where, message])).toEqual([
      ['deploy-time-values', expect.stringContaining('any stand-in for the deploy-time value mode')],
    ])
  })

  it('takes the last of two objects with one identity, and notes it', async () => {
    const workspace = makeChart({ 'templates/a.yaml': configMap('a', '  v: one'), 'templates/b.yaml': configMap('a', '  v: two') })
    const { objects, notes } = await render(workspace)
    expect(objects.map(({ object }) => object.data)).toEqual([{ v: 'two' }])
    expect(notes.map(({ kind, message }) => [kind, message])).toEqual([
      ['duplicate-object', 'ConfigMap/a is rendered twice (app/templates/a.yaml, app/templates/b.yaml); the last one counts.'],
    ])
  })

  it('notes lookups and keys given twice', async () => {
    const workspace = makeChart({
      'templates/_helpers.tpl': '{{- define "x" -}}{{ (lookup "v1" "Secret" "ns" "n").data | default "none" }}{{- end -}}',
      'templates/a.yaml': configMap('a', '  lookup: "a word"\n  a: "{{ include "x" . }}"\n  b: "1"\n  b: "2"'),
    })
    const { notes } = await render(workspace)
    expect(notes.map(({ kind, message }) => [kind, message])).toEqual([
      ['duplicate-key', 'app (rendered):10 (from app/templates/a.yaml): the key "b" is given twice in one map; the last one counts.'],
      [
        'lookup',
        'app/templates/_helpers.tpl uses lookup, which finds nothing while rendering: what depends on it may differ from what was deployed.',
      ],
    ])
  })

  it('fetches no schema: one that refers elsewhere is left unchecked, and noted', async () => {
    const requests: (string | undefined)[] = []
    const server = createServer((request, response) => {
      requests.push(request.url)
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/schema.json`
    const schema = JSON.stringify({ $schema: 'https://json-schema.org/draft-07/schema#', required: ['x'], allOf: [{ $ref: url }] })
    const workspace = makeChart({ 'values.schema.json': schema, 'templates/a.yaml': configMap('a', '  a: b') })
    const { objects, notes } = await render(workspace)
    const old = { helm: { ...helm, version: '3.15.4' }, workspace: workspace.path, dependencies: 'never' } as const
    const faults = await catchFaults(renderTarget(makeChartTarget(workspace), cluster, old))
    server.close()
    expect([objects.length, requests, notes.map(({ kind }) => kind)]).toEqual([1, [], ['schema-not-checked']])
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^app\/values\.schema\.json refers .*; Helm 3\.15\.4 cannot be told not to\.$/),
    ])
  })

  it.each<[string, Readonly<Record<string, string>>, string, RegExp]>([
    [
      'values against a schema that names its own kind',
      {
        'values.schema.json': '{"$schema": "https://json-schema.org/draft-07/schema#", "required": ["x"]}',
        'templates/a.yaml': 'kind: X\n',
      },
      'chart',
      /schema.*x/,
    ],
    ['a template that fails', { 'templates/a.yaml': 'a: {{ required "say x" .Values.x }}\n' }, 'app/templates/a.yaml:1', /say x/],
    ['a template that does not parse', { 'templates/a.yaml': '\na: {{ if }}\n' }, 'app/templates/a.yaml:2', /missing value for if/],
    ['a nil pointer', { 'templates/a.yaml': '\n\na: {{ .Values.x.y }}\n' }, 'app/templates/a.yaml:3', /nil pointer/],
    ['no YAML', { 'templates/a.yaml': 'kind: X\na: b: c\n' }, 'app/templates/a.yaml', /YAML parse error .* line 2/],
    ['values against the schema', { 'values.schema.json': '{"required": ["x"]}', 'templates/a.yaml': 'kind: X\n' }, 'chart', /schema.*x/],
    [
      'a Kubernetes that is too old',
      { 'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\nkubeVersion: ">=1.99"\n', 'templates/a.yaml': 'kind: X\n' },
      'chart',
      />=1\.99.*v1\.34\.4/,
    ],
    [
      'an endless include',
      { 'templates/a.yaml': '{{ define "x" }}{{ include "x" . }}{{ end }}a: {{ include "x" . }}\n' },
      'app/templates/a.yaml:1',
      /nested reference/,
    ],
    [
      'a failing dependency’s template',
      {
        'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
        'charts/sub/templates/s.yaml': '{{ fail "sub says no" }}\n',
      },
      'app/charts/sub/templates/s.yaml:1',
      /sub says no/,
    ],
    [
      'control characters in a message',
      { 'templates/a.yaml': '{{ fail (printf "red \\x1b[31m\\n::error::forged\\u202e") }}\n' },
      'app/templates/a.yaml:1',
      /^[^\p{Cc}\u202e]*$/u,
    ],
    [
      'an object without kind',
      { 'templates/a.yaml': 'apiVersion: v1\nmetadata: {name: a}\n' },
      'app (rendered):1',
      /no kind.*app\/templates\/a\.yaml/,
    ],
    [
      'an object without name',
      { 'templates/a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {}\n' },
      'app (rendered):1',
      /Secret has no metadata\.name/,
    ],
    [
      'an infinite number',
      { 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx: .inf\n' },
      'app/templates/a.yaml',
      /Inf|infinity/,
    ],
    ['nothing', { 'templates/a.yaml': '{{ if false }}a: 1{{ end }}\n' }, 'chart', /^app renders no object that could be compared, so/],
    [
      'nothing but hooks',
      { 'templates/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {helm.sh/hook: test}}\n' },
      'chart',
      /no object .*\(1 set aside: test\)/,
    ],
  ])('refuses %s, with its place and a remedy', async (_title, files, where, message) => {
    const faults = await catchFaults(render(makeChart(files)))
    expect(faults.map((fault) => fault.where)).toEqual([where])
    expect(faults[0]?.message).toMatch(message)
    expect(faults[0]?.remedy).not.toBe('')
  })

  it('gives the command that shows the fault again', async () => {
    const workspace = makeChart({ 'templates/a.yaml': '{{ fail "no" }}\n' })
    workspace.write({ "it's dev.yaml": 'a: 1\n' })
    const target = makeChartTarget(workspace, { values: [workspace.at("it's dev.yaml")], set: ['a={b,c}'] })
    const faults = await catchFaults(render(workspace, target))
    expect(faults[0]?.remedy).toBe(
      "To see it yourself, run: helm template app app --namespace prod --values 'it'\\''s dev.yaml' --set 'a={b,c}'",
    )
  })

  it('renders nothing through a link to the environment of this process', async () => {
    const workspace = makeChart({ 'templates/a.yaml': configMap('a', '  a: {{ .Files.Get "files/env" | quote }}') })
    workspace.link('app/files/env', '/proc/self/environ')
    const faults = await catchFaults(render(workspace))
    expect(faults).toEqual([
      {
        where: 'chart',
        message: 'app/files/env is a symbolic link that leads out of the workspace.',
        remedy: 'Replace the link with the file itself.',
      },
    ])
  })

  it('leaves the workspace as it was', async () => {
    const workspace = makeChart({ 'templates/a.yaml': configMap('a', '  a: b') })
    const before = listFiles(workspace)
    await render(workspace)
    expect(listFiles(workspace)).toEqual(before)
  })
})

function findObject(desired: Desired, name: string): DesiredObject {
  const found = desired.objects.find(({ ref }: { ref: ObjectRef }) => ref.name === name)
  if (found === undefined) throw new Error(`no object ${name}`)
  return found
}

function listFiles(workspace: Workspace): readonly (readonly [string, string])[] {
  const entries = readdirSync(workspace.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map(({ parentPath, name }) => [`${parentPath}/${name}`, readFileSync(`${parentPath}/${name}`, 'utf8')] as const).sort()
}
