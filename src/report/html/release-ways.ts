import type { TargetReport } from '../../model.ts'
import { formatNamedFact } from '../values.ts'
import { type Html, html } from './markup.ts'
import { bullets, copyable, download, facts, heading, paragraph, prose } from './parts.ts'

const TOOLS = { helm: 'Helm', argocd: 'Argo CD', flux: 'Flux', kubectl: 'kubectl' } as const
const MOST_LEFT = 50

/** Both ways for the release as a whole. */
export function writeReleaseWays(target: TargetReport, level: number): Html | null {
  const ways = target.decision?.ways
  if (ways === undefined) return null
  const { keep, revert } = ways
  const known = new Map(target.findings.map((finding) => [finding.id, formatNamedFact(finding, target.namespace)]))
  const leaves = keep.leaves.slice(0, MOST_LEFT).map(({ finding, why }) => prose(`${known.get(finding) ?? finding}: ${why}`))
  const more = keep.leaves.length - leaves.length
  return html`<div class="ways">
<div class="way">${heading(level, 'Keep all that can be kept')}
${paragraph(keep.summary)}
${keep.patch !== null && copyable(keep.patch, 'Patch for git apply', download(keep.patch, `${target.name}.patch`))}
${leaves.length > 0 && html`<p>What it leaves:</p>${bullets([...leaves, ...(more > 0 ? [`and ${more} more; report.json has all`] : [])])}`}</div>
<div class="way">${heading(level, 'Revert the release')}
${paragraph(revert.summary)}
${revert.whole.map(
  ({ tool, command, effect, approval }) =>
    html`${copyable(command, `With ${TOOLS[tool]}`)}${facts([
      ['Effect', prose(effect)],
      ['Approval', prose(approval)],
    ])}`,
)}</div></div>`
}
