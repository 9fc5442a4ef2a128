/**
 * What the API server adds inside every pod spec, measured on v1.34. Patterns are relative to the pod spec; `[]` stands
 * for any element of a list, `*` for any one field.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/v1/defaults.go
 */
export const POD_DEFAULTS = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
  enableServiceLinks: true,
  'volumes[].secret.defaultMode': 420,
  'volumes[].configMap.defaultMode': 420,
  'volumes[].projected.defaultMode': 420,
  'volumes[].downwardAPI.defaultMode': 420,
  'volumes[].downwardAPI.items[].fieldRef.apiVersion': 'v1',
  'volumes[].projected.sources[].serviceAccountToken.expirationSeconds': 3600,
  'volumes[].projected.sources[].downwardAPI.items[].fieldRef.apiVersion': 'v1',
  'volumes[].projected.sources[].downwardAPI.items[].resourceFieldRef.divisor': '0',
  'volumes[].downwardAPI.items[].resourceFieldRef.divisor': '0',
  'volumes[].hostPath.type': '',
  'volumes[].ephemeral.volumeClaimTemplate.spec.volumeMode': 'Filesystem',
  'volumes[].iscsi.iscsiInterface': 'default',
  'volumes[].rbd.pool': 'rbd',
  'volumes[].rbd.user': 'admin',
  'volumes[].rbd.keyring': '/etc/ceph/keyring',
  'volumes[].azureDisk.cachingMode': 'ReadWrite',
  'volumes[].azureDisk.fsType': 'ext4',
  'volumes[].azureDisk.kind': 'Shared',
  'volumes[].azureDisk.readOnly': false,
  'volumes[].scaleIO.fsType': 'xfs',
  'volumes[].scaleIO.storageMode': 'ThinProvisioned',
} as const

/** Relative to one container, for containers, initContainers and ephemeralContainers alike. */
export const CONTAINER_DEFAULTS = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  'ports[].protocol': 'TCP',
  'env[].valueFrom.fieldRef.apiVersion': 'v1',
  'env[].valueFrom.resourceFieldRef.divisor': '0',
} as const

/** Relative to one probe. */
export const PROBE_DEFAULTS = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
  'httpGet.path': '/',
  'httpGet.scheme': 'HTTP',
  'grpc.service': '',
} as const

/** Where the pod spec lies in each built-in kind that has one. */
export const POD_SPEC_AT: { readonly [kind: string]: string } = {
  'v1/Pod': 'spec',
  'v1/PodTemplate': 'template.spec',
  'v1/ReplicationController': 'spec.template.spec',
  'apps/v1/Deployment': 'spec.template.spec',
  'apps/v1/ReplicaSet': 'spec.template.spec',
  'apps/v1/StatefulSet': 'spec.template.spec',
  'apps/v1/DaemonSet': 'spec.template.spec',
  'batch/v1/Job': 'spec.template.spec',
  'batch/v1/CronJob': 'spec.jobTemplate.spec.template.spec',
}
