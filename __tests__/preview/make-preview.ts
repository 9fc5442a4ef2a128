import type { Finding, Json, ObjectRef, Preview, PreviewChange, Prospect, TargetReport } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { PROSPECTS } from '../../src/preview/headline.ts'
import type { PreviewReport } from '../../src/report/preview/arrange.ts'
import { toYaml } from '../../src/report/view.ts'
import { makeDrifted, makeIncomplete } from '../report/make-report.ts'

/** Reports of a pull request for the tests of all writers: the story of the design, as a preview would tell it. */

export const REPO = 'https://github.example/grokdevops/grokdevops'
export const RUN_URL = `${REPO}/actions/runs/19623456789`
export const ISSUE_URL = `${REPO}/issues/12`
/** All addresses that a writer may link to. */
export const LINKS = [RUN_URL, ISSUE_URL, `${REPO}/pull/41`]
export const OPTIONS = { key: '00c0ffee00c0ffee', run: 19623456789, runUrl: RUN_URL } as const

const NAMED = { namespace: 'grokdevops', name: 'grokdevops' } as const
export const DEPLOYMENT: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', ...NAMED }
const SERVICE: ObjectRef = { apiVersion: 'v1', kind: 'Service', ...NAMED }
const CONFIG: ObjectRef = { apiVersion: 'v1', kind: 'ConfigMap', ...NAMED }
const BUDGET: ObjectRef = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', ...NAMED }
const DEFINITION: ObjectRef = {
  ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  ...{ namespace: null, name: 'backups.grokdevops.example' },
}
const IMAGE = 'spec.template.spec.containers[name=grokdevops].image'
const DEBUG = 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]'
const CONFLICT = 'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas'
const SCALED = 'id-Deployment-spec.replicas'
const DEBUGGED = `id-Deployment-${DEBUG}`
const OLD = 'registry.example/grokdevops:1.4.0'
const NEW = 'registry.example/grokdevops:1.5.0'
const on = (value: string) => ({ name: 'DEBUG', value })

type Sides = { readonly base?: Json; readonly head?: Json; readonly live?: Json }

export function makeChange(prospect: Prospect, object: ObjectRef, path: string, sides: Sides, more: Partial<PreviewChange>): PreviewChange {
  const steps = parsePath(path)
  if (steps === null) throw new Error(`not a path: ${path}`)
  const { base, head, live } = sides
  return { prospect, object, path: steps, base, head, live, ours: true, contested: false, text: '', confidence: 'certain', ...more }
}

const BUMP = makeChange(
  'changes',
  DEPLOYMENT,
  IMAGE,
  { base: OLD, head: NEW, live: OLD },
  { text: 'The image is bumped; the pods are replaced.' },
)
const RESET = makeChange(...(['undoes', DEPLOYMENT, 'spec.replicas', { base: 3, head: 3, live: 5 }] as const), {
  ours: false,
  finding: SCALED,
  text: 'The deploy scales from 5 back to 3: the release is applied on the client, and Git declares 3',
})
const REFUSED = makeChange(...(['fails', DEPLOYMENT, 'spec.replicas', { base: 3, head: 3, live: 5 }] as const), {
  ours: false,
  finding: SCALED,
  conflict: CONFLICT,
  text: 'The deploy stops here: the release is applied on the server, and kubectl (scale) owns the field with 5',
})
const STAYS = makeChange(...(['leaves', DEPLOYMENT, DEBUG, { live: on('true') }] as const), {
  ours: false,
  finding: DEBUGGED,
  text: 'Git does not declare it, so no deploy touches it',
})

function deployment(replicas: number, image: string, debug: string | null): string {
  const env = [{ name: 'LOG_LEVEL', value: 'info' }, ...(debug === null ? [] : [on(debug)])]
  const containers = [{ name: 'grokdevops', image, ports: [{ containerPort: 8080, name: 'http' }], env }]
  return toYaml({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...NAMED },
    spec: { replicas, template: { spec: { containers } } },
  })
}

const LIVE = deployment(5, OLD, 'true')

/** (a) bumps the image; the release is applied on the client. */
export function makeBump(): PreviewReport {
  return makeOf({
    headline: 'Deploying this sets replicas back from 5 to 3, which somebody scaled by hand, and leaves DEBUG=true as it is.',
    ...{ kinds: ['image', 'values'], files: ['devops/helm/values-dev.yaml'], changes: [RESET, STAYS, BUMP] },
    views: [{ object: DEPLOYMENT, desired: deployment(3, NEW, 'true'), live: LIVE }],
  })
}

/** (b) the same; the release is applied on the server. */
export function makeBlocked(): PreviewReport {
  return makeOf({
    headline: 'Deploying this will fail: kubectl owns spec.replicas with 5, and Git says 3.',
    ...{ kinds: ['image', 'values'], files: ['devops/helm/values-dev.yaml'], changes: [REFUSED, STAYS, BUMP] },
    views: [{ object: DEPLOYMENT, desired: deployment(3, NEW, 'true'), live: LIVE }],
  })
}

/** (c) sets replicas to 5. */
export function makeCodified(whole = false): PreviewReport {
  const taken = makeChange(...(['codifies', DEPLOYMENT, 'spec.replicas', { base: 3, head: 5, live: 5 }] as const), {
    finding: SCALED,
    text: 'Git comes to say 5, as somebody has scaled it by hand',
  })
  return makeOf({
    headline: 'This codifies the scaling to 5 replicas, and leaves DEBUG=true as it is.',
    ...{ kinds: ['values'], files: ['devops/helm/values-dev.yaml'], changes: whole ? [taken] : [taken, STAYS] },
    ...{ views: [], issues: [{ number: 12, url: ISSUE_URL, whole }] },
  })
}

/** (d) adds DEBUG=false, while DEBUG=true is there by hand. */
export function makeContested(): PreviewReport {
  const sides = { head: on('false'), live: on('true') }
  const text = 'The pull request sets DEBUG to false, and somebody has set it to true by hand: ask who, and why, before this is merged'
  return makeOf({
    headline: 'This turns off DEBUG, which somebody has turned on by hand, and sets replicas back from 5 to 3.',
    ...{ kinds: ['values'], files: ['devops/helm/values-dev.yaml'] },
    changes: [RESET, makeChange('undoes', DEPLOYMENT, DEBUG, sides, { contested: true, finding: DEBUGGED, text })],
    views: [{ object: DEPLOYMENT, desired: deployment(3, OLD, 'false'), live: LIVE }],
  })
}

/** (e) whole objects, what is like that already, what nobody knows, texts of several lines, and much that is folded. */
export function makeMixed(): PreviewReport {
  const labels = Array.from({ length: 12 }, (_, index) =>
    makeChange(
      'changes',
      { ...DEPLOYMENT, name: `app-${index}` },
      'metadata.labels["helm.sh/chart"]',
      { base: 'app-1.4.0', head: 'app-1.5.0', live: 'app-1.4.0' },
      { folded: 'version-label' },
    ),
  )
  const sums = ['one', 'two'].map((name) =>
    makeChange(
      'changes',
      DEPLOYMENT,
      `spec.template.metadata.annotations["checksum/${name}"]`,
      { base: 'aa', head: 'bb', live: 'aa' },
      { folded: 'checksum' },
    ),
  )
  const file = (level: string) => `server:\n  port: 8080\nlogging:\n  level: ${level}\n`
  const redacted = { redacted: true }
  return makeOf({
    headline: 'Deploying this deletes Service/grokdevops and creates PodDisruptionBudget/grokdevops.',
    ...{ kinds: ['templates', 'dependencies', 'definitions'] },
    files: Array.from({ length: 7 }, (_, index) => `devops/helm/grokdevops/templates/part-${index}.yaml`),
    changes: [
      makeChange('deletes', SERVICE, '', {}, { text: 'The chart does not render it any more, so the deploy deletes it' }),
      makeChange(
        'unknown',
        CONFIG,
        'data.MODE',
        { base: 'a', head: 'b', live: 'c' },
        { ours: false, confidence: 'uncertain', text: 'Who wrote it is not known' },
      ),
      makeChange('creates', BUDGET, '', {}, { text: 'The chart renders it anew' }),
      makeChange(
        'changes',
        CONFIG,
        'data["application.yaml"]',
        { base: file('info'), head: file('debug'), live: file('info') },
        { text: 'The text changes in one line' },
      ),
      makeChange(
        'changes',
        CONFIG,
        'data.PASSWORD',
        { base: redacted, head: redacted, live: redacted },
        { text: 'A secret value changes', confidence: 'likely' },
      ),
      makeChange(
        'no-op',
        CONFIG,
        'data.COLOUR',
        { base: 'blue', head: 'green', live: 'green' },
        { text: 'The cluster says green already' },
      ),
      ...[...labels, ...sums],
      makeChange('changes', CONFIG, 'data.TOKEN', { base: redacted, head: redacted, live: redacted }, { folded: 'unstable' }),
      makeChange('changes', DEFINITION, '', {}, { folded: 'definition', text: 'Helm does not upgrade it' }),
    ],
    views: [
      { object: SERVICE, desired: '', live: 'kind: Service\nspec:\n  type: ClusterIP\n' },
      { object: BUDGET, desired: 'kind: PodDisruptionBudget\nspec:\n  minAvailable: 1\n', live: '' },
    ],
  })
}

/** (f) of a fork: nothing but the base to compare with. */
export function makeFork(): PreviewReport {
  const report = makeOf({
    headline: 'Against its base, this changes 1 place in 1 object; no cluster could be read.',
    ...{ kinds: ['image', 'values'], files: ['devops/helm/values-dev.yaml'], against: 'base' },
    changes: [{ ...BUMP, live: undefined, confidence: 'uncertain' }],
    views: [{ object: DEPLOYMENT, desired: deployment(3, NEW, null), live: deployment(3, OLD, null) }],
  })
  return { ...report, pullRequest: { ...report.pullRequest, fromFork: true } }
}

/** (g) the pull request does not render. */
export function makeBroken(): PreviewReport {
  const [bump] = makeBump().targets
  if (bump === undefined) throw new Error('no target')
  const { preview: _, ...target } = bump
  const message =
    'The chart of the pull request does not render.\nError: execution error at (grokdevops/templates/deployment.yaml:12:24): image.tag is required\n\nUse --debug flag to render out invalid YAML'
  const error = { message, where: 'devops/helm/grokdevops', remedy: 'Render it with `helm template`, and mend what it says.' }
  return wrap([{ ...target, verdict: 'error', complete: false, findings: [], views: [], error }])
}

/** (h) nothing concerns the cluster: what is there by hand stays whatever the pull request does. */
export function makeCalm(): PreviewReport {
  return makeOf({
    headline: 'This changes nothing in the cluster.',
    ...{ kinds: ['templates'], files: ['devops/helm/grokdevops/README.md'], changes: [STAYS], views: [] },
  })
}

/** Several targets: one calm, one with changes, one that fails, one in error, and some that are not touched. */
export function makeSeveral(): PreviewReport {
  const rename = ({ targets }: PreviewReport, name: string) => targets.map((target): TargetReport => ({ ...target, name }))
  const unread = makeIncomplete().targets[0]?.unread.slice(0, 2) ?? []
  const bumped = rename(makeBump(), 'grokdevops-dev').map((target) => ({
    ...{ ...target, unread, complete: false },
    counts: { ...target.counts, unread: unread.length },
  }))
  return {
    ...wrap([
      ...rename(makeCalm(), 'search'),
      ...bumped,
      ...rename(makeBlocked(), 'grokdevops-production'),
      ...rename(makeBroken(), 'billing'),
    ]),
  }
}

/** `changes` places in 50 objects, of one prospect each in turn. */
export function makeLarge(changes: number): PreviewReport {
  const all = Array.from({ length: changes }, (_, index) =>
    makeChange(
      (['undoes', 'codifies', 'changes'] as const)[index % 3] ?? 'changes',
      { ...DEPLOYMENT, name: `app-${index % 50}` },
      `data.key${index}`,
      { base: 'é'.repeat(100), head: 'ü'.repeat(100), live: `${'ä'.repeat(100)}${index}` },
      { text: `It is what it is, ${index}` },
    ),
  )
  const lines = (text: string) => Array.from({ length: Math.min(changes, 100) }, (_, index) => `key${index}: ${text}\n`).join('')
  const views = Array.from({ length: 50 }, (_, index) => ({
    object: { ...DEPLOYMENT, name: `app-${index}` },
    desired: lines('a'),
    live: lines('b'),
  }))
  return makeOf({
    headline: 'Deploying this sets back much that was made by hand.',
    kinds: ['values'],
    files: ['values.yaml'],
    changes: all,
    views,
  })
}

/** As many targets as wanted, each with one change. */
export function makeCrowd(number: number): PreviewReport {
  const [target] = makeBump().targets
  if (target === undefined) throw new Error('no target')
  return wrap(Array.from({ length: number }, (_, index) => ({ ...target, name: `target-${index}` })))
}

/** The same text in every place that a report of a pull request has for a text. */
export function makeHostile(nasty: string): PreviewReport {
  const object = { apiVersion: nasty, kind: nasty, namespace: nasty, name: nasty }
  const [drifted] = makeDrifted().targets
  const [finding] = drifted?.findings ?? []
  if (drifted === undefined || finding === undefined) throw new Error('no finding')
  const path = [{ field: nasty }, { key: { name: nasty } }, { value: nasty }]
  const findings: readonly Finding[] = [
    {
      ...{ ...finding, id: nasty, object, path, because: nasty, desired: nasty, live: nasty },
      evidence: { manager: nasty, operation: 'Update', subresource: nasty, time: nasty },
      ...{ drift: false, acceptance: { by: nasty, because: nasty, until: nasty, url: nasty } },
    },
  ]
  const changes = PROSPECTS.flatMap((prospect) =>
    [path, []].flatMap((steps) =>
      [undefined, 'checksum' as const].map((folded): PreviewChange => {
        const sides = { base: nasty, head: { [nasty]: [nasty] }, live: `${nasty}\n2` }
        const told = { text: nasty, conflict: nasty, finding: nasty, ours: true, contested: prospect === 'undoes' || prospect === 'fails' }
        return { prospect, object, path: steps, ...sides, ...told, confidence: 'likely', ...(folded === undefined ? {} : { folded }) }
      }),
    ),
  )
  const preview: Preview = {
    ...{ headline: nasty, kinds: ['values'], files: [nasty], against: 'base', changes, counts: countChanges(changes) },
    views: [{ object, desired: `a: ${nasty}\n`, live: `b: ${nasty}\n` }],
    issues: [{ number: 7, url: nasty, whole: true }],
  }
  const unread = [{ object, reason: nasty, detail: nasty, remedy: nasty }]
  const notes = [{ kind: nasty, object, path: nasty, message: nasty }]
  const named = { name: nasty, release: nasty, namespace: nasty }
  const hostile: TargetReport = { ...drifted, ...named, findings, unread, notes, setAside: [{ object, reason: nasty }], views: [], preview }
  const failed: TargetReport = {
    ...{ ...drifted, ...named, verdict: 'error', findings: [], views: [] },
    error: { message: `${nasty}\n${nasty}`, where: nasty, remedy: `${nasty}\n${nasty}` },
  }
  const report = wrap([hostile, failed])
  const pullRequest = { number: 41, url: nasty, base: nasty, head: nasty, fromFork: true, untouched: [nasty] }
  return { ...report, pullRequest, tool: { name: 'plumbline', version: nasty }, notes: [{ kind: nasty, message: nasty }] }
}

/** Every story by the name of its golden file. */
export const STORIES: Readonly<Record<string, () => PreviewReport>> = {
  bump: makeBump,
  blocked: makeBlocked,
  codified: makeCodified,
  'codified-whole': () => makeCodified(true),
  contested: makeContested,
  mixed: makeMixed,
  fork: makeFork,
  broken: makeBroken,
  calm: makeCalm,
  several: makeSeveral,
}

type Parts = Omit<Preview, 'counts' | 'against'> & Partial<Pick<Preview, 'against'>>

export function makeOf(parts: Parts): PreviewReport {
  const [drifted] = makeDrifted().targets
  if (drifted === undefined) throw new Error('no target')
  const { changes, against = 'cluster' } = parts
  const preview: Preview = { ...parts, against, counts: countChanges(changes) }
  const known =
    against === 'cluster' ? drifted : { ...drifted, findings: [], verdict: 'in-sync' as const, counts: { ...drifted.counts, drift: 0 } }
  return wrap([{ ...known, views: [], preview }])
}

function countChanges(changes: readonly PreviewChange[]): Preview['counts'] {
  const number = (prospect: Prospect) => changes.filter((change) => change.prospect === prospect).length
  return Object.fromEntries(PROSPECTS.map((prospect) => [prospect, number(prospect)])) as Preview['counts']
}

function wrap(targets: readonly TargetReport[]): PreviewReport {
  const verdict = targets.find((target) => target.verdict === 'error')?.verdict ?? targets[0]?.verdict ?? 'error'
  return {
    ...{ ...makeDrifted(), verdict, targets },
    pullRequest: {
      ...{ number: 41, url: `${REPO}/pull/41`, fromFork: false },
      ...{ base: '9f3c1d0b7a5e4c2d8f60a1b2c3d4e5f60718293a', head: '0b1c2d3e4f5061728394a5b6c7d8e9f001122334' },
      untouched: targets.length === 1 ? [] : ['monitoring', 'ingress'],
    },
  }
}
