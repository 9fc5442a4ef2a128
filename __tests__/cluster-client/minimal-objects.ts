const POD = `
      serviceAccountName: app
      initContainers: [{ name: i, image: a/b:latest }]
      containers:
        - name: a
          image: a/b:1
          ports: [{ containerPort: 80 }]
          env:
            - { name: A, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
            - { name: B, valueFrom: { resourceFieldRef: { resource: limits.cpu } } }
          livenessProbe: { httpGet: { port: 80 } }
          readinessProbe: { grpc: { port: 80 } }
          startupProbe: { tcpSocket: { port: 80 } }
          lifecycle: { preStop: { httpGet: { port: 80 } } }
          resources: { limits: { cpu: 0.0001 } }
          securityContext: {}
      volumes:
        - { name: a, secret: { secretName: a } }
        - { name: b, configMap: { name: a } }
        - { name: c }
        - { name: d, hostPath: { path: /a } }
        - { name: e, projected: { sources: [{ serviceAccountToken: { path: a } }] } }
        - { name: f, downwardAPI: { items: [{ path: a, fieldRef: { fieldPath: metadata.name } }] } }
        - { name: g, ephemeral: { volumeClaimTemplate: { spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } } } }
        - { name: h, iscsi: { targetPortal: 1.2.3.4, iqn: "iqn.2001-04.com.example:a", lun: 0 } }
        - { name: i, rbd: { monitors: [a], image: a } }`
const LABELS = 'selector: { matchLabels: { app: a } }'
const TEMPLATE = `template:
    metadata: { labels: { app: a } }
    spec:${POD}`
const WEBHOOK = `
  - name: a.example.com
    sideEffects: None
    admissionReviewVersions: [v1]
    clientConfig: { service: { name: a, namespace: default } }
    rules: [{ operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods] }]`
const CLAIM = '{ accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }'
const IP = ['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies', 'spec.ipFamilyPolicy']
const IN_POD = [
  'spec.template.spec.containers[].imagePullPolicy',
  'spec.template.spec.initContainers[].imagePullPolicy',
  'spec.template.spec.serviceAccount',
  'spec.template.spec.volumes[].emptyDir',
]

/** Objects that give little, and what beyond constant defaults the server fills in for each. */
export const MINIMAL_OBJECTS: readonly (readonly [kind: string, collection: string, rest: string, others: readonly string[]])[] = [
  ['apps/v1/Deployment', 'deployments', `spec:\n  ${LABELS}\n  ${TEMPLATE}`, [...IN_POD, 'spec.strategy.rollingUpdate']],
  ['apps/v1/ReplicaSet', 'replicasets', `spec:\n  ${LABELS}\n  ${TEMPLATE}`, IN_POD],
  [
    'apps/v1/DaemonSet',
    'daemonsets',
    `spec:\n  ${LABELS}\n  ${TEMPLATE}`,
    [...IN_POD, 'metadata.annotations', 'spec.updateStrategy.rollingUpdate'],
  ],
  [
    'apps/v1/StatefulSet',
    'statefulsets',
    `spec:\n  serviceName: a\n  ${LABELS}\n  volumeClaimTemplates: [{ metadata: { name: a }, spec: ${CLAIM} }]\n  ${TEMPLATE}`,
    [...IN_POD, 'spec.updateStrategy.rollingUpdate'],
  ],
  ['v1/ReplicationController', 'replicationcontrollers', `spec:\n  ${TEMPLATE}`, [...IN_POD, 'metadata.labels', 'spec.selector']],
  ['v1/Service', 'services', 'spec: { ports: [{ port: 80 }] }', [...IP, 'spec.internalTrafficPolicy', 'spec.ports[].targetPort']],
  [
    'v1/Service',
    'services',
    'spec: { type: LoadBalancer, sessionAffinity: ClientIP, ports: [{ port: 80 }] }',
    [
      ...IP,
      'spec.allocateLoadBalancerNodePorts',
      'spec.externalTrafficPolicy',
      'spec.internalTrafficPolicy',
      'spec.ports[].nodePort',
      'spec.ports[].targetPort',
      'spec.sessionAffinityConfig',
    ],
  ],
  ['v1/Secret', 'secrets', 'data: { a: YQ== }', []],
  ['v1/PersistentVolumeClaim', 'persistentvolumeclaims', `spec: ${CLAIM}`, ['metadata.finalizers']],
  [
    'v1/LimitRange',
    'limitranges',
    'spec: { limits: [{ type: Container, max: { cpu: 1 } }] }',
    ['spec.limits[].default', 'spec.limits[].defaultRequest'],
  ],
  ['v1/ServiceAccount', 'serviceaccounts', '', []],
  [
    'autoscaling/v2/HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    'spec: { maxReplicas: 3, behavior: { scaleUp: {} }, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a } }',
    [],
  ],
  [
    'autoscaling/v1/HorizontalPodAutoscaler',
    'horizontalpodautoscalers',
    'spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a } }',
    [],
  ],
  [
    'networking.k8s.io/v1/NetworkPolicy',
    'networkpolicies',
    'spec: { podSelector: {}, egress: [{ ports: [{ port: 80 }] }] }',
    ['spec.policyTypes'],
  ],
  ['networking.k8s.io/v1/Ingress', 'ingresses', 'spec: { defaultBackend: { service: { name: a, port: { number: 80 } } } }', []],
  ['networking.k8s.io/v1/IngressClass', 'ingressclasses', 'spec: { controller: example.com/a, parameters: { kind: A, name: a } }', []],
  [
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
    'clusterrolebindings',
    'roleRef: { kind: ClusterRole, name: a }\nsubjects: [{ kind: User, name: a }]',
    ['subjects[].apiGroup'],
  ],
  ['storage.k8s.io/v1/StorageClass', 'storageclasses', 'provisioner: example.com/a', []],
  ['storage.k8s.io/v1/CSIDriver', 'csidrivers', 'spec: {}', []],
  ['scheduling.k8s.io/v1/PriorityClass', 'priorityclasses', 'value: 7', []],
  ['policy/v1/PodDisruptionBudget', 'poddisruptionbudgets', `spec: { minAvailable: 1, ${LABELS} }`, []],
  ['admissionregistration.k8s.io/v1/MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', `webhooks:${WEBHOOK}`, []],
  ['admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', `webhooks:${WEBHOOK}`, []],
  [
    'apiregistration.k8s.io/v1/APIService',
    'apiservices',
    'spec: { group: a.example.com, version: v1, groupPriorityMinimum: 7, versionPriority: 7, insecureSkipTLSVerify: true, service: { name: a, namespace: default } }',
    [],
  ],
  [
    'batch/v1/CronJob',
    'cronjobs',
    'spec: { schedule: "* * * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a/b }] } } } } }',
    ['spec.jobTemplate.spec.template.spec.containers[].imagePullPolicy'],
  ],
]
