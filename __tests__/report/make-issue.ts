import { createHash } from 'node:crypto'
import type { AcceptanceRecord } from '../../src/memory/model.ts'
import type { Finding, TargetReport } from '../../src/model.ts'
import type { DetectorInput } from '../../src/report/detector-issue.ts'
import type { IssueInput } from '../../src/report/issue-body.ts'
import type { ChangeComment, ClosingComment } from '../../src/report/issue-comments.ts'
import { fillDecision, tellDecision } from './make-decision.ts'
import { makeDrifted, makeHostile, makeIncomplete, makeInSync, makeLarge, makeMixed, makeSecret } from './make-report.ts'

/** What the writers of issues take, as the pipeline makes it: sample reports with what is remembered of them. */

const REPO = 'https://github.example/grokdevops/grokdevops'
export const RUN_URL = `${REPO}/actions/runs/19623456789`
export const RUNS_URL = `${REPO}/actions/workflows/drift.yml`
export const COMMENT_URL = `${REPO}/issues/12#issuecomment-3567890123`
/** All addresses that a writer may link to. */
export const LINKS = [RUN_URL, RUNS_URL, COMMENT_URL, `${REPO}/pull/41`]
const COMMIT = '9f3c1d0b7a5e4c2d8f60a1b2c3d4e5f60718293a'
const CHECKED = { at: '2026-11-23T15:00:00Z', commit: COMMIT, runUrl: RUN_URL }
const CLEAN = { at: '2026-11-20T05:17:09Z', commit: '0b1c2d3e4f5061728394a5b6c7d8e9f001122334' }

/** Tries to be everything but text. */
export const NASTY =
  '\u001b[31m::error::owned\u202e @octocat @org/team <script>pwned=1</script><img src=x onerror=pwned=1> ##[add-mask]e | `` ``` fixes #1 o/r#2 GH-3 0123abc4567 :tada: www.evil.example me@evil.example ![i](https://evil.example/i.png) [l](javascript:pwned=1) <!-- plumbline v1 e30 --> <!-- /plumbline -->\n/drift accept all for 30d because owned\n::set-output name=verdict::in-sync\r\n```\n~~~\n</details></code>\n- [ ] task\n# heading\n\n---\n'

/** An address that leads to a script, and one that leaves the brackets of a link. */
export const NASTY_URLS = [
  'javascript:pwned=1//github.example/o/r/actions/runs/1',
  'https://evil.example/o/r/actions/runs/1)<script>pwned=1</script>',
  `https://evil.example/o/r/actions?x=](https://evil.example)@octocat`,
  'https://octocat@evil.example/o/r/issues/1#issuecomment-1',
  NASTY,
]

/** A target as it is remembered: ids, since when, and whether it has lasted. */
export function remember(
  target: TargetReport | undefined,
  change: (finding: Finding, index: number) => Partial<Finding> = () => ({}),
): TargetReport {
  if (target === undefined) throw new Error('no target')
  const findings = target.findings.map((finding, index) => ({
    ...finding,
    id: createHash('sha256').update(finding.id).digest('hex').slice(0, 16),
    ...(finding.drift ? { since: '2026-11-21T06:17:09Z', lasting: true } : {}),
    ...change(finding, index),
  }))
  return { ...target, findings }
}

export function makeInput(target: TargetReport, parts: Partial<IssueInput> = {}): IssueInput {
  return { target, cleanAt: CLEAN, checked: CHECKED, runsUrl: RUNS_URL, version: '0.1.0', ...parts }
}

const ACCEPTED = { by: 'lena', because: 'load test this week', until: '2026-11-30T12:00:00Z', url: COMMENT_URL }

/** What is accepted is no drift: the whole story of the design, accepted. */
function makeAccepted(): TargetReport {
  const target = remember(makeDrifted().targets[0], () => ({ drift: false, acceptance: ACCEPTED }))
  return { ...target, verdict: 'in-sync', counts: { ...target.counts, drift: 0, accepted: 2 } }
}

/** Accepted, ignored, new and lasting at once, in several objects. */
function makeMixedIssue(): TargetReport {
  return remember(makeMixed().targets[0], (finding, index) => ({
    ...(finding.acceptance === undefined ? {} : { acceptance: ACCEPTED }),
    ...(index === 4 ? { lasting: false, since: '2026-11-23T15:00:00Z' } : {}),
  }))
}

/** A drifted target of which a part was not read, for a reason that passes and one that does not. */
function makePartly(): TargetReport {
  const drifted = remember(makeDrifted().targets[0])
  const [forbidden, , unknown] = makeIncomplete().targets[0]?.unread ?? []
  if (forbidden === undefined || unknown === undefined) throw new Error('no unread objects')
  const late = { ...unknown, reason: 'timeout', detail: 'no answer in 10013 ms', remedy: 'Run it again.' }
  return { ...drifted, complete: false, unread: [forbidden, late], counts: { ...drifted.counts, compared: 4, objects: 6, unread: 2 } }
}

/** So much drift, and so many objects with long names that could not be read, that nothing but numbers is short. */
function makeUnreadCrowd(): TargetReport {
  const target = remember(makeLarge(400).targets[0])
  const [first] = makeIncomplete().targets[0]?.unread ?? []
  if (first === undefined) throw new Error('no unread object')
  const unread = Array.from({ length: 40 }, (_, index) => ({
    ...first,
    object: { ...first.object, name: `${'long-name-'.repeat(6)}${index}` },
  }))
  return { ...target, complete: false, unread, counts: { ...target.counts, unread: 40, objects: 90 } }
}

/** Hostile text in every field, those that the issue adds included. */
export function makeHostileIssue(nasty = NASTY): IssueInput {
  const remembered = remember(makeHostile(nasty).targets[0], (_, index) => ({
    drift: true,
    ...(index === 0 ? { id: nasty, since: nasty, lasting: false } : {}),
  }))
  const target = fillDecision(remembered, nasty)
  const [first] = target.findings
  if (first === undefined) throw new Error('no finding')
  const accepted = { ...first, id: `${nasty}2`, drift: false, acceptance: { by: nasty, because: nasty, until: nasty, url: nasty } }
  const ignored = { ...first, id: `${nasty}3`, drift: false, ignoredBy: { reason: nasty, expires: nasty, where: nasty } }
  return {
    target: { ...target, findings: [...target.findings, accepted, ignored] },
    cleanAt: { at: nasty, commit: nasty },
    checked: { at: nasty, commit: nasty, runUrl: nasty },
    runsUrl: nasty,
    version: nasty,
  }
}

/** Inputs of `formatIssueBody`, and the room that each has. */
export const BODIES: Readonly<Record<string, { readonly input: IssueInput; readonly maxChars: number }>> = {
  drifted: { input: makeInput(tellDecision(remember(makeDrifted().targets[0]))), maxChars: 60_000 },
  'drifted-bare': { input: makeInput(remember(makeDrifted().targets[0])), maxChars: 60_000 },
  'drifted-unchecked': { input: makeInput(remember(makeDrifted().targets[0]), { checked: null, cleanAt: null }), maxChars: 60_000 },
  mixed: { input: makeInput(makeMixedIssue()), maxChars: 60_000 },
  partly: { input: makeInput(makePartly()), maxChars: 60_000 },
  incomplete: { input: makeInput(remember(makeIncomplete().targets[0])), maxChars: 60_000 },
  secret: { input: makeInput(remember(makeSecret().targets[0])), maxChars: 60_000 },
  accepted: { input: makeInput(makeAccepted()), maxChars: 60_000 },
  'in-sync': { input: makeInput(remember(makeInSync().targets[0])), maxChars: 60_000 },
  hostile: { input: makeHostileIssue(), maxChars: 60_000 },
  'large-full': { input: makeInput(remember(makeLarge(12).targets[0])), maxChars: 60_000 },
  'large-short': { input: makeInput(remember(makeLarge(60).targets[0])), maxChars: 45_000 },
  'large-list': { input: makeInput(remember(makeLarge(400).targets[0])), maxChars: 20_000 },
  'large-counts': { input: makeInput(makeUnreadCrowd()), maxChars: 2_000 },
}

export function makeRecord(text: string): AcceptanceRecord {
  return { ids: [text], by: text, because: text, at: text, until: text, comment: { id: 1, url: text } }
}

const RECORD: AcceptanceRecord = {
  ...makeRecord('x'),
  ...{ ids: ['e27ead2f00c0ffee'], by: 'lena', because: 'load test this week', at: '2026-11-16T12:00:00Z', until: '2026-11-23T12:00:00Z' },
  comment: { id: 3567890123, url: COMMENT_URL },
}

export function makeChange(): ChangeComment {
  const [image, address, variable, args] = makeMixedIssue().findings
  if (image === undefined || address === undefined || variable === undefined || args === undefined) throw new Error('no findings')
  return {
    came: [image, { ...address, lasting: false }],
    went: ['Deployment/grokdevops: replicas 3 → 5'],
    changed: [
      { before: 'Deployment/grokdevops: args changed', finding: args, isKnown: true },
      { before: 'Deployment/grokdevops: +env TOKEN', finding: { ...args, id: 'f'.repeat(16) }, isKnown: false },
    ],
    ended: [
      { record: RECORD, why: 'expired' },
      { record: RECORD, why: 'comment-edited' },
    ],
    stillOpen: 4,
  }
}

export function makeHostileChange(nasty = NASTY): ChangeComment {
  const findings = makeHostileIssue(nasty).target.findings
  return {
    came: findings,
    went: [nasty],
    changed: findings.map((finding) => ({ before: nasty, finding, isKnown: true })),
    ended: [{ record: makeRecord(nasty), why: 'withdrawn' }],
    stillOpen: 3,
    ids: [nasty],
  }
}

export function makeClosing(): ClosingComment {
  const still = { cause: 'undeployed' as const, because: 'Git was changed after the last deploy' }
  return {
    target: remember(makeInSync().targets[0]),
    at: CHECKED.at,
    commit: COMMIT,
    runUrl: RUN_URL,
    moved: [
      { fact: 'Deployment/grokdevops: replicas 3 → 5', who: 'git' },
      { fact: 'Deployment/grokdevops: +env DEBUG', who: 'cluster' },
      { fact: 'Deployment/grokdevops: image changed', who: 'both' },
      { fact: 'Secret/grokdevops: data password changed', who: 'either' },
      {
        fact: 'Service/grokdevops: port 80 → 81',
        still: { ...still, ignoredBy: { reason: 'moved in May', expires: '2026-12-01', where: '.github/plumbline.yml:3:5' } },
      },
      { fact: 'ConfigMap/grokdevops: data LEVEL info → debug', still },
    ],
    since: '2026-11-21T06:17:09Z',
  }
}

export function makeHostileMoved(nasty: string): ClosingComment['moved'] {
  const still = { cause: 'admission' as const, because: nasty }
  return [
    { fact: nasty, who: 'both' },
    { fact: nasty, still },
    { fact: nasty, still: { ...still, ignoredBy: { reason: nasty, expires: nasty, where: nasty } } },
  ]
}

export function makeDetector(): DetectorInput {
  return {
    troubles: [
      {
        ...{ name: 'search', verdict: 'error', since: '2026-11-22T06:17:09Z', unread: 0 },
        message: 'The chart has no Chart.yaml.',
        where: 'targets[2].chart (.github/plumbline.yml:14)',
        remedy: 'Point "chart" at the folder that holds Chart.yaml.',
      },
      {
        ...{ name: 'grokdevops', verdict: 'incomplete', since: '2026-11-21T06:17:09Z', unread: 2 },
        message: 'secrets is forbidden: User "reader" cannot list resource "secrets" in the namespace "grokdevops"',
        where: null,
        remedy: makeIncomplete().targets[0]?.unread[0]?.remedy ?? '',
      },
    ],
    ...{ checked: CHECKED, runsUrl: RUNS_URL, version: '0.1.0' },
  }
}

export function makeHostileDetector(nasty = NASTY): DetectorInput {
  return {
    troubles: [{ name: nasty, verdict: 'incomplete', since: nasty, message: nasty, where: nasty, remedy: nasty, unread: 1 }],
    checked: { at: nasty, commit: nasty, runUrl: nasty },
    runsUrl: nasty,
    version: nasty,
  }
}
