import type { Advice, TargetReport } from '../../model.ts'
import { NEXT_STEP } from '../describe-finding.ts'
import { type Html, html } from './markup.ts'
import { bullets, heading, paragraph, prose } from './parts.ts'

const LEANS: Readonly<Record<Advice['lean'], string>> = { keep: 'Rather keep it', revert: 'Rather revert it', 'ask-first': 'Ask first' }

/** What to do, as far as it can be told: a recommendation with its reasons, or the general advice where there is none. */
export function writeAdvice(target: TargetReport, level: number): Html | null {
  if (target.verdict !== 'drifted') return null
  const advice = target.decision?.advice
  if (advice === undefined) return paragraph(NEXT_STEP)
  const { lean, confidence, headline, reasons, deadline, wouldChange, approvals } = advice
  return html`<p class="lean"><b>${LEANS[lean]}</b> <span class="age">${confidence}; a recommendation, not an action</span></p>
${paragraph(headline, 'headline')}
${deadline !== null && html`<p class="deadline">${prose(deadline)}</p>`}
${bullets(reasons.map((reason) => prose(reason)))}
${writeList('What would change this advice', wouldChange, level)}
${writeList('Whose word it takes', approvals, level)}
${paragraph(NEXT_STEP, 'small')}`
}

function writeList(title: string, items: readonly string[], level: number): Html | null {
  return items.length === 0 ? null : html`${heading(level, title)}${bullets(items.map((item) => prose(item)))}`
}
