import type { Released, Scene } from '../model.ts'
import { at, isMap, look } from '../places.ts'
import { byKubectl, type EditKind, edit, nameForKubectl, numberAt, writeOne } from './kind.ts'

const REPLICAS = at('spec', 'replicas')

/** Edits of how a workload is run. */
export const workloadEdits: readonly EditKind[] = [
  scale('scale', 'Deployment', (before) => before + 2),
  // A Scale leaves zero out when it is written as JSON, and what is left out has no owner; nor has what comes after it.
  scale('scale-to-zero', 'Deployment', () => 0, true),
  scale('scale-stateful-set', 'StatefulSet', (before) => before + 1),
  edit('replicas-by-patch', ['Deployment', 'StatefulSet'], (target, _, scene) =>
    isAutoscaled(target, scene) ? null : writeOne(REPLICAS, numberAt(target.live, REPLICAS, 1) + 1),
  ),
  edit('pause', ['Deployment'], (target) =>
    look(target.live, at('spec', 'paused')) === true
      ? null
      : writeOne(at('spec', 'paused'), true, byKubectl('kubectl-rollout', 'rollout', 'pause', nameForKubectl(target))),
  ),
  edit('strategy-recreate', ['Deployment'], ({ live }) => {
    if (look(live, at('spec', 'strategy', 'type')) !== 'RollingUpdate') return null
    return {
      writes: [
        { path: at('spec', 'strategy', 'type'), value: 'Recreate' },
        // Declared or a default, it must go: the API server refuses both together.
        { path: at('spec', 'strategy', 'rollingUpdate'), value: undefined },
      ],
    }
  }),
  edit('strategy-surge', ['Deployment'], ({ live }) =>
    look(live, at('spec', 'strategy', 'type')) === 'RollingUpdate'
      ? writeOne(at('spec', 'strategy', 'rollingUpdate', 'maxSurge'), '70%')
      : null,
  ),
  edit('update-on-delete', ['DaemonSet', 'StatefulSet'], ({ live }) => {
    if (look(live, at('spec', 'updateStrategy', 'type')) !== 'RollingUpdate') return null
    return {
      writes: [
        { path: at('spec', 'updateStrategy', 'type'), value: 'OnDelete' },
        { path: at('spec', 'updateStrategy', 'rollingUpdate'), value: undefined },
      ],
    }
  }),
  edit('daemon-set-unavailable', ['DaemonSet'], ({ live }) =>
    look(live, at('spec', 'updateStrategy', 'type')) === 'RollingUpdate'
      ? writeOne(at('spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable'), '43%')
      : null,
  ),
  edit('history-limit', ['Deployment', 'StatefulSet', 'DaemonSet'], ({ live }) => {
    const path = at('spec', 'revisionHistoryLimit')
    return writeOne(path, numberAt(live, path, 10) + 3)
  }),
  edit('min-ready', ['Deployment', 'DaemonSet', 'StatefulSet'], ({ live }) => {
    const path = at('spec', 'minReadySeconds')
    return writeOne(path, numberAt(live, path, 0) + 1)
  }),
  edit('progress-deadline', ['Deployment'], ({ live }) => {
    const path = at('spec', 'progressDeadlineSeconds')
    return writeOne(path, numberAt(live, path, 600) + 77)
  }),
  edit('cron-schedule', ['CronJob'], () => writeOne(at('spec', 'schedule'), '13 5 1 2 *'), 3),
  edit('cron-suspend', ['CronJob'], ({ live }) => writeOne(at('spec', 'suspend'), look(live, at('spec', 'suspend')) !== true), 3),
  edit(
    'cron-concurrency',
    ['CronJob'],
    ({ live }) => {
      const path = at('spec', 'concurrencyPolicy')
      return writeOne(path, look(live, path) === 'Replace' ? 'Forbid' : 'Replace')
    },
    3,
  ),
]

function scale(id: string, kind: string, next: (before: number) => number, unrecorded = false): EditKind {
  return edit(id, [kind], (target, _, scene) => {
    const before = numberAt(target.live, REPLICAS, 1)
    if (isAutoscaled(target, scene) || next(before) === before) return null
    const args = ['scale', nameForKubectl(target), `--replicas=${next(before)}`]
    return writeOne(REPLICAS, next(before), { ...byKubectl('kubectl', ...args), unrecorded: unrecorded || before === 0 })
  })
}

/** An autoscaler would set it back at once. */
export function isAutoscaled({ ref }: Released, { released }: Scene): boolean {
  return released.some(({ declared }) => {
    const target = look(declared, at('spec', 'scaleTargetRef'))
    return isMap(target) && target.name === ref.name && (target.kind ?? 'Deployment') === ref.kind
  })
}
