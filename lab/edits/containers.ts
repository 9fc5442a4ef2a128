import type { Json } from '../../src/model.ts'
import { at, look } from '../places.ts'
import { byKubectl, type EditKind, edit, listMaps, listUnique, nameForKubectl, numberAt, writeOne } from './kind.ts'
import { pickContainer, TEMPLATED } from './pods.ts'

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Edits of the containers of a workload. */
export const containerEdits: readonly EditKind[] = [
  inContainer('env-add', (target, container) => {
    const args = ['set', 'env', nameForKubectl(target), '-c', container.name, 'LAB_DEBUG=true']
    const path = at(container.path, 'env', { name: 'LAB_DEBUG' })
    return writeOne(path, { name: 'LAB_DEBUG', value: 'true' }, byKubectl('kubectl-set', ...args))
  }),
  inContainer('env-add-by-patch', ({ live }, container, random) => {
    const name = random.pick(['LAB_TRACE', 'HTTP_PROXY', 'LAB_POD'])
    if (name === undefined || look(live, at(container.path, 'env', { name })) !== undefined) return null
    const from = { valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }
    const path = at(container.path, 'env', { name })
    return writeOne(path, { name, ...(name === 'LAB_POD' ? from : { value: 'http://127.0.0.1:1' }) })
  }),
  inContainer('env-change', (target, container, random) => {
    const name = random.pick(listPlainVariables(target.declared, container.path))
    if (name === undefined) return null
    const args = ['set', 'env', nameForKubectl(target), '-c', container.name, `${name}=changed-by-hand`]
    return writeOne(at(container.path, 'env', { name }, 'value'), 'changed-by-hand', byKubectl('kubectl-set', ...args))
  }),
  inContainer('env-remove', (target, container, random) => {
    const name = random.pick(listPlainVariables(target.declared, container.path))
    if (name === undefined) return null
    const args = ['set', 'env', nameForKubectl(target), '-c', container.name, `${name}-`]
    return writeOne(at(container.path, 'env', { name }), undefined, byKubectl('kubectl-set', ...args))
  }),
  inContainer('env-from-add', ({ live }, container) => {
    const path = at(container.path, 'envFrom')
    return writeOne(path, [...listMaps(look(live, path)), { configMapRef: { name: 'lab-debug', optional: true } }])
  }),
  inContainer('image', (target, container) => {
    const image = 'registry.example.com/hotfix:2026.11'
    const args = ['set', 'image', nameForKubectl(target), `${container.name}=${image}`]
    return writeOne(at(container.path, 'image'), image, byKubectl('kubectl-set', ...args))
  }),
  inContainer('image-pull-policy', ({ live }, container) => {
    const path = at(container.path, 'imagePullPolicy')
    return writeOne(path, look(live, path) === 'Always' ? 'IfNotPresent' : 'Always')
  }),
  inContainer('resources', (target, container) => {
    const limits = { cpu: '17', memory: '63Gi' }
    const args = ['set', 'resources', nameForKubectl(target), '-c', container.name, '--limits=cpu=17,memory=63Gi']
    const writes = Object.entries(limits).map(([name, value]) => ({ path: at(container.path, 'resources', 'limits', name), value }))
    return { writes, ...byKubectl('kubectl-set', ...args) }
  }),
  inContainer('resources-request', (_, container) => writeOne(at(container.path, 'resources', 'requests', 'cpu'), '3m')),
  inContainer('args-append', ({ live }, container) => {
    const path = at(container.path, 'args')
    return writeOne(path, [...listTexts(look(live, path)), '--lab-verbose=true'])
  }),
  inContainer('args-remove', ({ declared }, container) => {
    const args = listTexts(look(declared, at(container.path, 'args')))
    return args.length < 2 ? null : writeOne(at(container.path, 'args'), args.slice(0, -1))
  }),
  inContainer('args-reorder', ({ declared }, container) => {
    const args = listTexts(look(declared, at(container.path, 'args')))
    return args.length < 2 || args[0] === args.at(-1) ? null : writeOne(at(container.path, 'args'), args.toReversed())
  }),
  inContainer('command', (_, container) => writeOne(at(container.path, 'command'), ['/bin/sh', '-c', 'sleep 3600'])),
  inContainer('port-add', ({ live }, container) => {
    const list = at(container.path, 'ports')
    if (listMaps(look(live, list)).some((port) => port.containerPort === 6543)) return null
    const key = { containerPort: 6543, protocol: 'TCP' }
    return writeOne(at(list, key), { ...key, name: 'lab-debug' })
  }),
  inContainer('port-remove', ({ live, declared }, container, random) => {
    const list = at(container.path, 'ports')
    const port = random.pick(listUnique(look(live, list), 'containerPort', 'protocol'))
    if (typeof port?.containerPort !== 'number') return null
    const path = at(list, { containerPort: port.containerPort, protocol: String(port.protocol) })
    return look(declared, path) === undefined ? null : writeOne(path, undefined)
  }),
  inContainer('probe-change', ({ live }, container, random) => {
    const probe = random.pick(PROBES.filter((name) => look(live, at(container.path, name)) !== undefined))
    if (probe === undefined) return null
    const path = at(container.path, probe, random.pick(['failureThreshold', 'periodSeconds', 'timeoutSeconds']) ?? 'periodSeconds')
    return writeOne(path, numberAt(live, path, 1) + 7)
  }),
  inContainer('probe-remove', ({ declared }, container, random) => {
    const probe = random.pick(PROBES.filter((name) => look(declared, at(container.path, name)) !== undefined))
    return probe === undefined ? null : writeOne(at(container.path, probe), undefined)
  }),
  inContainer('probe-add', ({ live }, container, random) => {
    const probe = random.pick(['livenessProbe', 'readinessProbe'].filter((name) => look(live, at(container.path, name)) === undefined))
    return probe === undefined ? null : writeOne(at(container.path, probe), { tcpSocket: { port: 6543 }, periodSeconds: 30 })
  }),
  inContainer('container-security-context', ({ live }, container) => {
    const path = at(container.path, 'securityContext', 'readOnlyRootFilesystem')
    return writeOne(path, look(live, path) !== true)
  }),
  inContainer('container-run-as-root', (_, container) => writeOne(at(container.path, 'securityContext', 'runAsUser'), 0)),
  inContainer('lifecycle', (_, container) => writeOne(at(container.path, 'lifecycle', 'preStop'), { exec: { command: ['sleep', '31'] } })),
  forged('forged-deployer', 'helm'),
  forged('forged-gitops', 'argocd-controller'),
  forged('forged-controller', 'kube-controller-manager'),
  inContainer('working-dir', (_, container) => writeOne(at(container.path, 'workingDir'), '/tmp/lab')),
]

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe']
/** Anyone may call themselves what they like: what no commit ever rendered is drift under any name. */
function forged(id: string, manager: string): EditKind {
  return inContainer(id, (target, container) => {
    const args = ['set', 'env', nameForKubectl(target), '-c', container.name, 'LAB_FORGED=true', `--field-manager=${manager}`]
    return writeOne(at(container.path, 'env', { name: 'LAB_FORGED' }), { name: 'LAB_FORGED', value: 'true' }, byKubectl(manager, ...args))
  })
}

type InContainer = (
  target: Parameters<EditKind['propose']>[0],
  container: NonNullable<ReturnType<typeof pickContainer>>,
  random: Parameters<EditKind['propose']>[1],
) => ReturnType<EditKind['propose']>

function inContainer(id: string, propose: InContainer): EditKind {
  return edit(id, TEMPLATED, (target, random) => {
    const container = pickContainer(target, random)
    return container === null ? null : propose(target, container, random)
  })
}

function listTexts(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

function listPlainVariables(declared: Parameters<typeof look>[0], container: Parameters<typeof look>[1]): readonly string[] {
  return listUnique(look(declared, at(container, 'env')), 'name').flatMap(({ name, value }) =>
    typeof name === 'string' && VARIABLE.test(name) && typeof value === 'string' && value !== 'changed-by-hand' ? [name] : [],
  )
}
