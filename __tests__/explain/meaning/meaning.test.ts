import { describe, expect, test } from 'vitest'
import { explainMeaning, MEANING_RULES } from '../../../src/explain/meaning/meaning.ts'
import { fitsRule } from '../../../src/explain/meaning/subject.ts'
import type { Json, JsonObject } from '../../../src/model.ts'
import { type Around, makeSubject } from './make-subject.ts'

const C = 'spec.template.spec.containers[name=app]'
const POD = 'spec.template.spec'

type Row = readonly [
  kind: string,
  path: string,
  desired: Json | undefined,
  live: Json | undefined,
  title: string,
  severity: string,
  around?: Around,
]
const env = (name: string, value: string): JsonObject => ({ name, value })
const args = (...list: string[]): Around => ({
  sides: { live: { spec: { template: { spec: { containers: [{ name: 'app', args: list }] } } } } },
})
const rules = (before: readonly JsonObject[], after: readonly JsonObject[]): Around => ({
  sides: { desired: { rules: before }, live: { rules: after } },
})
const pods = (...verbs: string[]): JsonObject => ({ apiGroups: [''], resources: ['pods'], verbs })
const subjects = (before: readonly string[], after: readonly string[]): Around => {
  const list = (names: readonly string[]): JsonObject => ({ subjects: names.map((name) => ({ kind: 'User', name })) })
  return { sides: { desired: list(before), live: list(after) } }
}

/** A change, and what it is called and how severe it is. A near miss of a rule stands below it. */
const WORKLOADS: readonly Row[] = [
  ['Deployment', `spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]`, undefined, '2026', 'restart requested', 'info'],
  ['Deployment', 'spec.replicas', 3, 0, 'scaled to zero', 'high'],
  ['Deployment', 'spec.replicas', 3, 9, 'scaled outside the bounds of the autoscaler', 'medium', { bounds: { min: 2, max: 5 } }],
  ['Deployment', 'spec.replicas', 3, 5, 'manual scaling', 'medium', { bounds: { min: 2, max: 5 } }],
  ['Deployment', 'spec.replicas', 3, 5, 'manual scaling', 'medium'],
  ['Widget', 'spec.replicas', 0, 1, 'manual scaling', 'medium'],
  ['Widget', 'spec.pool.replicas', 1, 0, 'custom resource changed', 'medium'],
  ['Deployment', `${C}.env[name=DEBUG]`, undefined, env('DEBUG', 'true'), 'debug flag', 'medium'],
  ['Deployment', `${C}.env[name=LOG_LEVEL]`, undefined, env('LOG_LEVEL', 'debug'), 'debug flag', 'medium'],
  ['Deployment', `${C}.env`, undefined, [env('A', '1'), env('APP_TRACE', '1')], 'debug flag', 'medium'],
  ['Deployment', `${C}.env[name=DEBUG]`, undefined, env('DEBUG', 'false'), 'environment variable added', 'medium'],
  ['Deployment', `${C}.env[name=LOG_LEVEL]`, undefined, env('LOG_LEVEL', 'warn'), 'environment variable added', 'medium'],
  ['Deployment', `${C}.env[name=GODEBUG]`, undefined, env('GODEBUG', 'netdns=go'), 'environment variable added', 'medium'],
  ['Deployment', `${C}.env[name=OPTS]`, undefined, env('OPTS', '-agentlib:jdwp=transport=dt_socket,server=y'), 'remote debugger', 'high'],
  ['Deployment', `${C}.env[name=OPTS].value`, '-Xmx1g', '--inspect=0.0.0.0:9229', 'remote debugger', 'high'],
  ['Deployment', `${C}.env[name=OPTS].value`, '-Xmx1g', '--inspector-gadget', 'environment changed', 'medium'],
  ['Deployment', `${C}.env[name=LOG_LEVEL].value`, 'info', 'trace', 'debug flag', 'medium'],
  ['Deployment', `${C}.env[name=RUST_LOG].value`, 'info', 'info,web=debug', 'debug flag', 'medium'],
  ['Deployment', `${C}.env[name=LOG_LEVEL].value`, 'debug', 'info', 'environment changed', 'medium'],
  ['Deployment', `${C}.env[name=DEBUG]`, env('DEBUG', 'true'), undefined, 'environment variable removed', 'medium'],
  ['Deployment', `${C}.envFrom[0]`, undefined, { secretRef: { name: 'x' } }, 'environment changed', 'medium'],
  ['CronJob', `spec.jobTemplate.${C}.env[name=X]`, undefined, env('X', '1'), 'environment variable added', 'medium'],
  ['Deployment', `${C}.image`, 'shop/web:1', 'evil.example/shop/web:1', 'image from another registry', 'high'],
  ['Deployment', `${C}.image`, 'docker.io/library/nginx:1', 'nginx:2', 'image hotfix', 'high'],
  ['Deployment', `${C}.image`, 'r.example:5000/web:1', 'r.example:5000/web2:1', 'another image', 'high'],
  ['Deployment', `${C}.image`, 'r.example:5000/web:1', 'r.example:5000/web', 'image with a moving tag', 'high'],
  ['Deployment', `${C}.image`, 'web:1', 'web:latest', 'image with a moving tag', 'high'],
  ['Deployment', `${C}.image`, 'web:latest', 'web:1', 'image hotfix', 'high'],
  ['Deployment', `${C}.image`, 'web:1', `web:latest@sha256:${'a'.repeat(64)}`, 'image hotfix', 'high'],
  ['Deployment', `${C}.imagePullPolicy`, 'Always', 'Never', 'pull policy changed', 'low'],
  ['Deployment', `${POD}.initContainers[name=i]`, undefined, { name: 'i', image: 'i' }, 'init container added', 'high'],
  ['Deployment', `${POD}.initContainers[name=i]`, undefined, { name: 'i', image: 'i', restartPolicy: 'Always' }, 'sidecar added', 'high'],
  ['Deployment', `${POD}.containers[name=s]`, undefined, { name: 's', image: 's' }, 'sidecar added', 'high'],
  ['Deployment', `${POD}.containers[name=s]`, { name: 's', image: 's' }, undefined, 'container removed', 'high'],
  ['Deployment', `${C}.args`, ['run'], ['run', '--debug'], 'debug flag', 'medium'],
  ['Deployment', `${C}.args`, ['run'], ['run', '-v=6'], 'debug flag', 'medium'],
  ['Deployment', `${C}.args`, ['run'], ['run', '-vv'], 'debug flag', 'medium'],
  ['Deployment', `${C}.args`, ['run', '--log-level', 'info'], ['run', '--log-level', 'debug'], 'debug flag', 'medium'],
  ['Deployment', `${C}.args[1]`, undefined, '--log-level=debug', 'debug flag', 'medium', args('run', '--log-level=debug')],
  ['Deployment', `${C}.args`, ['run'], ['run', '-v=2'], 'command changed', 'high'],
  ['Deployment', `${C}.args`, ['run'], ['run', '-v'], 'command changed', 'high'],
  ['Deployment', `${C}.args`, ['run'], ['run', '--debug=false'], 'command changed', 'high'],
  ['Deployment', `${C}.args`, ['run', '--debug'], ['run'], 'command changed', 'high'],
  ['Deployment', `${C}.command`, ['node'], ['node', '--inspect-brk'], 'remote debugger', 'high'],
  ['Deployment', `${C}.command`, ['node'], ['sh'], 'command changed', 'high'],
]

const PODS: readonly Row[] = [
  ['Deployment', `${C}.resources.limits.memory`, '1Gi', undefined, 'limits removed', 'medium'],
  ['Deployment', `${C}.resources`, { limits: { cpu: '1' } }, undefined, 'limits removed', 'medium'],
  ['Deployment', `${C}.resources.requests.cpu`, '1', undefined, 'resources changed', 'medium'],
  ['Deployment', `${C}.resources.limits.memory`, '1024Mi', '2Gi', 'resources raised', 'medium'],
  ['Deployment', `${C}.resources.limits.cpu`, '1', '500m', 'resources lowered', 'medium'],
  ['Deployment', `${C}.resources.limits`, { cpu: '1', memory: '1Gi' }, { cpu: '2', memory: '1Mi' }, 'resources changed', 'medium'],
  ['Deployment', `${C}.resources.limits.cpu`, undefined, '1', 'resources changed', 'medium'],
  ['Deployment', `${C}.readinessProbe`, { httpGet: { port: 80 } }, undefined, 'readiness probe removed', 'high'],
  ['Deployment', `${C}.livenessProbe`, { httpGet: { port: 80 } }, undefined, 'probe removed', 'medium'],
  ['Deployment', `${C}.startupProbe`, undefined, { httpGet: { port: 80 } }, 'probe added', 'medium'],
  ['Deployment', `${C}.livenessProbe.failureThreshold`, 3, 30, 'probe relaxed', 'medium'],
  ['Deployment', `${C}.livenessProbe.failureThreshold`, undefined, 30, 'probe relaxed', 'medium'],
  ['Deployment', `${C}.readinessProbe.successThreshold`, 3, 1, 'probe relaxed', 'medium'],
  ['Deployment', `${C}.livenessProbe.timeoutSeconds`, 5, 1, 'probe tightened', 'medium'],
  ['Deployment', `${C}.livenessProbe.httpGet.path`, '/a', '/b', 'probe changed', 'medium'],
  ['Deployment', `${C}.lifecycle.preStop`, { sleep: { seconds: 5 } }, undefined, 'start or stop of the container changed', 'medium'],
  ['Deployment', `${POD}.terminationGracePeriodSeconds`, 30, 0, 'start or stop of the container changed', 'medium'],
  ['Deployment', `${C}.securityContext.privileged`, undefined, true, 'security weakened', 'high'],
  ['Deployment', `${C}.securityContext.runAsNonRoot`, true, undefined, 'security weakened', 'high'],
  [
    'Deployment',
    `${C}.securityContext.capabilities.add`,
    ['NET_BIND_SERVICE'],
    ['NET_BIND_SERVICE', 'SYS_ADMIN'],
    'security weakened',
    'high',
  ],
  ['Deployment', `${C}.securityContext`, { capabilities: { drop: ['ALL'] } }, undefined, 'security weakened', 'high'],
  ['Deployment', `${C}.securityContext`, undefined, { runAsNonRoot: true, privileged: true }, 'security weakened', 'high'],
  ['Deployment', `${POD}.hostNetwork`, undefined, true, 'security weakened', 'high'],
  ['Deployment', `${C}.securityContext.readOnlyRootFilesystem`, undefined, true, 'security hardened', 'medium'],
  ['Deployment', `${C}.securityContext.privileged`, true, false, 'security hardened', 'medium'],
  ['Deployment', `${C}.securityContext.runAsGroup`, 1, 2, 'security context changed', 'high'],
  ['Deployment', `${C}.securityContext`, undefined, { privileged: false, runAsGroup: 0 }, 'security context changed', 'high'],
  ['Deployment', `${POD}.serviceAccountName`, 'web', 'admin', 'other service account', 'high'],
  ['Deployment', `${POD}.automountServiceAccountToken`, false, true, 'token of the service account mounted or not', 'medium'],
  ['Deployment', `${POD}.volumes[name=v]`, undefined, { name: 'v', hostPath: { path: '/' } }, 'folder of the node mounted', 'high'],
  ['Deployment', `${POD}.volumes[name=v].hostPath.path`, '/var/log', '/', 'folder of the node mounted', 'high'],
  ['Deployment', `${POD}.volumes[name=v]`, { name: 'v', emptyDir: {} }, undefined, 'volume removed', 'high'],
  ['Deployment', `${POD}.volumes[name=v]`, undefined, { name: 'v', emptyDir: {} }, 'volumes changed', 'medium'],
  ['Deployment', `${C}.volumeMounts[mountPath="/x"]`, undefined, { name: 'v', mountPath: '/x' }, 'volumes changed', 'medium'],
  ['Deployment', `${POD}.runtimeClassName`, 'gvisor', undefined, 'sandbox of the container changed', 'high'],
  ['Deployment', `${POD}.nodeSelector.zone`, 'a', 'b', 'placement changed', 'medium'],
  ['Deployment', `${POD}.tolerations[0]`, undefined, { operator: 'Exists' }, 'placement changed', 'medium'],
  ['Widget', 'spec.nodeSelector.zone', 'a', 'b', 'custom resource changed', 'medium'],
  ['Deployment', `${POD}.hostAliases[ip="1.2.3.4"]`, undefined, { ip: '1.2.3.4', hostnames: ['db'] }, 'name resolution changed', 'medium'],
  ['Deployment', `${POD}.imagePullSecrets[name=x]`, { name: 'x' }, undefined, 'credentials for the registry changed', 'medium'],
  ['Deployment', `${C}.ports[containerPort=80,protocol=TCP].name`, 'http', 'web', 'port of the container changed', 'medium'],
]

const ACCESS: readonly Row[] = [
  ['Role', 'rules[0].verbs', ['get'], ['*'], 'rights widened to everything of a sort', 'high', rules([pods('get')], [pods('*')])],
  ['Role', 'rules[0].verbs', ['get'], ['get', 'delete'], 'rights widened', 'high', rules([pods('get')], [pods('get', 'delete')])],
  ['Role', 'rules', [], [], 'rights widened', 'high', rules([pods('get')], [pods('delete')])],
  [
    'ClusterRole',
    'rules[0].resourceNames',
    ['a'],
    undefined,
    'rights widened',
    'high',
    rules([{ ...pods('get'), resourceNames: ['a'] }], [pods('get')]),
  ],
  [
    'ClusterRole',
    'rules[1]',
    undefined,
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    'rights widened',
    'high',
    rules([], [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }]),
  ],
  ['Role', 'rules[0].verbs', ['*'], ['get'], 'rights narrowed', 'medium', rules([pods('*')], [pods('get')])],
  ['Role', 'rules', [], [], 'permissions changed', 'high', rules([pods('get', 'list')], [pods('get'), pods('list')])],
  [
    'RoleBinding',
    'subjects[1]',
    undefined,
    { kind: 'User', name: 'mallory' },
    'subjects added',
    'high',
    subjects(['jane'], ['jane', 'mallory']),
  ],
  [
    'RoleBinding',
    'subjects[0]',
    { kind: 'User', name: 'jane' },
    undefined,
    'subjects removed',
    'medium',
    subjects(['jane', 'bob'], ['bob']),
  ],
  ['RoleBinding', 'roleRef.name', 'view', 'admin', 'permissions changed', 'high'],
  ['ValidatingWebhookConfiguration', 'webhooks[name=a].clientConfig.caBundle', 'x', 'y', 'certificate of the webhook changed', 'high'],
  ['ValidatingWebhookConfiguration', 'webhooks[name=a].failurePolicy', 'Fail', 'Ignore', 'webhook weakened', 'high'],
  ['ValidatingWebhookConfiguration', 'webhooks[name=a].namespaceSelector.matchLabels.x', undefined, 'y', 'webhook weakened', 'high'],
  ['ValidatingWebhookConfiguration', 'webhooks[name=a].rules[0].operations', ['CREATE', 'UPDATE'], ['CREATE'], 'webhook weakened', 'high'],
  ['ValidatingWebhookConfiguration', 'webhooks[name=a].failurePolicy', 'Ignore', 'Fail', 'webhook tightened', 'medium'],
  ['ValidatingWebhookConfiguration', 'webhooks[name=a].timeoutSeconds', 10, 1, 'webhook changed', 'high'],
  ['ValidatingAdmissionPolicyBinding', 'spec.validationActions', ['Deny'], ['Warn'], 'admission policy weakened', 'high'],
  ['ValidatingAdmissionPolicy', 'spec.failurePolicy', 'Fail', 'Ignore', 'admission policy weakened', 'high'],
  ['ValidatingAdmissionPolicy', 'spec.paramKind.kind', 'A', 'B', 'admission policy changed', 'high'],
  [
    'Namespace',
    'metadata.labels["pod-security.kubernetes.io/enforce"]',
    'restricted',
    'privileged',
    'pod security of the namespace weakened',
    'high',
  ],
  ['Namespace', 'metadata.labels["pod-security.kubernetes.io/enforce"]', 'baseline', 'restricted', 'label changed', 'low'],
  ['ConfigMap', 'data.mapRoles', 'a', 'b', 'users of the cluster changed', 'high', { name: 'aws-auth', namespace: 'kube-system' }],
  ['ConfigMap', 'data.mapRoles', 'a', 'b', 'config edited', 'medium', { name: 'aws-auth', namespace: 'shop' }],
]

const CONTROLLERS: readonly Row[] = [
  ['CronJob', 'spec.suspend', false, true, 'suspended', 'high'],
  ['CronJob', 'spec.suspend', true, false, 'resumed', 'medium'],
  ['Deployment', 'spec.paused', undefined, true, 'rollout paused', 'medium'],
  ['Deployment', 'spec.paused', true, undefined, 'rollout changed', 'low'],
  ['CronJob', 'spec.schedule', '0 1 * * *', '* * * * *', 'schedule changed', 'medium'],
  ['Job', 'spec.parallelism', 1, 5, 'running of the job changed', 'medium'],
  [
    'Deployment',
    'spec.strategy.type',
    'RollingUpdate',
    'Recreate',
    'all pods replaced at once',
    'medium',
    { sides: { live: { spec: { strategy: { type: 'Recreate' } } } } },
  ],
  [
    'Deployment',
    'spec.strategy.type',
    'Recreate',
    'RollingUpdate',
    'rollout changed',
    'low',
    { sides: { live: { spec: { strategy: { type: 'RollingUpdate' } } } } },
  ],
  ['Deployment', 'spec.minReadySeconds', 0, 9, 'rollout changed', 'low'],
  ['HorizontalPodAutoscaler', 'spec.maxReplicas', 5, 50, 'bounds of the autoscaler changed', 'medium'],
  ['HorizontalPodAutoscaler', 'spec.behavior', undefined, {}, 'autoscaling changed', 'medium'],
  ['PodDisruptionBudget', 'spec.minAvailable', 1, 0, 'disruption budget changed', 'medium'],
  ['ResourceQuota', 'spec.hard.pods', '5', '50', 'quota changed', 'medium'],
]

const NETWORK: readonly Row[] = [
  ['Service', 'spec.selector.app', 'web', 'web2', 'selector of the Service changed', 'high'],
  ['Deployment', 'spec.selector.matchLabels.app', 'web', 'web2', 'selector changed', 'high'],
  ['KnativeService', 'spec.selector.app', 'web', 'web2', 'custom resource changed', 'medium'],
  ['Service', 'spec.type', 'ClusterIP', 'LoadBalancer', 'exposed outside of the cluster', 'high'],
  ['Service', 'spec.type', undefined, 'NodePort', 'exposed outside of the cluster', 'high'],
  ['Service', 'spec.type', 'LoadBalancer', 'ClusterIP', 'type of the Service changed', 'high'],
  ['Service', 'spec.externalIPs', undefined, ['1.2.3.4'], 'external addresses or their allowed sources changed', 'high'],
  ['Service', 'spec.ports[port=80,protocol=TCP].nodePort', undefined, 30080, 'port of the nodes changed', 'medium'],
  ['Service', 'spec.ports[port=81,protocol=TCP]', undefined, { port: 81 }, 'port added to the Service', 'medium'],
  ['Service', 'spec.ports[port=80,protocol=TCP]', { port: 80 }, undefined, 'port of the Service changed', 'high'],
  ['Service', 'spec.ports[port=80,protocol=TCP].targetPort', 80, 81, 'port of the Service changed', 'high'],
  ['Service', 'spec.sessionAffinity', 'None', 'ClientIP', 'distribution of traffic changed', 'medium'],
  ['Ingress', 'spec.tls[0]', { hosts: ['a'] }, undefined, 'encryption of the ingress changed', 'high'],
  ['Ingress', 'spec.rules[0].host', 'a', 'b', 'hosts or paths of the ingress changed', 'high'],
  ['HTTPRoute', 'spec.hostnames[0]', 'a', 'b', 'routing changed', 'high'],
  ['EndpointSlice', 'endpoints[0].addresses', ['1'], ['2'], 'addresses behind a Service changed', 'high'],
  ['NetworkPolicy', 'spec.ingress[1]', undefined, { from: [] }, 'network policy opened', 'high'],
  ['NetworkPolicy', 'spec.policyTypes', ['Ingress', 'Egress'], ['Ingress'], 'network policy covers less', 'high'],
  ['NetworkPolicy', 'spec.policyTypes', ['Ingress'], ['Ingress', 'Egress'], 'network policy changed', 'high'],
  ['NetworkPolicy', 'spec.egress[0]', { to: [] }, undefined, 'network policy tightened', 'high'],
  ['NetworkPolicy', 'spec.ingress[0].from[0]', { podSelector: {} }, undefined, 'network policy changed', 'high'],
]

const DATA: readonly Row[] = [
  ['Secret', 'data.password', 'a', 'b', 'secret changed', 'high'],
  ['ConfigMap', 'data.LOG_LEVEL', 'info', 'debug', 'debug flag', 'medium'],
  ['ConfigMap', 'data.LOG_LEVEL', 'debug', 'info', 'config edited', 'medium'],
  ['ConfigMap', 'data["app.yaml"]', 'a', 'b', 'config edited', 'medium'],
  ['PersistentVolumeClaim', 'spec.resources.requests.storage', '1Gi', '2Gi', 'volume claim grown', 'medium'],
  ['PersistentVolumeClaim', 'spec.storageClassName', 'a', 'b', 'storage changed', 'medium'],
  ['StorageClass', 'reclaimPolicy', 'Retain', 'Delete', 'what becomes of the data changed', 'high'],
  ['StatefulSet', 'spec.volumeClaimTemplates[0].spec.storageClassName', 'a', 'b', 'storage changed', 'medium'],
  ['StorageClass', 'parameters.type', 'a', 'b', 'storage class changed', 'medium'],
  ['StorageClass', 'metadata.labels.x', 'a', 'b', 'label changed', 'low'],
  ['CustomResourceDefinition', 'spec.versions[name=v1].served', true, false, 'definition of a kind changed', 'high'],
  ['ConfigMap', 'metadata.finalizers[="x"]', undefined, 'x', 'finalizers changed', 'medium'],
  ['ConfigMap', 'metadata.ownerReferences[uid=u]', undefined, { uid: 'u' }, 'owner of the object changed', 'high'],
  [
    'Deployment',
    'spec.template.metadata.labels.app',
    'web',
    'web2',
    'label changed by which pods are selected',
    'high',
    { selected: ['app'] },
  ],
  [
    'Deployment',
    'spec.template.metadata.labels',
    { app: 'web' },
    undefined,
    'label changed by which pods are selected',
    'high',
    { selected: ['app'] },
  ],
  ['Deployment', 'spec.template.metadata.labels.tier', 'a', 'b', 'labels of the pods changed', 'low', { selected: ['app'] }],
  ['Deployment', 'metadata.labels.app', 'web', 'web2', 'label changed', 'low', { selected: ['app'] }],
  ['Service', 'metadata.annotations["a.example/internal"]', 'true', 'false', 'annotation of a way in changed', 'medium'],
  ['Deployment', 'spec.template.metadata.annotations.x', undefined, 'y', 'annotations of the pods changed', 'low'],
  ['Deployment', 'metadata.annotations.x', undefined, 'y', 'annotation changed', 'low'],
  ['Widget', 'spec.size', 1, 2, 'custom resource changed', 'medium'],
  ['Service', 'spec.healthyEnough', 1, 2, 'field changed', 'medium'],
]

const OBJECTS: readonly Row[] = (
  [
    ...['Deployment', 'CronJob', 'Service', 'NetworkPolicy', 'MutatingWebhookConfiguration', 'Role', 'ServiceAccount', 'ConfigMap'],
    ...['PersistentVolumeClaim', 'Namespace', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota', 'Widget'],
    'CustomResourceDefinition',
  ] as const
).flatMap((kind): Row[] => [
  [kind, '-', undefined, undefined, 'object deleted', /^(Horiz|PodDis|ResourceQ)/.test(kind) ? 'medium' : 'high'],
  [kind, '+', undefined, undefined, 'object added', /^(Role|NetworkPolicy|Mutating|Service$)/.test(kind) ? 'high' : 'medium'],
])

const ALL: readonly Row[] = [...WORKLOADS, ...PODS, ...ACCESS, ...CONTROLLERS, ...NETWORK, ...DATA, ...OBJECTS]

const named = ALL.map((row) => ({ row, name: `${row[0]} ${row[1]}: ${JSON.stringify(row[2])} -> ${JSON.stringify(row[3])} is ${row[4]}` }))

test.each(named)('$name', ({ row }) => {
  const [kind, path, desired, live, title, severity, around] = row
  const told = explainMeaning(makeSubject(kind, path, desired, live, around), 'manual', false)
  expect([told.meaning.title, told.severity]).toEqual([title, severity])
})

describe('the table', () => {
  test('each of its rules has a test', () => {
    const reached = new Set(
      ALL.map((row) => {
        const [kind, path, desired, live] = row
        const subject = makeSubject(kind, path, desired, live, row[6])
        return MEANING_RULES.find((rule) => fitsRule(rule, subject))
      }),
    )
    expect(MEANING_RULES.filter((rule) => !reached.has(rule)).map(({ pattern, title, reason }) => [pattern, title, reason])).toEqual([])
  })

  test('names are kebab-case, reasons are sentences without a capital and a full stop', () => {
    for (const { pattern, title, reason } of MEANING_RULES) {
      expect(pattern).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(title).toMatch(/^[a-z].*[^.]$/)
      expect(reason).toMatch(/^([a-z]|Git ).*[^.]$/)
    }
  })
})

test('the names that reports had before are kept', () => {
  const nameOf = (kind: string, path: string, desired: Json | undefined, live: Json | undefined) =>
    explainMeaning(makeSubject(kind, path, desired, live), 'manual', false).pattern
  expect(nameOf('Deployment', 'spec.replicas', 3, 0)).toBe('scaled')
  expect(nameOf('Deployment', `${C}.env[name=DEBUG]`, undefined, env('DEBUG', 'true'))).toBe('env-injected')
  expect(nameOf('Deployment', `${C}.env[name=X].value`, 'a', 'b')).toBe('env-changed')
  expect(nameOf('Deployment', `${C}.image`, 'a:1', 'a:2')).toBe('image-changed')
  expect(nameOf('Secret', 'data.x', 'a', 'b')).toBe('configuration-changed')
  expect(nameOf('Role', 'rules[0].verbs', ['get'], ['*'])).toBe('permissions-changed')
  expect(nameOf('ConfigMap', '-', undefined, undefined)).toBe('object-missing')
  expect(nameOf('Widget', 'spec.size', 1, 2)).toBe('field-changed')
})

test('what is no drift is told, and not alarmed about; nobody is said to have done by hand what nobody is known to have done', () => {
  const replicas = makeSubject('Deployment', 'spec.replicas', 3, 5)
  expect(explainMeaning(replicas, 'controller', false)).toMatchObject({
    severity: 'info',
    meaning: { title: 'number of replicas changed' },
  })
  expect(explainMeaning(replicas, 'undeployed', true)).toMatchObject({ severity: 'info', pattern: 'scaled' })
  expect(explainMeaning(replicas, 'unknown', false)).toMatchObject({ severity: 'medium', meaning: { title: 'number of replicas changed' } })
})

test('a deploy out of band is that before anything else', () => {
  expect(explainMeaning(makeSubject('Deployment', `${C}.image`, 'a:1', 'a:2'), 'manual', true)).toMatchObject({
    ...{ pattern: 'out-of-band-deploy', severity: 'high' },
    meaning: { title: 'deploy out of band', area: 'availability' },
  })
})
