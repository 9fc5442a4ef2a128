import type { Path } from '../../src/model.ts'
import type { Released } from '../model.ts'
import { at, look } from '../places.ts'
import { byKubectl, declaredTexts, type EditKind, edit, nameForKubectl, writeOne } from './kind.ts'

const LABELS = at('metadata', 'labels')
const ANNOTATIONS = at('metadata', 'annotations')
/** Nothing else disappears or changes with an object of these kinds. */
const DELETABLE = [
  ...['ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Ingress'],
  ...['NetworkPolicy', 'PodDisruptionBudget', 'HorizontalPodAutoscaler', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'PriorityClass', 'IngressClass'],
]
/** Helm's own marks, and what a chart uses to steer other tools: removing them has consequences of its own. */
const OURS = /^(meta\.helm\.sh|helm\.sh|app\.kubernetes\.io\/managed-by)/

/** Taken off again when the lab cleans up. */
export const FINALIZER = 'lab.example.com/hold'

/** Edits that any object can suffer. */
export const objectEdits: readonly EditKind[] = [
  onAny('label-add', (target) => writeOne(at(LABELS, 'lab.example.com/owner'), 'jane', byLabel(target, 'lab.example.com/owner=jane'))),
  onAny('label-change', (target, pick) => {
    const key = pick(LABELS)
    return key === undefined ? null : writeOne(at(LABELS, key), 'by-hand', byLabel(target, '--overwrite', `${key}=by-hand`))
  }),
  onAny('label-remove', (target, pick) => {
    const key = pick(LABELS)
    return key === undefined || isUnknowable(target) ? null : writeOne(at(LABELS, key), undefined, byLabel(target, `${key}-`))
  }),
  onAny('annotation-add', (target) =>
    writeOne(at(ANNOTATIONS, 'lab.example.com/why'), 'night shift', byAnnotate(target, 'lab.example.com/why=night shift')),
  ),
  onAny(
    'annotation-change',
    (target, pick) => {
      const key = pick(ANNOTATIONS)
      return key === undefined ? null : writeOne(at(ANNOTATIONS, key), 'by-hand', byAnnotate(target, '--overwrite', `${key}=by-hand`))
    },
    2,
  ),
  onAny(
    'annotation-remove',
    (target, pick) => {
      const key = pick(ANNOTATIONS)
      return key === undefined || isUnknowable(target) ? null : writeOne(at(ANNOTATIONS, key), undefined, byAnnotate(target, `${key}-`))
    },
    2,
  ),
  onAny('finalizer-add', () => writeOne([...at('metadata', 'finalizers'), { value: FINALIZER }], FINALIZER)),
  edit(
    'delete',
    DELETABLE,
    (target) => ({
      writes: [{ path: [], value: undefined }],
      ...byKubectl('', 'delete', nameForKubectl(target), '--wait=false'),
    }),
    2,
  ),
]

/**
 * Helm installs what is in `crds/` once, never upgrades it and keeps no record of it, and a removal has no owner: whether
 * something was taken out of it or was not there yet is written nowhere in the cluster.
 */
function isUnknowable({ fromCrds }: Released): boolean {
  return fromCrds
}

function byLabel(target: Released, ...args: readonly string[]): ReturnType<typeof byKubectl> {
  return byKubectl('kubectl-label', 'label', nameForKubectl(target), ...args)
}

function byAnnotate(target: Released, ...args: readonly string[]): ReturnType<typeof byKubectl> {
  return byKubectl('kubectl-annotate', 'annotate', nameForKubectl(target), ...args)
}

function onAny(
  id: string,
  propose: (target: Released, pick: (map: Path) => string | undefined) => ReturnType<EditKind['propose']>,
  weight = 1,
): EditKind {
  return {
    id,
    weight,
    propose: (target, random) =>
      propose(target, (map) =>
        random.pick(declaredTexts(target, map).filter((key) => !OURS.test(key) && look(target.live, at(map, key)) !== 'by-hand')),
      ),
  }
}
