import type { JsonObject, Path } from '../../src/model.ts'
import { at, look } from '../places.ts'
import type { Random } from '../random.ts'
import { type EditKind, edit, listMaps, listUnique, numberAt, writeOne } from './kind.ts'

const HOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** Edits of webhooks, autoscalers, budgets and claims. */
export const policyEdits: readonly EditKind[] = [
  onHook('webhook-failure-policy', (live, hook) => {
    const path = at(hook, 'failurePolicy')
    return writeOne(path, look(live, path) === 'Ignore' ? 'Fail' : 'Ignore')
  }),
  onHook('webhook-timeout', (live, hook) => {
    const path = at(hook, 'timeoutSeconds')
    return writeOne(path, numberAt(live, path, 10) === 3 ? 4 : 3)
  }),
  onHook('webhook-namespace-selector', (_, hook) => {
    const map = at(hook, 'namespaceSelector')
    const path = at(map, 'matchLabels', 'lab.example.com/checked')
    return writeOne(path, 'yes', { orAt: [at(map, 'matchLabels'), map] })
  }),
  onHook('webhook-rules', (live, hook) => {
    const rules = listMaps(look(live, at(hook, 'rules')))
    const [first, ...others] = rules
    return first === undefined ? null : writeOne(at(hook, 'rules'), [{ ...first, operations: ['DELETE'] }, ...others])
  }),
  edit(
    'webhook-remove',
    HOOKS,
    ({ live, declared }, random) => {
      const hook = pickHook(live, random)
      return hook === null || look(declared, hook) === undefined ? null : writeOne(hook, undefined)
    },
    3,
  ),
  edit(
    'hpa-max',
    ['HorizontalPodAutoscaler'],
    ({ live }) => {
      const path = at('spec', 'maxReplicas')
      return writeOne(path, numberAt(live, path, 1) + 5)
    },
    5,
  ),
  edit(
    'hpa-min',
    ['HorizontalPodAutoscaler'],
    ({ live }) => {
      const [min, max] = ['minReplicas', 'maxReplicas'].map((name) => numberAt(live, at('spec', name), 1))
      return min === undefined || max === undefined || min >= max ? null : writeOne(at('spec', 'minReplicas'), max)
    },
    5,
  ),
  edit(
    'hpa-metric',
    ['HorizontalPodAutoscaler'],
    ({ live }) => {
      const memory = { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 33 } } }
      const metrics = listMaps(look(live, at('spec', 'metrics')))
      return live.apiVersion === 'autoscaling/v2' ? writeOne(at('spec', 'metrics'), [...metrics, memory]) : null
    },
    5,
  ),
  edit(
    'budget',
    ['PodDisruptionBudget'],
    ({ live }) => {
      const name = look(live, at('spec', 'minAvailable')) === undefined ? 'maxUnavailable' : 'minAvailable'
      return writeOne(at('spec', name), '37%')
    },
    3,
  ),
  edit(
    'budget-eviction',
    ['PodDisruptionBudget'],
    ({ live }) =>
      writeOne(
        at('spec', 'unhealthyPodEvictionPolicy'),
        look(live, at('spec', 'unhealthyPodEvictionPolicy')) === 'AlwaysAllow' ? 'IfHealthyBudget' : 'AlwaysAllow',
      ),
    3,
  ),
  edit('claim-grow', ['PersistentVolumeClaim'], () => writeOne(at('spec', 'resources', 'requests', 'storage'), '333Gi'), 5),
  edit('quota', ['ResourceQuota'], () => writeOne(at('spec', 'hard', 'pods'), '777'), 5),
  edit('priority-description', ['PriorityClass'], () => writeOne(at('description'), 'changed by hand'), 5),
  edit(
    'storage-class-expansion',
    ['StorageClass'],
    ({ live }) => writeOne(at('allowVolumeExpansion'), live.allowVolumeExpansion !== true),
    5,
  ),
]

function pickHook(live: JsonObject, random: Random): Path | null {
  const name = random.pick(listUnique(live.webhooks, 'name'))?.name
  return typeof name === 'string' ? at('webhooks', { name }) : null
}

function onHook(id: string, propose: (live: JsonObject, hook: Path) => ReturnType<EditKind['propose']>): EditKind {
  return edit(
    id,
    HOOKS,
    ({ live }, random) => {
      const hook = pickHook(live, random)
      return hook === null ? null : propose(live, hook)
    },
    3,
  )
}
