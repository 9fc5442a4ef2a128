import { afterAll, describe, expect, it } from 'vitest'
import type { ChartSource, Json } from '../../src/model.ts'
import { makeChart, makeChartTarget, removeWorkspaces } from '../chart/support/charts.ts'
import { devToolsSupported } from '../tools/helm-and-kubectl.ts'
import { ask, type Touched } from './support/ask.ts'

afterAll(removeWorkspaces)

const deployment = (pod: string, metadata = '') => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: {{ .Values.replicas | default 2 }}
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
${metadata}
    spec:
      containers:
        - name: web
${pod}
`
const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata:\n${data}\n`
const IN_POD = 'Deployment/web spec.template.spec.containers[name=web]'

type Style = {
  readonly files: Readonly<Record<string, string>>
  readonly touched: Touched
  /** The keys that must be named, in any order; empty: none drives it. */
  readonly keys: readonly string[]
  /** The lines that the patch adds. */
  readonly added?: readonly string[]
  readonly source?: Partial<ChartSource>
}

const STYLES: Readonly<Record<string, Style>> = {
  'an image of several keys, the tag by default the version of the chart': {
    files: {
      'values.yaml': 'image:\n  repository: example/web\n  tag: ""\n',
      'templates/d.yaml': deployment('          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.Version }}"'),
    },
    touched: { [`${IN_POD}.image`]: 'example/web:2.0.0' },
    keys: ['image.tag'],
    added: ['  tag: "2.0.0"'],
  },
  'an image from a helper with registry and digest': {
    files: {
      'values.yaml': 'name: web\nimage: {registry: ghcr.io, name: example/web, tag: v1.2.3}\nother: {tag: v1.2.3}\n',
      'templates/_h.tpl': '{{- define "image" -}}{{ .registry }}/{{ .name }}:{{ .tag }}{{- end -}}',
      'templates/d.yaml': deployment('          image: {{ include "image" .Values.image | quote }}'),
    },
    touched: { [`${IN_POD}.image`]: 'ghcr.io/example/web:v1.2.4' },
    keys: ['image.tag'],
    added: ['image: {registry: ghcr.io, name: example/web, tag: v1.2.4}'],
  },
  'a default that no values file has': {
    files: { 'values.yaml': '# empty\n', 'templates/d.yaml': deployment('          image: web') },
    touched: { 'Deployment/web spec.replicas': 5 },
    keys: ['replicas'],
    added: ['replicas: 5'],
  },
  'an empty list and an empty map behind with': {
    files: {
      'values.yaml': 'extraEnv: []   # more\nother: []\npodAnnotations: {}\nmore: {}\n',
      'templates/d.yaml': deployment(
        '          image: web\n          {{- with .Values.extraEnv }}\n          env: {{ toYaml . | nindent 12 }}\n          {{- end }}',
        '      {{- with .Values.podAnnotations }}\n      annotations: {{ toYaml . | nindent 8 }}\n      {{- end }}',
      ),
    },
    touched: {
      [`${IN_POD}.env[name=DEBUG]`]: { name: 'DEBUG', value: 'true' },
      'Deployment/web spec.template.metadata.annotations.team': 'a',
    },
    keys: ['extraEnv[0]', 'podAnnotations.team'],
    added: ['extraEnv:   # more', '  - name: DEBUG', '    value: "true"', 'podAnnotations:', '  team: a'],
  },
  'resources that are written out as they are': {
    files: {
      'values.yaml': 'resources:\n  limits:\n    memory: 256Mi # enough\n',
      'templates/d.yaml': deployment('          image: web\n          resources: {{ toYaml .Values.resources | nindent 12 }}'),
    },
    touched: { [`${IN_POD}.resources.limits.memory`]: '1Gi', [`${IN_POD}.resources.limits.cpu`]: '500m' },
    keys: ['resources.limits.memory', 'resources.limits.cpu'],
    added: ['    memory: 1Gi # enough', '    cpu: 500m'],
  },
  'variables from a map': {
    files: {
      'values.yaml': 'env:\n  LEVEL: info\n',
      'templates/d.yaml': deployment(
        '          image: web\n          env:\n            {{- range $k, $v := .Values.env }}\n            - name: {{ $k }}\n              value: {{ $v | quote }}\n            {{- end }}',
      ),
    },
    touched: { [`${IN_POD}.env[name=LEVEL].value`]: 'debug', [`${IN_POD}.env[name=DEBUG]`]: { name: 'DEBUG', value: 'on' } },
    keys: ['env.LEVEL', 'env.DEBUG'],
    added: ['  LEVEL: debug', '  DEBUG: "on"'],
  },
  'values that are templates, and one that is given through a helper': {
    files: {
      'values.yaml': 'host: example.com\nurl: "https://{{ .Values.host }}/x"\npodLabels: {}\n',
      'templates/_h.tpl':
        '{{- define "render" -}}{{- if kindIs "string" .value }}{{ tpl .value .context }}{{ else }}{{ tpl (toYaml .value) .context }}{{ end }}{{- end -}}',
      'templates/d.yaml': deployment(
        '          image: web\n          env: [{name: URL, value: {{ tpl .Values.url . | quote }}}]',
        '        {{- if .Values.podLabels }}\n        {{- include "render" (dict "value" .Values.podLabels "context" $) | nindent 8 }}\n        {{- end }}'.replace(
          'labels: {app: web}',
          '',
        ),
      ).replace('labels: {app: web}\n', 'labels:\n        app: web\n'),
    },
    touched: { [`${IN_POD}.env[name=URL].value`]: 'https://example.org/x' },
    keys: ['host'],
    added: ['host: example.org'],
  },
  'a config file that is text in the values': {
    files: {
      'values.yaml': 'config: |\n  # the file\n  level = info\n\n  size = 3\n',
      'templates/c.yaml': configMap('  app.conf: |\n    {{- .Values.config | nindent 4 }}'),
    },
    touched: { 'ConfigMap/web data["app.conf"]': '# the file\nlevel = debug\n\nsize = 3\n' },
    keys: ['config'],
    added: ['  level = debug'],
  },
  'a config file that is written from a map, with a checksum that follows': {
    files: {
      'values.yaml': 'config:\n  server:\n    port: 8080\n    level: info # quiet\n',
      'templates/c.yaml': configMap('  app.yaml: |\n    {{- toYaml .Values.config | nindent 4 }}'),
      'templates/d.yaml': deployment(
        '          image: web',
        '      annotations: {checksum/config: {{ include (print $.Template.BasePath "/c.yaml") . | sha256sum }}}',
      ),
    },
    touched: { 'ConfigMap/web data["app.yaml"]': 'server:\n  level: debug\n  port: 8080\n' },
    keys: ['config.server.level'],
    added: ['    level: debug # quiet'],
  },
  'a dependency under another name, and a global value': {
    files: {
      'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies: [{name: store, version: 1.0.0, alias: cache}]\n',
      'values.yaml': 'global:\n  zone: a\ncache:\n  size: 1\n',
      'charts/store/Chart.yaml': 'apiVersion: v2\nname: store\nversion: 1.0.0\n',
      'charts/store/values.yaml': 'size: 2\nmode: slow\n',
      'charts/store/templates/c.yaml': configMap(
        '  size: {{ .Values.size | quote }}\n  mode: {{ .Values.mode }}\n  zone: {{ .Values.global.zone }}',
      ),
    },
    touched: { 'ConfigMap/web data.size': '7', 'ConfigMap/web data.mode': 'fast', 'ConfigMap/web data.zone': 'b' },
    keys: ['cache.size', 'cache.mode', 'global.zone'],
    added: ['  zone: b', '  size: 7', '  mode: fast'],
  },
  'a switch': {
    files: {
      'values.yaml': 'hostNetwork: false\ndns: false\n',
      'templates/d.yaml': deployment(
        '          image: web\n      {{- if .Values.hostNetwork }}\n      hostNetwork: true\n      {{- end }}',
      ),
    },
    touched: { 'Deployment/web spec.template.spec.hostNetwork': true },
    keys: ['hostNetwork'],
    added: ['hostNetwork: true'],
  },
  'a field that the template writes itself': {
    files: { 'values.yaml': 'port: 80\n', 'templates/d.yaml': deployment('          image: web\n          imagePullPolicy: Always') },
    touched: { [`${IN_POD}.imagePullPolicy`]: 'Never' },
    keys: [],
  },
}

describe.runIf(devToolsSupported())('offerKeeps, by the style of the chart', () => {
  it.each(Object.entries(STYLES))('%s', { timeout: 240_000 }, async (_name, { files, touched, keys, added, source }) => {
    const workspace = makeChart(files)
    const { all, way } = await ask(makeChartTarget(workspace, source), workspace.path, touched)
    expect(all.flatMap(({ edit }) => (edit === undefined ? [] : [edit.key])).sort()).toEqual([...keys].sort())
    const lines = (way.patch ?? '').split('\n').filter((line) => line.startsWith('+') && !line.startsWith('+++'))
    expect(lines.map((line) => line.slice(1))).toEqual(added ?? [])
    expect(way.covers).toHaveLength(Object.keys(touched).length * Number(keys.length > 0))
  })

  it('says what else a key would change, and leaves it out of the patch for all', async () => {
    const workspace = makeChart({
      'values.yaml': 'level: info\n',
      'templates/c.yaml': configMap('  one: {{ .Values.level }}\n  two: {{ .Values.level }}'),
    })
    const { all, way } = await ask(makeChartTarget(workspace), workspace.path, { 'ConfigMap/web data.one': 'debug' })
    expect(all).toMatchObject([
      { summary: 'Set level to debug in app/values.yaml. Mind that the next deploy then also changes ConfigMap/web data.two.' },
    ])
    expect(way).toMatchObject({ patch: null, covers: [], leaves: [{ why: expect.stringContaining('other places') }] })
  })

  it('takes a default that no longer follows from what is declared for no change: no deploy touches it', async () => {
    const workspace = makeChart({
      'values.yaml': 'image: nginx\ntag: "1.25"\n',
      'templates/d.yaml': deployment('          image: {{ .Values.image }}:{{ .Values.tag }}'),
    })
    const { all, way } = await ask(makeChartTarget(workspace), workspace.path, {
      [`${IN_POD}.image`]: 'nginx:latest',
      [`${IN_POD}.imagePullPolicy`]: 'IfNotPresent',
    })
    expect(all.map(({ summary }) => summary)).toContain('Set tag to latest in app/values.yaml.')
    expect(way.patch).toContain('+tag: "latest"')
  })

  it('edits the last values file that has the key, and the last one for a new key', async () => {
    const workspace = makeChart({
      'values.yaml': 'level: info\nsize: 1\n',
      'templates/c.yaml': configMap('  level: {{ .Values.level }}\n  size: {{ .Values.size | quote }}'),
    })
    workspace.write({ 'a.yaml': 'level: warn\n', 'b.yaml': '# nothing of it\n' })
    const target = makeChartTarget(workspace, { values: [workspace.at('a.yaml'), workspace.at('b.yaml')] })
    const { all } = await ask(target, workspace.path, { 'ConfigMap/web data.level': 'debug', 'ConfigMap/web data.size': '3' })
    expect(all.map(({ edit }) => edit?.file)).toEqual(['a.yaml', 'b.yaml'])
  })

  it('puts no secret into a patch, not even from the lines beside it', async () => {
    const workspace = makeChart({
      'values.yaml': 'level: info\npassword: hunter22\n',
      'templates/c.yaml': configMap('  level: {{ .Values.level }}\n  p: {{ .Values.password | len | quote }}'),
    })
    const { all, way } = await ask(makeChartTarget(workspace), workspace.path, { 'ConfigMap/web data.level': 'debug' })
    expect(JSON.stringify([all, way])).not.toContain('hunter22')
    expect(all).toMatchObject([{ edit: { key: 'level', to: 'debug' } }])
  })
})

describe('offerKeeps for manifests', () => {
  it('edits the file itself', async () => {
    const workspace = makeChart({})
    const data: Json = 'x'
    workspace.write({
      'm/all.yaml': `# one\n${configMap('  a: "1" # first')}---\n# two\n${configMap('  a: "2"').replace('name: web', 'name: two')}`,
    })
    const target = { ...makeChartTarget(workspace), source: { type: 'manifests' as const, path: workspace.at('m') } }
    const { all, way } = await ask(target, workspace.path, { 'ConfigMap/web data.a': '9', 'ConfigMap/two data.b': data })
    expect(all.every(({ patch }) => patch !== undefined)).toBe(true)
    expect(way.patch?.split('\n').filter((line) => /^[+-][^+-]/.test(line))).toEqual(['-  a: "1" # first', '+  a: "9" # first', '+  b: x'])
    expect(way.covers).toHaveLength(2)
  })
})
