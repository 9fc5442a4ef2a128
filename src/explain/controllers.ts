import type { ControllerRule } from '../model.ts'

/** What is left out matches anything. */
export type KnownController = Pick<ControllerRule, 'manager'> & Partial<ControllerRule>

/**
 * Controllers and the fields that they may write. The controllers of Kubernetes itself all write as
 * `kube-controller-manager` (their binary's name), so the path and the subresource are what tells them from one another.
 * Sources: reference rows 22, 23, 38, 41, 53, 62, 63 and 67; measured on v1.34. More go into a team's config file.
 */
export const KNOWN_CONTROLLERS: readonly KnownController[] = [
  { manager: 'kube-controller-manager', path: 'metadata.annotations.deployment.kubernetes.io/*' },
  { manager: 'kube-controller-manager', path: 'metadata.finalizers*' },
  { manager: 'kube-controller-manager', kind: 'HorizontalPodAutoscaler', path: 'metadata.annotations.autoscaling.alpha.kubernetes.io/*' },
  { manager: 'kube-controller-manager', path: 'spec.replicas', subresource: 'scale' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolume*', path: 'metadata.annotations.pv.kubernetes.io/*' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolume*', path: 'metadata.annotations.volume.*kubernetes.io/*' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolumeClaim', path: 'spec.volumeName' },
  { manager: 'kube-controller-manager', kind: 'PersistentVolume', path: 'spec.claimRef*' },
  { manager: 'kube-controller-manager', kind: 'ServiceAccount', path: 'secrets*' },
  { manager: 'kube-controller-manager', kind: 'Job', path: 'spec.suspend' },
  { manager: 'kube-controller-manager', kind: 'Endpoints*' },
  { manager: 'kube-controller-manager', kind: 'CertificateSigningRequest', path: 'status*' },
  { manager: 'kube-scheduler', kind: 'PersistentVolumeClaim', path: 'metadata.annotations.volume.kubernetes.io/selected-node' },
  { manager: 'kube-scheduler', kind: 'Pod' },
  { manager: 'kubelet', kind: 'Pod' },
  { manager: 'kube-apiserver', kind: 'CustomResourceDefinition' },
  { manager: '*cloud-controller-manager', kind: 'Service', path: 'metadata.finalizers*' },
  { manager: 'glbc', kind: 'Service', path: 'metadata.annotations.cloud.google.com/*' },
  { manager: 'glbc', kind: 'Ingress', path: 'metadata.*' },
  // The AWS load balancer controller writes under its binary's plain name.
  { manager: 'controller', kind: 'Ingress', path: 'metadata.finalizers*' },
  { manager: 'controller', kind: 'Service', path: 'metadata.finalizers*' },
  // Scales to and from zero; in between it leaves the work to an autoscaler of its own.
  { manager: 'keda*', path: 'spec.replicas', subresource: 'scale' },
  { manager: 'vpa-updater', kind: 'Pod', path: 'spec.*ontainers[].resources*', subresource: 'resize' },
  { manager: 'pvc-autoresizer', kind: 'PersistentVolumeClaim', path: 'spec.resources.requests.storage' },
  { manager: '*cainjector', path: '*caBundle' },
  { manager: 'kube-webhook-certgen', kind: '*WebhookConfiguration', path: 'webhooks[].*caBundle' },
  { manager: 'kube-webhook-certgen', kind: '*WebhookConfiguration', path: 'webhooks[].failurePolicy' },
  { manager: 'openshift-controller-manager', kind: 'ServiceAccount', path: 'secrets*' },
  { manager: 'openshift-controller-manager', kind: 'ServiceAccount', path: 'imagePullSecrets*' },
  { manager: 'cluster-policy-controller', kind: 'Namespace', path: 'metadata.*.openshift.io/*' },
  { manager: 'cluster-policy-controller', kind: 'Namespace', path: 'metadata.*security.openshift.io/*' },
  { manager: 'rancher', path: 'metadata.*.field.cattle.io/*' },
  { manager: 'rancher', path: 'metadata.*.lifecycle.cattle.io/*' },
  { manager: 'rancher', kind: 'Namespace', path: 'metadata.finalizers*' },
  { manager: 'admissionsenforcer', kind: '*WebhookConfiguration', path: 'webhooks[].namespaceSelector*' },
]
