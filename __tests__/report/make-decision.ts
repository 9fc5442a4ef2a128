import type { Choices, Decision, Fate, Meaning, ObjectRef, TargetReport } from '../../src/model.ts'

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
