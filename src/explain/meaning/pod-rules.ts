import { findDirection, goesUp } from './direction.ts'
import { listLeaves } from './leaves.ts'
import { AMOUNT, PATIENCE, SECURITY } from './scales.ts'
import type { MeaningRule, Subject } from './subject.ts'

const RESOURCES = /(ontainers\[\]|\.template\.spec)\.resources\b/
const PROBE = /ontainers\[\]\.(liveness|readiness|startup)Probe\b/
const SECURITY_FIELD = /securityContext\b|(^|\.)spec\.(hostNetwork|hostPID|hostIPC|hostUsers|shareProcessNamespace)$/
const VOLUME = /(^|\.)spec\.volumes(\[\])?\b|ontainers\[\]\.volume(Mounts|Devices)\b/

const losesLimit = (subject: Subject) =>
  listLeaves(subject).some(({ text, live }) => /resources\.limits\./.test(text) && live === undefined)
const isHostPath = (subject: Subject) =>
  listLeaves(subject).some(({ text, live }) => /volumes\[\]\.hostPath\./.test(text) && live !== undefined)

/** How a pod runs: what it may use, how it is watched, what it is allowed and where it is put. */
export const POD_RULES: readonly MeaningRule[] = [
  {
    pattern: 'resources-changed',
    title: 'limits removed',
    path: RESOURCES,
    when: losesLimit,
    ...{ severity: 'medium', area: 'availability', reason: 'without a limit it can take what its neighbours on the node need' },
  },
  {
    pattern: 'resources-changed',
    title: 'resources raised',
    path: RESOURCES,
    when: (subject) => findDirection(subject, AMOUNT) === 'up',
    ...{ severity: 'medium', area: 'capacity', reason: 'it takes more of the cluster than Git plans for' },
  },
  {
    pattern: 'resources-changed',
    title: 'resources lowered',
    path: RESOURCES,
    when: (subject) => findDirection(subject, AMOUNT) === 'down',
    ...{ severity: 'medium', area: 'availability', reason: 'the container may be slowed down, or be killed for want of memory' },
  },
  {
    pattern: 'resources-changed',
    title: 'resources changed',
    path: RESOURCES,
    ...{ severity: 'medium', area: 'capacity', reason: 'it changes what the scheduler plans with and what the container may use' },
  },
  {
    pattern: 'probe-changed',
    title: 'readiness probe removed',
    path: /readinessProbe$/,
    change: 'removed',
    ...{ severity: 'high', area: 'traffic', reason: 'pods get requests before they can answer them' },
  },
  {
    pattern: 'probe-changed',
    title: 'probe removed',
    path: /(liveness|startup)Probe$/,
    change: 'removed',
    ...{ severity: 'medium', area: 'availability', reason: 'a container that hangs is not noticed' },
  },
  {
    pattern: 'probe-changed',
    title: 'probe added',
    path: /Probe$/,
    change: 'added',
    ...{ severity: 'medium', area: 'availability', reason: 'a container that does not answer it is restarted, or gets no requests' },
  },
  {
    pattern: 'probe-changed',
    title: 'probe relaxed',
    path: PROBE,
    when: (subject) => findDirection(subject, PATIENCE) === 'up',
    ...{ severity: 'medium', area: 'availability', reason: 'it takes longer until a failure is noticed' },
  },
  {
    pattern: 'probe-changed',
    title: 'probe tightened',
    path: PROBE,
    when: (subject) => findDirection(subject, PATIENCE) === 'down',
    ...{ severity: 'medium', area: 'availability', reason: 'a container that is merely slow may be taken for a failed one' },
  },
  {
    pattern: 'probe-changed',
    title: 'probe changed',
    path: PROBE,
    ...{ severity: 'medium', area: 'availability', reason: 'it decides when a container is restarted, or gets requests' },
  },
  {
    pattern: 'lifecycle-changed',
    title: 'start or stop of the container changed',
    path: /ontainers\[\]\.lifecycle\b|\.terminationGracePeriodSeconds$/,
    ...{ severity: 'medium', area: 'availability', reason: 'requests may be lost when a pod starts or stops' },
  },
  {
    pattern: 'security-changed',
    title: 'security weakened',
    path: SECURITY_FIELD,
    when: (subject) => goesUp(subject, SECURITY),
    ...{ severity: 'high', area: 'security', reason: 'whoever breaks into the container gets further' },
  },
  {
    pattern: 'security-changed',
    title: 'security hardened',
    path: SECURITY_FIELD,
    when: (subject) => findDirection(subject, SECURITY) === 'down',
    ...{ severity: 'medium', area: 'availability', reason: 'it is safer, but the application may miss a right that it needs' },
  },
  {
    pattern: 'security-changed',
    title: 'security context changed',
    path: SECURITY_FIELD,
    ...{
      severity: 'high',
      area: 'security',
      reason: 'it decides what the container may do on its node; whether this is more or less is not clear',
    },
  },
  {
    pattern: 'service-account-changed',
    title: 'other service account',
    path: /\.serviceAccount(Name)?$/,
    ...{ severity: 'high', area: 'security', reason: 'the pods act in the cluster with the rights of another account' },
  },
  {
    pattern: 'service-account-changed',
    title: 'token of the service account mounted or not',
    path: /automountServiceAccountToken$/,
    ...{ severity: 'medium', area: 'security', reason: 'with the token a container can act in the cluster; without it, it cannot' },
  },
  {
    pattern: 'volume-changed',
    title: 'folder of the node mounted',
    path: VOLUME,
    when: isHostPath,
    ...{ severity: 'high', area: 'security', reason: 'the container reaches files of the node, and so other pods' },
  },
  {
    pattern: 'volume-changed',
    title: 'volume removed',
    path: VOLUME,
    change: 'removed',
    ...{ severity: 'high', area: 'data', reason: 'the application does not see these files any more, and what it writes may be lost' },
  },
  {
    pattern: 'volume-changed',
    title: 'volumes changed',
    path: VOLUME,
    ...{ severity: 'medium', area: 'data', reason: 'the application sees other files, or writes to another place' },
  },
  {
    pattern: 'placement-changed',
    title: 'sandbox of the container changed',
    path: /\.spec\.runtimeClassName$/,
    ...{ severity: 'high', area: 'security', reason: 'the container may be less cut off from its node' },
  },
  {
    pattern: 'placement-changed',
    title: 'placement changed',
    path: /(^|\.)spec\.(nodeSelector|affinity|tolerations|topologySpreadConstraints|nodeName|priorityClassName|priority|preemptionPolicy|schedulerName|overhead)\b/,
    kinds: ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Rollout.argoproj.io'],
    ...{ severity: 'medium', area: 'availability', reason: 'pods run on other nodes, or find none' },
  },
  {
    pattern: 'name-resolution-changed',
    title: 'name resolution changed',
    path: /\.spec\.(hostAliases|dnsPolicy|dnsConfig|hostname|subdomain|enableServiceLinks)\b/,
    ...{ severity: 'medium', area: 'traffic', reason: 'the application may talk to another server under the same name' },
  },
  {
    pattern: 'pull-secrets-changed',
    title: 'credentials for the registry changed',
    path: /(^|\.)imagePullSecrets\b/,
    ...{ severity: 'medium', area: 'availability', reason: 'new pods may fail to get their image' },
  },
  {
    pattern: 'port-changed',
    title: 'port of the container changed',
    path: /ontainers\[\]\.ports\b/,
    ...{ severity: 'medium', area: 'traffic', reason: 'a Service or a probe that names this port may not find it' },
  },
]
