import type { Act, Fact, Finding, Report, TargetReport } from '../../src/model.ts'
import { makeDecision, TOLD } from './make-decision.ts'
import { makeDrifted, makeIncomplete, makeInSync, makeLarge, makeMixed, makeSecret, makeSeveral } from './make-report.ts'

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
