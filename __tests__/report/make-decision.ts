import type { Choices, Decision, Fate, Finding, Meaning, ObjectRef, TargetReport, Witness } from '../../src/model.ts'

/** What helps to decide in the story of the design, as the pipeline gives it: for the tests of all writers. */

const DEPLOYMENT: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'grokdevops', name: 'grokdevops' }

type Told = { readonly meaning: Meaning; readonly fate: Fate; readonly choices: Choices }

/** What is told of the two findings of the story, replicas first. */
export const TOLD: readonly [Told, Told] = [
  {
    meaning: { title: 'manual scaling', area: 'capacity', reason: 'it changes how much load the application can carry' },
    fate: {
      next: 'blocks-deploy',
      confidence: 'certain',
      reason: 'the release is applied on the server, Git declares 3, and kubectl (scale) owns the field with 5',
      conflict: 'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    },
    choices: {
      keep: {
        summary: 'Set replicaCount to 5 in devops/helm/values-dev.yaml.',
        edit: { file: 'devops/helm/values-dev.yaml', key: 'replicaCount', from: '3', to: '5' },
        patch:
          '--- a/devops/helm/values-dev.yaml\n+++ b/devops/helm/values-dev.yaml\n@@ -1,3 +1,3 @@\n # What differs in development.\n-replicaCount: 3\n+replicaCount: 5\n image:\n',
      },
      revert: {
        summary: 'Scale it back to 3.',
        command: 'kubectl --namespace grokdevops scale deployment/grokdevops --current-replicas=5 --replicas=3',
        guard: 'It refuses if the replicas are not 5 any more.',
        restartsPods: false,
        costs: ['Takes 2 of 5 pods away.'],
        release: {
          command:
            'kubectl --namespace grokdevops patch deployment/grokdevops --type=json --patch=\'[{"op":"test","path":"/metadata/managedFields/1/manager","value":"kubectl"},{"op":"remove","path":"/metadata/managedFields/1"}]\'',
          reason: 'kubectl would still own the field, and a later deploy that changes it would fail.',
        },
      },
    },
  },
  {
    meaning: {
      title: 'debug flag',
      area: 'configuration',
      reason: 'debug output may slow the application down and log what should not be logged',
    },
    fate: { next: 'kept', confidence: 'certain', reason: 'Git does not declare it, so no deploy touches it' },
    choices: {
      keep: {
        summary: 'No values key drives this field: devops/helm/grokdevops/templates/deployment.yaml, line 31.',
        place: { file: 'devops/helm/grokdevops/templates/deployment.yaml', line: 31 },
      },
      revert: {
        summary: 'Take DEBUG out of the container grokdevops.',
        command: 'kubectl --namespace grokdevops set env deployment/grokdevops --containers=grokdevops DEBUG-',
        restartsPods: true,
        costs: ['Restarts 5 pods, one after the other.'],
      },
    },
  },
]

/** @param ids of the two findings, replicas first */
export function makeDecision([replicas, debug]: readonly [string, string]): Decision {
  return {
    advice: {
      lean: 'ask-first',
      confidence: 'likely',
      headline: 'The application is healthy, with 2 more replicas and debug output, and no deploy since: likely a hotfix.',
      reasons: [
        'All 5 replicas are available.',
        'No autoscaler is responsible for the replicas.',
        'Nothing was deployed since the change.',
      ],
      deadline: 'Decide before the next deploy: it will fail on spec.replicas.',
      wouldChange: ['A colleague who says that the load test is over: then revert.'],
      approvals: ['A forced sync or a deploy outside of the pipeline needs the word of the tech lead.'],
    },
    acts: [
      {
        manager: 'kubectl-set',
        tool: 'kubectl set',
        from: '2026-11-23T14:50:36Z',
        to: '2026-11-23T14:50:36Z',
        findings: [debug],
        people: [],
        caution: 'A pipeline that runs kubectl leaves the same record as a person.',
        queries: [
          {
            where: 'Kubernetes audit log',
            text: 'jq \'select(.verb != "get" and .objectRef.namespace == "grokdevops" and .objectRef.name == "grokdevops")\' audit.log',
          },
        ],
      },
      {
        manager: 'kubectl',
        tool: 'kubectl scale',
        ...{ from: null, to: null, findings: [replicas], people: [] },
        caution: 'The scale subresource leaves no time.',
        queries: [],
      },
    ],
    circumstances: {
      health: {
        state: 'healthy',
        objects: [{ object: DEPLOYMENT, state: 'healthy', text: 'all 5 replicas are up to date and available' }],
      },
      facts: [
        {
          kind: 'release',
          text: 'Revision 4 was deployed.',
          time: '2026-11-21T09:12:04Z',
          relation: 'before',
          steady: true,
        },
        {
          kind: 'pull-request',
          text: 'Pull request 41 (Raise replicas) touches this chart.',
          time: null,
          url: 'https://github.example/grokdevops/grokdevops/pull/41',
          steady: true,
        },
        { kind: 'warning', text: 'Readiness probe failed, 3 times on Pod/grokdevops-abc.', time: '2026-11-23T14:52:00Z', steady: false },
      ],
      absences: [
        {
          source: 'deployments on GitHub',
          why: 'the token may not read them',
          remedy: 'Give the job the permission `deployments: read`.',
        },
      ],
    },
    ways: {
      keep: {
        summary: '1 of 2 changes can be kept by a change of values.',
        patch: TOLD[0].choices.keep.patch ?? null,
        covers: [replicas],
        leaves: [{ finding: debug, why: 'no values key drives this field' }],
      },
      revert: {
        summary: 'Both changes can be taken back one by one.',
        whole: [
          {
            tool: 'helm',
            command:
              'helm upgrade grokdevops devops/helm/grokdevops --namespace grokdevops --values devops/helm/values-dev.yaml --force-conflicts',
            effect: 'Sets replicas back to 3 and leaves DEBUG as it is.',
            approval: 'A deploy outside of the pipeline needs the word of the tech lead.',
          },
        ],
      },
    },
    gap: {
      summary: '1 subject beside the deployers may change deployments in grokdevops.',
      writers: [
        {
          subject: 'Group developers',
          rights: 'patch, update deployments.apps',
          through: 'RoleBinding/edit -> ClusterRole/edit',
          deploys: false,
        },
      ],
      rbac: 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: developers-read\n  namespace: grokdevops\n',
      policy:
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata:\n  name: plumbline-grokdevops\nspec:\n  failurePolicy: Fail\n',
      steps: [
        { text: 'Apply the policy, which only warns and records at first.', command: 'kubectl apply --filename policy.yaml' },
        {
          text: 'Try a change as a person.',
          command: 'kubectl --namespace grokdevops scale deployment/grokdevops --replicas=3 --dry-run=server',
        },
      ],
      absences: [],
    },
  }
}

/** The target of the story with all that is told of it. */
export function tellDecision(target: TargetReport): TargetReport {
  const [replicas, debug] = target.findings
  if (replicas === undefined || debug === undefined) throw new Error('not the story')
  const findings = [
    { ...replicas, ...TOLD[0] },
    { ...debug, ...TOLD[1] },
  ]
  return { ...target, findings, decision: makeDecision([replicas.id, debug.id]) }
}

const WITNESS: Witness = {
  ...{ user: 'lena@example.com', impersonatedBy: null, userAgent: 'kubectl/v1.34.5', sources: ['10.0.0.7'] },
  ...{ time: '2026-11-23T14:50:36Z', verb: 'patch', confidence: 'certain' },
}

/** Of the story, with the person whom an audit log names. */
export function nameWitness(decision: Decision): Decision {
  return { ...decision, acts: decision.acts.map((act) => ({ ...act, people: [WITNESS], queries: [] })) }
}

/** Words that only this program gives, and ids. */
const FIXED = new Set(['lean', 'confidence', 'relation', 'state', 'next', 'area', 'steady', 'covers', 'finding', 'findings'])

/** A target with the same text in every place of what helps to decide, and in what is told of its first two findings. */
export function fillDecision(target: TargetReport, text: string): TargetReport {
  const fill = <T>(value: T): T => replaceStrings(value, () => text)
  const [first, second] = target.findings
  if (first === undefined || second === undefined) throw new Error('no findings')
  const decision = makeDecision([first.id, second.id])
  const people = [{ ...WITNESS, impersonatedBy: text }]
  const told = (finding: Finding, index: 0 | 1): Finding => ({ ...finding, ...fill(TOLD[index]) })
  return {
    ...target,
    findings: [told(first, 0), told(second, 1), ...target.findings.slice(2)],
    decision: fill({ ...decision, acts: decision.acts.map((act) => ({ ...act, people })) }),
  }
}

/** A copy with other texts; each time `next` is told where it is. What the types allow no other text for stays. */
export function replaceStrings<T>(value: T, next: (text: string, place: string) => string, place = ''): T {
  if (typeof value === 'string') return next(value, place) as T
  if (Array.isArray(value)) return value.map((child, index) => replaceStrings(child, next, `${place}[${index}]`)) as T
  if (value === null || typeof value !== 'object') return value
  const isFixed = (name: string) => FIXED.has(name) || (name === 'kind' && 'steady' in value) || (name === 'tool' && 'effect' in value)
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, isFixed(name) ? child : replaceStrings(child, next, `${place}.${name}`)]),
  ) as T
}
