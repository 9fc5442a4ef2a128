import type { ProcessGap, TargetReport } from '../../model.ts'
import { shorten } from '../values.ts'
import { writeAbsences } from './circumstances.ts'
import { type Html, html } from './markup.ts'
import { copyable, fold, paragraph, prose } from './parts.ts'

const MOST_WRITERS = 100

/** How it could happen, and what would have stopped it: for the day after, hence folded. */
export function writeGap(target: TargetReport): Html | null {
  const gap = target.decision?.gap ?? null
  if (gap === null) return null
  const { summary, rbac, policy, absences } = gap
  return html`${paragraph(summary)}
${writeWriters(gap)}
${rbac !== null && fold('Roles with fewer rights', copyable(rbac, 'RBAC as YAML'))}
${policy !== null && fold('A policy that only lets deployers change it', copyable(policy, 'ValidatingAdmissionPolicy as YAML'))}
${writeSteps(gap)}${writeAbsences(absences)}`
}

function writeWriters({ writers }: ProcessGap): Html | null {
  if (writers.length === 0) return null
  const rows = writers
    .slice(0, MOST_WRITERS)
    .map(
      ({ subject, rights, through, deploys }) =>
        html`<tr><th scope="row">${shorten(subject, 200)}</th><td data-label="May">${shorten(rights, 300)}</td><td data-label="Through">${shorten(through, 300)}</td><td data-label="Deploys">${deploys ? 'yes' : 'no'}</td></tr>`,
    )
  const left = writers.length - rows.length
  return fold(
    'Who may write here',
    html`<table class="list"><thead><tr><th scope="col">Who</th><th scope="col">May</th><th scope="col">Through</th><th scope="col">Deploys</th></tr></thead><tbody>${rows}</tbody></table>${
      left > 0 && html`<p class="small">And ${String(left)} more; report.json has all.</p>`
    }`,
  )
}

function writeSteps({ steps }: ProcessGap): Html | null {
  if (steps.length === 0) return null
  const items = steps.map(
    ({ text, command }, index) =>
      html`<li><p>${prose(text)}</p>${command !== undefined && copyable(command, `Command for step ${String(index + 1)}`)}</li>`,
  )
  return fold('How to try it, step by step', html`<ol>${items}</ol>`)
}
