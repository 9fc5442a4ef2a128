// Acts that must not be told as drift.

import type { Json } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import { applyWrites, at, canonize, isMap, look } from '../places.ts'
import { declaredTexts, listUnique, nameForKubectl, numberAt } from './kind.ts'
import { pickContainer, ROLLING, TEMPLATED, templateOf } from './pods.ts'
import { patchAs, type QuietKind, runKubectl } from './quiet-act.ts'
import { isAutoscaled } from './workloads.ts'

/** Every act of this sort. */
export const quietKinds: readonly QuietKind[] = [
  {
    id: 'env-set-and-back',
    propose: (target, random) => {
      const container = TEMPLATED.includes(target.ref.kind) ? pickContainer(target, random) : null
      if (container === null) return null
      const command = ['set', 'env', nameForKubectl(target), '-c', container.name]
      return runKubectl(target, [...command, 'LAB_ONCE=1'], [...command, 'LAB_ONCE-'])
    },
  },
  {
    id: 'scale-and-back',
    propose: (target, _, scene) => {
      if (!['Deployment', 'StatefulSet'].includes(target.ref.kind) || isAutoscaled(target, scene)) return null
      const before = numberAt(target.live, at('spec', 'replicas'), 1)
      return runKubectl(target, ...[before + 1, before].map((count) => ['scale', nameForKubectl(target), `--replicas=${count}`]))
    },
  },
  {
    id: 'label-same-value',
    propose: (target, random) => {
      const key = random.pick(declaredTexts(target, at('metadata', 'labels')))
      return key === undefined
        ? null
        : runKubectl(target, [
            'label',
            nameForKubectl(target),
            '--overwrite',
            `${key}=${String(look(target.live, at('metadata', 'labels', key)))}`,
          ])
    },
  },
  {
    id: 'image-same-value-applied',
    propose: (target, random) => {
      const container = TEMPLATED.includes(target.ref.kind) ? pickContainer(target, random) : null
      const image = container === null ? undefined : look(target.live, at(container.path, 'image'))
      if (container === null || typeof image !== 'string') return null
      const { apiVersion, kind, name, namespace } = target.ref
      const bare = { apiVersion, kind, metadata: { name, namespace } }
      const object = applyWrites(bare, [{ path: at(container.path, 'image'), value: image }])
      return runKubectl(target, {
        args: ['apply', '--server-side', '--force-conflicts', '--field-manager=ops-script', '-f', '-'],
        stdin: JSON.stringify(object),
      })
    },
  },
  {
    id: 'rollout-restart',
    propose: (target) => {
      if (!ROLLING.includes(target.ref.kind) || look(target.live, at('spec', 'paused')) === true) return null
      const path = at(templateOf(target), 'metadata', 'annotations')
      const accept = [at(path, 'kubectl.kubernetes.io/restartedAt'), path].map((each) => canonize(formatPath(each)))
      return {
        ...runKubectl(target, ['rollout', 'restart', nameForKubectl(target)]),
        shows: [{ accept, manager: 'kubectl-rollout', below: 'nothing' }],
        at: at(path, 'kubectl.kubernetes.io/restartedAt'),
      }
    },
  },
  {
    id: 'autoscaler-at-work',
    propose: ({ ref, live }, _, { released }) => {
      const scaler = released.find(
        ({ ref: { kind }, live: { spec } }) =>
          kind === 'HorizontalPodAutoscaler' &&
          isMap(spec) &&
          isMap(spec.scaleTargetRef) &&
          spec.scaleTargetRef.name === ref.name &&
          spec.scaleTargetRef.kind === ref.kind,
      )
      if (scaler === undefined) return null
      const [max, now] = [numberAt(scaler.live, at('spec', 'maxReplicas'), 1), numberAt(live, at('spec', 'replicas'), 1)]
      return now >= max
        ? null
        : patchAs(`${ref.kind}/${ref.name} scaled to ${max} as kube-controller-manager`, ref, '/scale', 'kube-controller-manager', {
            spec: { replicas: max },
          })
    },
  },
  {
    id: 'ca-bundle-filled',
    propose: ({ ref, live, declared }) => {
      if (!ref.kind.endsWith('WebhookConfiguration')) return null
      const hooks = listUnique(live.webhooks, 'name')
      const isOpen = (name: Json) =>
        [live, declared].every((object) => isBlank(look(object, at('webhooks', { name: String(name) }, 'clientConfig', 'caBundle'))))
      const names = hooks.flatMap(({ name = '' }) => (isOpen(name) ? [String(name)] : []))
      if (names.length === 0) return null
      return {
        command: `caBundle of ${names.length} webhooks filled in as cert-manager-cainjector`,
        shows: [],
        act: async ({ kube, certificate }) => {
          const writes = names.map((name) => ({ path: at('webhooks', { name }, 'clientConfig', 'caBundle'), value: certificate }))
          const now = await kube.get(ref)
          if (now === null) return 'the object was gone before'
          const answer = await kube.call('PUT', `${kube.pathOf(ref)}?fieldManager=cert-manager-cainjector`, applyWrites(now, writes))
          return answer.status < 300 ? null : JSON.stringify(answer.body)
        },
      }
    },
  },
  {
    id: 'own-manifest-applied',
    propose: (target) => {
      const name = nameForKubectl(target)
      return {
        command: `kubectl get ${name} -o json | kubectl apply -f -`,
        shows: [],
        act: async ({ hand }) => {
          const got = await hand.kubectl({ args: ['get', name, '-o', 'json'] }, target.ref.namespace)
          // The annotation holds the whole object and may not be larger than 256 KiB.
          if (got.code !== 0 || got.stdout.length > 200_000) return got.stderr || 'too large for client-side apply'
          const done = await hand.kubectl({ args: ['apply', '-f', '-'], stdin: got.stdout }, target.ref.namespace)
          return done.code === 0 ? null : done.stderr
        },
      }
    },
  },
]

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}
