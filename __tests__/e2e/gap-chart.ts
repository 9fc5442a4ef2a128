import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The kind of custom resource that the chart declares: it can be scaled and has a status, as those of operators do.
 *
 * @param group its API group: each test has its own, since a definition is there for all
 */
export const makeDefinition = (group: string) => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer}, color: {type: string}}}
            status: {type: object, properties: {size: {type: integer}, phase: {type: string}}}
      subresources:
        status: {}
        scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}
`

const pods = (name: string) => `
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - {name: web, image: "nginx:{{ .Values.tag }}"}
`
const TEMPLATES: { readonly [file: string]: string } = {
  'web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: {{ .Values.replicas }}${pods('web')}`,
  'auto.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: auto}\nspec:${pods('auto')}`,
  'scaler.yaml': `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: auto}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: auto}
  minReplicas: {{ .Values.minimum }}
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
`,
  'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata: {level: info}\n',
  'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: token}\nstringData: {token: abc}\n',
  'service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n',
  'widget.yaml': 'apiVersion: GROUP/v1\nkind: Widget\nmetadata: {name: gear}\nspec: {size: 1, color: blue}\n',
  'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "{{ .Release.Namespace }}-watch"}
rules: [{apiGroups: [""], resources: [nodes], verbs: [list]}]
`,
  'later.yaml': '{{ if .Values.later }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: later}\ndata: {a: b}\n{{ end }}\n',
}

/** Writes a chart with one of each: scaled by hand and by an autoscaler, configuration, custom and cluster-wide. */
export async function writeGapChart(group: string): Promise<{ readonly folder: string; readonly chart: string; readonly values: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-gap-'))
  const chart = join(folder, 'deploy/app')
  await mkdir(join(chart, 'templates'), { recursive: true })
  await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: app\nversion: 0.1.0\n')
  await writeFile(join(chart, 'values.yaml'), 'replicas: 2\nminimum: 2\ntag: "1"\nlater: false\n')
  for (const [file, text] of Object.entries(TEMPLATES)) await writeFile(join(chart, 'templates', file), text.replace('GROUP', group))
  const values = join(folder, 'deploy/values-prod.yaml')
  await writeFile(values, 'later: true\n')
  return { folder, chart, values }
}
