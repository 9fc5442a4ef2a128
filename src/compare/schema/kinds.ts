import type { Scalar } from '../../model.ts'

/**
 * Constant defaults of built-in kinds outside the pod spec, measured on v1.34 by running Kubernetes' own scheme.
 * Patterns: `[]` is any element of a list. Defaults that depend on other fields are code in `../defaults.ts`.
 */
export const KIND_DEFAULTS: { readonly [kind: string]: { readonly [pattern: string]: Scalar } } = {
  'apps/v1/Deployment': {
    'spec.replicas': 1,
    'spec.progressDeadlineSeconds': 600,
    'spec.revisionHistoryLimit': 10,
    'spec.strategy.type': 'RollingUpdate',
    'spec.strategy.rollingUpdate.maxSurge': '25%',
    'spec.strategy.rollingUpdate.maxUnavailable': '25%',
  },
  'apps/v1/ReplicaSet': { 'spec.replicas': 1 },
  'v1/ReplicationController': { 'spec.replicas': 1 },
  'apps/v1/StatefulSet': {
    'spec.replicas': 1,
    'spec.podManagementPolicy': 'OrderedReady',
    'spec.revisionHistoryLimit': 10,
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': 'Retain',
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled': 'Retain',
    'spec.updateStrategy.type': 'RollingUpdate',
    'spec.updateStrategy.rollingUpdate.partition': 0,
    'spec.volumeClaimTemplates[].apiVersion': 'v1',
    'spec.volumeClaimTemplates[].kind': 'PersistentVolumeClaim',
    'spec.volumeClaimTemplates[].spec.volumeMode': 'Filesystem',
    'spec.volumeClaimTemplates[].status.phase': 'Pending',
  },
  'apps/v1/DaemonSet': {
    'spec.revisionHistoryLimit': 10,
    'spec.updateStrategy.type': 'RollingUpdate',
    'spec.updateStrategy.rollingUpdate.maxSurge': 0,
    'spec.updateStrategy.rollingUpdate.maxUnavailable': 1,
  },
  'batch/v1/Job': {
    'spec.backoffLimit': 6,
    'spec.completionMode': 'NonIndexed',
    'spec.completions': 1,
    'spec.parallelism': 1,
    'spec.manualSelector': false,
    'spec.podReplacementPolicy': 'TerminatingOrFailed',
    'spec.suspend': false,
  },
  'batch/v1/CronJob': {
    'spec.concurrencyPolicy': 'Allow',
    'spec.failedJobsHistoryLimit': 1,
    'spec.successfulJobsHistoryLimit': 3,
    'spec.suspend': false,
  },
  'v1/Service': {
    'spec.type': 'ClusterIP',
    'spec.sessionAffinity': 'None',
    'spec.internalTrafficPolicy': 'Cluster',
    'spec.ports[].protocol': 'TCP',
    'spec.sessionAffinityConfig.clientIP.timeoutSeconds': 10800,
  },
  'v1/Secret': { type: 'Opaque' },
  'v1/PersistentVolumeClaim': { 'spec.volumeMode': 'Filesystem' },
  'v1/PersistentVolume': { 'spec.volumeMode': 'Filesystem', 'spec.persistentVolumeReclaimPolicy': 'Retain' },
  'autoscaling/v2/HorizontalPodAutoscaler': { 'spec.minReplicas': 1 },
  'networking.k8s.io/v1/NetworkPolicy': { 'spec.ingress[].ports[].protocol': 'TCP', 'spec.egress[].ports[].protocol': 'TCP' },
  'networking.k8s.io/v1/IngressClass': { 'spec.parameters.scope': 'Cluster' },
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': {
    'roleRef.apiGroup': 'rbac.authorization.k8s.io',
    'subjects[].apiGroup': 'rbac.authorization.k8s.io',
  },
  'rbac.authorization.k8s.io/v1/RoleBinding': {
    'roleRef.apiGroup': 'rbac.authorization.k8s.io',
    'subjects[].apiGroup': 'rbac.authorization.k8s.io',
  },
  'storage.k8s.io/v1/StorageClass': { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  'storage.k8s.io/v1/CSIDriver': {
    'spec.attachRequired': true,
    'spec.fsGroupPolicy': 'ReadWriteOnceWithFSType',
    'spec.podInfoOnMount': false,
    'spec.requiresRepublish': false,
    'spec.seLinuxMount': false,
    'spec.storageCapacity': false,
  },
  'scheduling.k8s.io/v1/PriorityClass': { preemptionPolicy: 'PreemptLowerPriority' },
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': {
    'webhooks[].clientConfig.service.port': 443,
    'webhooks[].failurePolicy': 'Fail',
    'webhooks[].matchPolicy': 'Equivalent',
    'webhooks[].reinvocationPolicy': 'Never',
    'webhooks[].rules[].scope': '*',
    'webhooks[].timeoutSeconds': 10,
  },
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': {
    'webhooks[].clientConfig.service.port': 443,
    'webhooks[].failurePolicy': 'Fail',
    'webhooks[].matchPolicy': 'Equivalent',
    'webhooks[].rules[].scope': '*',
    'webhooks[].timeoutSeconds': 10,
  },
  'apiextensions.k8s.io/v1/CustomResourceDefinition': { 'spec.conversion.strategy': 'None' },
  'apiregistration.k8s.io/v1/APIService': { 'spec.service.port': 443 },
  'discovery.k8s.io/v1/EndpointSlice': { 'ports[].name': '', 'ports[].protocol': 'TCP' },
}

/** Fields that the API server or its controllers allocate when a chart leaves them open. Patterns as above. */
export const ALLOCATED: { readonly [kind: string]: readonly string[] } = {
  'v1/Service': [
    'spec.clusterIP',
    'spec.clusterIPs',
    'spec.ipFamilies',
    'spec.ipFamilyPolicy',
    'spec.ports[].nodePort',
    'spec.healthCheckNodePort',
    'spec.loadBalancerClass',
  ],
  'v1/PersistentVolumeClaim': ['spec.volumeName', 'spec.storageClassName', 'metadata.finalizers'],
  'v1/PersistentVolume': ['spec.claimRef', 'metadata.finalizers'],
  'v1/ServiceAccount': ['secrets', 'imagePullSecrets'],
  'v1/Namespace': ['spec.finalizers', 'metadata.labels.kubernetes.io/metadata.name'],
  'batch/v1/Job': ['spec.selector', 'spec.template.metadata.labels', 'metadata.labels'],
  'apiextensions.k8s.io/v1/CustomResourceDefinition': ['spec.names.listKind', 'spec.names.singular'],
}
