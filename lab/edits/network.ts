import type { Json, JsonObject } from '../../src/model.ts'
import type { Released } from '../model.ts'
import { at, isMap, look } from '../places.ts'
import { declaredTexts, type EditKind, edit, listMaps, listUnique, writeOne } from './kind.ts'

/** What a Service is given when it leaves the inside of the cluster. */
const ALLOCATED = [at('spec', 'externalTrafficPolicy'), at('spec', 'allocateLoadBalancerNodePorts')]

/** Edits of how traffic flows. */
export const networkEdits: readonly EditKind[] = [
  edit('service-port-add', ['Service'], ({ live }) => {
    if (live.type === 'ExternalName' || listMaps(look(live, at('spec', 'ports'))).some(({ name }) => name === undefined)) return null
    const key = { port: 6543, protocol: 'TCP' }
    return writeOne(at('spec', 'ports', key), { ...key, name: 'lab-debug', targetPort: 6543 })
  }),
  edit('service-port-remove', ['Service'], (target, random) => {
    const ports = listPorts(target)
    const port = random.pick(ports)
    return port === undefined || ports.length < 2 ? null : writeOne(port.path, undefined)
  }),
  edit('service-target-port', ['Service'], (target, random) => {
    const port = random.pick(listPorts(target))
    return port === undefined ? null : writeOne(at(port.path, 'targetPort'), 6543)
  }),
  edit('service-selector-add', ['Service'], ({ live }) => {
    const map = at('spec', 'selector')
    return look(live, map) === undefined ? null : writeOne(at(map, 'lab.example.com/canary'), 'true', { orAt: [map] })
  }),
  edit('service-selector-change', ['Service'], (target, random) => {
    const map = at('spec', 'selector')
    const key = random.pick(declaredTexts(target, map))
    return key === undefined ? null : writeOne(at(map, key), 'elsewhere', { orAt: [map] })
  }),
  edit('service-node-port', ['Service'], (target) => expose(target, 'NodePort')),
  edit('service-load-balancer', ['Service'], (target) => expose(target, 'LoadBalancer')),
  edit('service-port-number', ['Service'], (target, random) => {
    const port = random.pick(listPorts(target))
    const before = port === undefined ? undefined : look(target.live, port.path)
    if (port === undefined || !isMap(before) || look(target.live, at('spec', 'type')) !== 'ClusterIP') return null
    const key = { port: 6544, protocol: String(before.protocol) }
    const added = at('spec', 'ports', key)
    return {
      // The element whose key changed is one change, at its old place or at its new one.
      writes: [
        { path: port.path, value: undefined },
        { path: added, value: { ...before, ...key } },
      ],
      expect: [port.path, at(port.path, 'port'), added, at(added, 'port')],
    }
  }),
  edit('service-external-name', ['Service'], (target) => {
    if (!isInternal(target)) return null
    const writes = [
      { path: at('spec', 'type'), value: 'ExternalName' },
      { path: at('spec', 'externalName'), value: 'elsewhere.example.com' },
    ]
    const dropped = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy', 'sessionAffinity']
    return { writes, tolerated: dropped.map((name) => at('spec', name)) }
  }),
  edit('service-affinity', ['Service'], ({ live }) =>
    look(live, at('spec', 'sessionAffinity')) === 'ClientIP'
      ? null
      : writeOne(at('spec', 'sessionAffinity'), 'ClientIP', { tolerated: [at('spec', 'sessionAffinityConfig')] }),
  ),
  edit('service-external-ips', ['Service'], () => writeOne(at('spec', 'externalIPs'), ['192.0.2.77'], { tolerated: ALLOCATED })),
  edit('service-not-ready', ['Service'], ({ live }) => {
    const path = at('spec', 'publishNotReadyAddresses')
    return writeOne(path, look(live, path) !== true)
  }),
  edit('service-traffic-policy', ['Service'], ({ live }) =>
    look(live, at('spec', 'internalTrafficPolicy')) === 'Cluster' ? writeOne(at('spec', 'internalTrafficPolicy'), 'Local') : null,
  ),
  edit(
    'ingress-host',
    ['Ingress'],
    ({ live }) => {
      const [first, ...others] = listMaps(look(live, at('spec', 'rules')))
      return first === undefined ? null : writeOne(at('spec', 'rules'), [{ ...first, host: 'elsewhere.example.com' }, ...others])
    },
    3,
  ),
  edit(
    'ingress-rule-add',
    ['Ingress'],
    ({ live }) => {
      const rules = listMaps(look(live, at('spec', 'rules')))
      const [first] = rules
      return first === undefined ? null : writeOne(at('spec', 'rules'), [...rules, { ...first, host: 'second.example.com' }])
    },
    3,
  ),
  edit(
    'ingress-tls',
    ['Ingress'],
    ({ live }) =>
      writeOne(at('spec', 'tls'), [...listMaps(look(live, at('spec', 'tls'))), { hosts: ['lab.example.com'], secretName: 'lab-tls' }]),
    3,
  ),
  edit('ingress-class', ['Ingress'], () => writeOne(at('spec', 'ingressClassName'), 'lab-class'), 3),
  edit(
    'ingress-annotation',
    ['Ingress'],
    () => writeOne(at('metadata', 'annotations', 'nginx.ingress.kubernetes.io/whitelist-source-range'), '0.0.0.0/0'),
    3,
  ),
  edit(
    'network-policy-widen',
    ['NetworkPolicy'],
    ({ live }) =>
      writeOne(at('spec', 'ingress'), [...listMaps(look(live, at('spec', 'ingress'))), { from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }]),
    3,
  ),
  edit(
    'network-policy-selector',
    ['NetworkPolicy'],
    () => {
      const map = at('spec', 'podSelector')
      const path = at(map, 'matchLabels', 'lab.example.com/open')
      return writeOne(path, 'no', { orAt: [at(map, 'matchLabels'), map] })
    },
    3,
  ),
]

function listPorts({ live, declared }: Released): readonly { readonly path: ReturnType<typeof at> }[] {
  return listUnique(look(live, at('spec', 'ports')), 'port', 'protocol')
    .map(({ port, protocol }) => ({ path: at('spec', 'ports', { port: Number(port), protocol: String(protocol) }) }))
    .filter(({ path }) => look(declared, path) !== undefined)
}

/** Headless services have no address that could be opened. */
function isInternal({ live }: Released): boolean {
  return look(live, at('spec', 'type')) === 'ClusterIP' && look(live, at('spec', 'clusterIP')) !== 'None'
}

function expose(target: Released, type: Json): ReturnType<EditKind['propose']> {
  const { live } = target
  if (!isInternal(target)) return null
  const ports = listMaps(look(live, at('spec', 'ports'))).map(({ port, protocol }: JsonObject) =>
    at('spec', 'ports', { port: Number(port), protocol: String(protocol) }, 'nodePort'),
  )
  return writeOne(at('spec', 'type'), type, { tolerated: [...ALLOCATED, ...ports] })
}
