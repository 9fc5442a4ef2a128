import { at, look } from '../places.ts'
import { byKubectl, declaredTexts, type EditKind, edit, listMaps, listUnique, nameForKubectl, numberAt, writeOne } from './kind.ts'
import { pickContainer, podOf, TEMPLATED, templateOf } from './pods.ts'

/** Edits of the pod template of a workload. */
export const templateEdits: readonly EditKind[] = [
  edit('sidecar-add', TEMPLATED, (target) =>
    writeOne(at(podOf(target), 'containers', { name: 'lab-sidecar' }), { name: 'lab-sidecar', image: 'registry.example.com/debug:1' }),
  ),
  edit('init-container-add', TEMPLATED, (target) => {
    const value = { name: 'lab-init', image: 'registry.example.com/debug:1', command: ['true'] }
    return writeOne(at(podOf(target), 'initContainers', { name: 'lab-init' }), value)
  }),
  edit('volume-add', TEMPLATED, (target, random) => {
    const container = pickContainer(target, random)
    if (container === null) return null
    const volume = { name: 'lab-scratch', emptyDir: {} }
    const mount = { name: 'lab-scratch', mountPath: '/lab-scratch' }
    return {
      writes: [
        { path: at(podOf(target), 'volumes', { name: 'lab-scratch' }), value: volume },
        { path: at(container.path, 'volumeMounts', { mountPath: '/lab-scratch' }), value: mount },
      ],
    }
  }),
  edit('mount-remove', TEMPLATED, (target, random) => {
    const container = pickContainer(target, random)
    const mounts = container === null ? [] : listUnique(look(target.live, at(container.path, 'volumeMounts')), 'mountPath')
    const mount = random.pick(mounts)
    if (container === null || typeof mount?.mountPath !== 'string') return null
    const path = at(container.path, 'volumeMounts', { mountPath: mount.mountPath })
    return look(target.declared, path) === undefined ? null : writeOne(path, undefined)
  }),
  edit('mount-read-only', TEMPLATED, (target, random) => {
    const container = pickContainer(target, random)
    const mounts = container === null ? [] : listUnique(look(target.declared, at(container.path, 'volumeMounts')), 'mountPath')
    const mount = random.pick(mounts)
    if (container === null || typeof mount?.mountPath !== 'string' || mount.readOnly === true) return null
    return writeOne(at(container.path, 'volumeMounts', { mountPath: mount.mountPath }, 'readOnly'), true)
  }),
  edit('node-selector', TEMPLATED, (target) => {
    const map = at(podOf(target), 'nodeSelector')
    return writeOne(at(map, 'lab.example.com/pool'), 'reserved', { orAt: [map] })
  }),
  edit('toleration-add', TEMPLATED, (target) => {
    const path = at(podOf(target), 'tolerations')
    return writeOne(path, [...listMaps(look(target.live, path)), { key: 'lab.example.com/reserved', operator: 'Exists' }])
  }),
  edit('affinity', TEMPLATED, (target) => {
    const expression = { key: 'lab.example.com/zone', operator: 'In', values: ['a', 'b'] }
    const value = [{ weight: 3, preference: { matchExpressions: [expression] } }]
    return writeOne(at(podOf(target), 'affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution'), value)
  }),
  edit('pod-security-context', TEMPLATED, (target) => writeOne(at(podOf(target), 'securityContext', 'runAsUser'), 4321)),
  edit('service-account', TEMPLATED, (target) => {
    const path = at(podOf(target), 'serviceAccountName')
    const args = ['set', 'serviceaccount', nameForKubectl(target), 'lab-account']
    return writeOne(path, 'lab-account', { ...byKubectl('kubectl-set', ...args), tolerated: [at(podOf(target), 'serviceAccount')] })
  }),
  edit('grace-period', TEMPLATED, (target) => {
    const path = at(podOf(target), 'terminationGracePeriodSeconds')
    return writeOne(path, numberAt(target.live, path, 30) + 11)
  }),
  edit('host-aliases', TEMPLATED, (target) =>
    writeOne(at(podOf(target), 'hostAliases', { ip: '192.0.2.9' }), { ip: '192.0.2.9', hostnames: ['lab.example.com'] }),
  ),
  edit('topology-spread', TEMPLATED, (target) => {
    const key = { topologyKey: 'lab.example.com/rack', whenUnsatisfiable: 'ScheduleAnyway' }
    return writeOne(at(podOf(target), 'topologySpreadConstraints', key), { ...key, maxSkew: 2, labelSelector: {} })
  }),
  edit('host-network', TEMPLATED, (target) =>
    look(target.live, at(podOf(target), 'hostNetwork')) === true ? null : writeOne(at(podOf(target), 'hostNetwork'), true),
  ),
  edit('dns-config', TEMPLATED, (target) => writeOne(at(podOf(target), 'dnsConfig', 'options'), [{ name: 'ndots', value: '1' }])),
  edit('pull-secret-add', TEMPLATED, (target) =>
    writeOne(at(podOf(target), 'imagePullSecrets', { name: 'lab-registry' }), { name: 'lab-registry' }),
  ),
  edit('template-label-add', TEMPLATED, (target) => writeOne(at(templateOf(target), 'metadata', 'labels', 'lab.example.com/team'), 'blue')),
  edit('template-annotation-add', TEMPLATED, (target) =>
    writeOne(at(templateOf(target), 'metadata', 'annotations', 'lab.example.com/scrape'), 'true'),
  ),
  edit('template-annotation-change', TEMPLATED, (target, random) => {
    const map = at(templateOf(target), 'metadata', 'annotations')
    const key = random.pick(declaredTexts(target, map))
    return key === undefined ? null : writeOne(at(map, key), 'changed-by-hand')
  }),
]
