import type { Json, JsonObject, Path } from '../../src/model.ts'
import { type EditKind, edit, listMaps, listUnique, writeOne } from '../edits/kind.ts'
import { pickContainer, podOf, TEMPLATED } from '../edits/pods.ts'
import type { Proposal, Released, Write } from '../model.ts'
import { applyWrites, at, isMap, look } from '../places.ts'

/**
 * Edits after which a deploy fails though nobody owns what it sets: fields that cannot be changed back, in objects that
 * were deleted and made anew, and values that do not go together with the chart's.
 */
export const fateEdits: readonly EditKind[] = [
  edit('recreate-selector', ['Deployment', 'DaemonSet'], (target) =>
    recreate(target, [
      { path: at('spec', 'selector', 'matchLabels', 'lab'), value: 'anew' },
      { path: at('spec', 'template', 'metadata', 'labels', 'lab'), value: 'anew' },
    ]),
  ),
  edit('recreate-stateful-set', ['StatefulSet'], (target) => recreate(target, [{ path: at('spec', 'serviceName'), value: 'lab-anew' }])),
  edit('recreate-job', ['Job'], (target) => {
    const [container] = listUnique(look(target.declared, at('spec', 'template', 'spec', 'containers')), 'name')
    if (typeof container?.name !== 'string') return null
    const kept = applyWrites(target.live, [
      { path: at('spec', 'selector'), value: undefined },
      { path: at('spec', 'template', 'metadata', 'labels'), value: undefined },
    ])
    const path = at('spec', 'template', 'spec', 'containers', { name: container.name }, 'image')
    return recreate({ ...target, live: kept }, [{ path, value: 'registry.example.com/anew' }])
  }),
  edit('recreate-role-ref', ['RoleBinding', 'ClusterRoleBinding'], (target) =>
    recreate(target, [{ path: at('roleRef', 'name'), value: 'lab-anew' }]),
  ),
  edit('recreate-storage-class', ['StorageClass'], (target) =>
    recreate(target, [{ path: at('provisioner'), value: 'lab.example.com/anew' }]),
  ),
  edit('recreate-priority-class', ['PriorityClass'], (target) =>
    recreate(target, [{ path: at('value'), value: Number(target.declared.value ?? 0) + 7 }]),
  ),
  edit('recreate-ingress-class', ['IngressClass'], (target) =>
    recreate(target, [{ path: at('spec', 'controller'), value: 'lab.example.com/anew' }]),
  ),
  edit('recreate-secret-type', ['Secret'], (target) =>
    target.declared.type === undefined ? null : recreate(target, [{ path: at('type'), value: 'lab.example.com/anew' }]),
  ),
  edit('recreate-as-it-was', ['ConfigMap', 'Deployment', 'Role', 'NetworkPolicy'], (target) =>
    recreate(target, [{ path: at('metadata', 'labels', 'lab.example.com/anew'), value: 'yes' }]),
  ),
  edit('config-sealed', ['ConfigMap', 'Secret'], ({ declared }) => {
    const name = Object.keys(isMap(declared.data) ? declared.data : {})[0]
    if (name === undefined) return null
    return {
      writes: [
        { path: at('data', name), value: declared.kind === 'Secret' ? 'c2VhbGVk' : 'sealed' },
        { path: at('immutable'), value: true },
      ],
    }
  }),
  inContainer('probe-other-handler', (container, path) => {
    const name = ['livenessProbe', 'readinessProbe', 'startupProbe'].find((probe) => look(container, at(probe, 'httpGet')) !== undefined)
    if (name === undefined) return null
    return {
      writes: [
        { path: at(path, name, 'httpGet'), value: undefined },
        { path: at(path, name, 'tcpSocket'), value: { port: 4711 } },
      ],
    }
  }),
  inContainer('env-to-source', (container, path) => {
    const variable = listUnique(container.env, 'name').find(({ value }) => typeof value === 'string' && value !== '')
    if (typeof variable?.name !== 'string') return null
    const place = at(path, 'env', { name: variable.name })
    const source = { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } }
    return {
      writes: [
        { path: at(place, 'value'), value: undefined },
        { path: at(place, 'valueFrom'), value: source },
      ],
    }
  }),
  inContainer('limit-below-request', (container, path) => {
    if (
      look(container, at('resources', 'requests', 'cpu')) === undefined ||
      look(container, at('resources', 'limits', 'cpu')) !== undefined
    )
      return null
    return {
      writes: [
        { path: at(path, 'resources', 'requests', 'cpu'), value: '1m' },
        { path: at(path, 'resources', 'limits', 'cpu'), value: '1m' },
      ],
    }
  }),
  inContainer('container-port-number', (container, path) => {
    const port = listUnique(container.ports, 'containerPort').find(({ name }) => name !== undefined)
    if (typeof port?.containerPort !== 'number') return null
    const key = { containerPort: port.containerPort, protocol: String(port.protocol ?? 'TCP') }
    return writeOne(at(path, 'ports', key, 'containerPort'), port.containerPort + 1, {})
  }),
  edit('volume-other-type', TEMPLATED, (target) => {
    const list = at(podOf(target), 'volumes')
    const volume = listMaps(look(target.declared, list)).find((one) => one.configMap !== undefined || one.emptyDir !== undefined)
    if (typeof volume?.name !== 'string') return null
    const [from, to] = volume.emptyDir === undefined ? ['configMap', 'emptyDir'] : ['emptyDir', 'hostPath']
    const place = at(list, { name: volume.name })
    const value: Json = to === 'emptyDir' ? {} : { path: '/lab', type: '' }
    return {
      writes: [
        { path: at(place, from), value: undefined },
        { path: at(place, to), value },
      ],
    }
  }),
  edit('budget-other-way', ['PodDisruptionBudget'], ({ declared }) => {
    const [from, to] =
      look(declared, at('spec', 'minAvailable')) === undefined ? ['maxUnavailable', 'minAvailable'] : ['minAvailable', 'maxUnavailable']
    if (look(declared, at('spec', from)) === undefined) return null
    return {
      writes: [
        { path: at('spec', from), value: undefined },
        { path: at('spec', to), value: 1 },
      ],
    }
  }),
]

/** Deleted and made again in one command, which changes what cannot be changed. */
function recreate(target: Released, writes: readonly Write[]): Proposal {
  const { status: _, metadata, ...rest } = target.live
  const { managedFields, resourceVersion, uid, creationTimestamp, generation, ownerReferences, ...kept } = isMap(metadata) ? metadata : {}
  const object = applyWrites({ ...rest, metadata: kept }, writes)
  const tool = { args: ['replace', '--force', '-f', '-'], stdin: JSON.stringify(object), manager: 'kubectl-replace' }
  // Whatever else was done to the object would be gone.
  return { writes, tool, tolerated: [[]] }
}

function inContainer(id: string, propose: (declared: JsonObject, path: Path) => Proposal | null): EditKind {
  return edit(id, TEMPLATED, (target, random) => {
    const container = pickContainer(target, random)
    const declared = container === null ? undefined : look(target.declared, container.path)
    return container === null || !isMap(declared) ? null : propose(declared, container.path)
  })
}
