import type { Act, Fact, Finding, Report, TargetReport } from '../../src/model.ts'
import { makeDecision, TOLD } from './make-decision.ts'
import { makeDrifted, makeHostile, makeIncomplete, makeInSync, makeLarge, makeMixed, makeSecret, makeSeveral } from './make-report.ts'

/** Reports with what helps to decide, for the page. */

const CLEAN_AT = '2026-11-23T14:17:09Z'
const RUN = 'https://github.example/grokdevops/grokdevops/actions/runs/19623456789'

/** The story of the design with all that is told of it. */
export function makeStory(): Report {
  return mapTargets(makeDrifted(), (target) => decide(target))
}

/** The story, with a person found in the audit log, a long act and more that happened around it. */
export function makeWitnessed(): Report {
  return mapTargets(makeStory(), (target) => {
    const { decision } = target
    if (decision === undefined) throw new Error('no decision')
    const people: Act['people'] = [
      {
        ...{ user: 'lena@grokdevops.example', impersonatedBy: null, userAgent: 'kubectl/v1.34.5 (linux/amd64)', sources: ['10.0.4.17'] },
        ...{ time: '2026-11-23T14:50:36Z', verb: 'patch', confidence: 'certain' },
      },
      {
        ...{ user: 'oncall', impersonatedBy: 'lena@grokdevops.example', userAgent: null, sources: [] },
        ...{ time: '2026-11-23T14:51:02Z', verb: 'update', confidence: 'likely' },
      },
    ]
    const acts = decision.acts.map((act, index) => (index === 0 ? { ...act, people, to: '2026-11-23T14:52:10Z', queries: [] } : act))
    const facts: readonly Fact[] = [
      ...decision.circumstances.facts,
      {
        kind: 'workflow-run',
        text: 'The workflow Deploy failed on main.',
        ...{ time: '2026-11-23T14:41:00Z', url: RUN, steady: true },
      },
      {
        kind: 'autoscaler',
        text: 'No HorizontalPodAutoscaler or ScaledObject names this Deployment.',
        ...{ time: null, steady: true },
      },
    ]
    return { ...target, decision: { ...decision, acts, circumstances: { ...decision.circumstances, facts } } }
  })
}

/** All samples by name. */
export const PAGES: Readonly<Record<string, () => Report>> = {
  story: makeStory,
  witnessed: makeWitnessed,
  plain: makeDrifted,
  mixed: () => mapTargets(makeMixed(), (target) => decide(target)),
  several: makeSeveral,
  secret: makeSecret,
  incomplete: makeIncomplete,
  'in-sync': makeInSync,
  large: () => makeLarge(400),
}

/** Fills in what later stages know: the same of the first two findings as the story. */
export function decide(target: TargetReport): TargetReport {
  const drift = target.findings.filter((finding) => finding.drift)
  const findings = target.findings.map((finding): Finding => {
    const told = TOLD[drift.indexOf(finding)]
    return { ...finding, ...told, ...(finding.drift ? { since: '2026-11-23T14:53:09Z', lasting: true } : {}) }
  })
  const [first, second] = drift
  if (first === undefined || second === undefined) throw new Error('no two findings')
  return { ...target, findings, cleanAt: CLEAN_AT, decision: makeDecision([first.id, second.id]) }
}

export function mapTargets(report: Report, change: (target: TargetReport) => TargetReport): Report {
  return { ...report, targets: report.targets.map(change) }
}

/** What no writer may let act: markup, breaks out of attributes, characters that hide or reorder, commands of the runner. */
export const HOSTILE =
  '\u001b[31m::error::owned\u202e\u0000 "onmouseover=pwned=1 x="\' autofocus onfocus=pwned=1 <script>pwned=1</script></script></style></title></pre></code>' +
  '<img src=x onerror=pwned=1><svg onload=pwned=1><a href=javascript:pwned=1>x</a><base href=//evil.example/><meta http-equiv=refresh content=0>' +
  '<!-- --><![CDATA[x]]> &lt;b&gt; &#x3c;script&#x3e; `<b>` {{pwned=1}} \u200b\u2066\ufeff\ud800 ::set-output name=verdict::in-sync\r\n</details>\t<plaintext>'

/** The same text in every place that a report has for a text, those of the later stages included. */
export function makeHostilePage(nasty = HOSTILE): Report {
  const report = makeHostile(nasty)
  const ref = { apiVersion: nasty, kind: nasty, namespace: nasty, name: nasty }
  return {
    ...report,
    tool: { name: 'plumbline', version: nasty },
    notes: [{ kind: nasty, message: nasty }],
    targets: report.targets.map((target) => {
      const findings = target.findings.map((finding, index): Finding => {
        const told: Pick<Finding, 'meaning' | 'fate' | 'choices'> = {
          meaning: { title: nasty, area: 'security', reason: nasty },
          fate: { next: 'blocks-deploy', reason: nasty, confidence: 'likely', conflict: nasty },
          choices: {
            keep: {
              summary: nasty,
              edit: { file: nasty, key: nasty, from: nasty, to: nasty },
              patch: nasty,
              place: { file: nasty, line: 1 },
            },
            revert: {
              summary: nasty,
              command: nasty,
              guard: nasty,
              restartsPods: true,
              costs: [nasty],
              release: { command: nasty, reason: nasty },
            },
          },
        }
        return { ...finding, ...told, id: `${nasty}${index}`, since: nasty, lasting: false }
      })
      const [first] = findings
      if (first === undefined) return target
      const id = first.id
      const acceptance = { by: nasty, because: nasty, until: nasty, url: `javascript:pwned=1//${nasty}` }
      const others: readonly Finding[] = [
        { ...first, id: 'x', drift: false, acceptance },
        { ...first, id: 'y', drift: false, ignoredBy: { reason: nasty, expires: nasty, where: nasty } },
      ]
      const person = { user: nasty, impersonatedBy: nasty, userAgent: nasty, sources: [nasty], time: nasty, verb: nasty }
      const addresses = [
        'javascript:pwned=1',
        'data:text/html,<script>pwned=1</script>',
        'https://user:pass@evil.example/',
        `https://evil.example/"${nasty}`,
      ]
      return {
        ...target,
        ...{ release: nasty, namespace: nasty, cleanAt: nasty, findings: [...findings, ...others] },
        issue: { action: 'filed', number: 1, url: 'javascript:pwned=1', why: nasty },
        decision: {
          advice: {
            ...{
              lean: 'keep',
              confidence: 'uncertain',
              headline: nasty,
              reasons: [nasty],
              deadline: nasty,
              wouldChange: [nasty],
              approvals: [nasty],
            },
          },
          acts: [
            {
              ...{ manager: nasty, tool: nasty, from: nasty, to: nasty, findings: [id], caution: nasty },
              people: [{ ...person, confidence: 'likely' }],
              queries: [{ where: 'Kubernetes audit log', text: nasty }],
            },
          ],
          circumstances: {
            health: { state: 'degraded', objects: [{ object: ref, state: 'degraded', text: nasty }] },
            facts: addresses.flatMap((url): readonly Fact[] => [
              { kind: 'workflow-run', text: nasty, time: '2026-11-23T14:41:00Z', url, steady: true },
              { kind: 'release', text: nasty, time: nasty, url, steady: true },
            ]),
            absences: [{ source: nasty, why: nasty, remedy: nasty }],
          },
          ways: {
            keep: { summary: nasty, patch: nasty, covers: [id], leaves: [{ finding: nasty, why: nasty }] },
            revert: { summary: nasty, whole: [{ tool: 'argocd', command: nasty, effect: nasty, approval: nasty }] },
          },
          gap: {
            ...{ summary: nasty, rbac: nasty, policy: nasty, absences: [{ source: nasty, why: nasty, remedy: nasty }] },
            writers: [{ subject: nasty, rights: nasty, through: nasty, deploys: false }],
            steps: [{ text: nasty, command: nasty }],
          },
        },
      } as TargetReport
    }),
  }
}
