import type { Json, Path } from '../model.ts'

/**
 * Fields that the API server, its built-in admission plugins or its controllers fill when a chart leaves them open, with
 * values that cannot be foreseen. Source: the registry strategies and `plugin/pkg/admission` of Kubernetes v1.34, and
 * reference row 73: admission plugins change Pods, claims, volumes and Ingresses, never the templates of workloads.
 * Patterns: `[]` is any element; whatever lies below a field counts too.
 */
const ALLOCATED: { readonly [kind: string]: readonly string[] } = {
  'v1/Service': [
    'spec.clusterIP',
    'spec.clusterIPs',
    'spec.ipFamilies',
    'spec.ipFamilyPolicy',
    'spec.ports[].nodePort',
    'spec.healthCheckNodePort',
    'spec.loadBalancerClass',
    'metadata.finalizers',
  ],
  'v1/PersistentVolumeClaim': ['spec.volumeName', 'spec.storageClassName', 'metadata.finalizers'],
  'v1/PersistentVolume': ['spec.claimRef', 'spec.nodeAffinity', 'metadata.finalizers'],
  'v1/Pod': [
    'spec.nodeName',
    'spec.priority',
    'spec.preemptionPolicy',
    'spec.tolerations',
    'spec.serviceAccountName',
    'spec.serviceAccount',
    'spec.imagePullSecrets',
  ],
  'apps/v1/DaemonSet': ['metadata.annotations.deprecated.daemonset.template.generation'],
  'autoscaling/v1/HorizontalPodAutoscaler': [
    'metadata.annotations.autoscaling.alpha.kubernetes.io/conditions',
    'metadata.annotations.autoscaling.alpha.kubernetes.io/current-metrics',
  ],
  'v1/Namespace': ['spec.finalizers', 'metadata.labels.kubernetes.io/metadata.name'],
  'batch/v1/Job': ['spec.selector', 'metadata.finalizers'],
  'networking.k8s.io/v1/Ingress': ['spec.ingressClassName'],
  'apiextensions.k8s.io/v1/CustomResourceDefinition': ['metadata.finalizers'],
  'certificates.k8s.io/v1/CertificateSigningRequest': ['spec.username', 'spec.uid', 'spec.groups', 'spec.extra'],
}

/** Labels that the Job controller's strategy puts on the template, and on the Job where it has none of its own. */
const JOB_LABELS =
  /^(?:spec\.template\.)?metadata\.labels\.(?:(?:batch\.kubernetes\.io\/)?controller-uid|(?:batch\.kubernetes\.io\/)?job-name)$/
/** Secrets that controllers make for a service account: `default-token-x7k2p`, `builder-dockercfg-9f2lm`. */
const GENERATED_SECRET = /-(?:token|dockercfg)-[a-z0-9]{5}$/

/** Tells whether a place is one that is filled by the API server or its controllers with a value of their choice. */
export function isAllocated(kind: string, path: Path, pattern: string, value: Json): boolean {
  if (kind === 'batch/v1/Job' && JOB_LABELS.test(pattern)) return true
  if (kind === 'v1/ServiceAccount') return isGeneratedSecret(path)
  if (kind === 'v1/Pod' && isServiceAccountVolume(path)) return true
  const patterns = ALLOCATED[kind]
  if (patterns === undefined) return false
  if (kind === 'v1/Service' && pattern === 'metadata.finalizers[]' && value !== 'service.kubernetes.io/load-balancer-cleanup') return false
  return patterns.some((one) => pattern === one || (pattern.startsWith(one) && /^[.[]/.test(pattern.slice(one.length))))
}

function isGeneratedSecret(path: Path): boolean {
  const [list, element] = path
  if (list === undefined || element === undefined || !('field' in list) || !('key' in element)) return false
  return ['secrets', 'imagePullSecrets'].includes(list.field) && GENERATED_SECRET.test(String(element.key.name))
}

/** The token that the ServiceAccount admission plugin mounts into every Pod. */
function isServiceAccountVolume(path: Path): boolean {
  return path.some(
    (step) =>
      'key' in step &&
      (String(step.key.name).startsWith('kube-api-access-') || step.key.mountPath === '/var/run/secrets/kubernetes.io/serviceaccount'),
  )
}
