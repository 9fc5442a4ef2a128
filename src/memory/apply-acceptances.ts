import type { Finding, TargetReport } from '../model.ts'
import { countFindings, judgeCounts } from '../report/count-findings.ts'
import type { AcceptanceRecord } from './model.ts'

/**
 * Marks the drift that people have accepted. A record covers ids, and an id covers the live value, so another change to the
 * same place is never covered. What is no drift anyway, such as an ignored finding, stays as it is.
 *
 * @param records those in force; one that has ended by `now` covers nothing. Of several for one id the newest counts
 * @param now RFC 3339
 */
export function applyAcceptances(target: TargetReport, records: readonly AcceptanceRecord[], now: string): TargetReport {
  if (target.verdict === 'error') return target
  const covering = new Map<string, AcceptanceRecord>()
  const holding = records.filter(({ until }) => Date.parse(until) > Date.parse(now))
  for (const record of holding.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    for (const id of record.ids) covering.set(id, record)
  }
  const findings = target.findings.map((finding) => accept(finding, covering.get(finding.id)))
  const counts = { ...target.counts, ...countFindings(findings) }
  return { ...target, findings, counts, verdict: judgeCounts(counts) }
}

function accept(finding: Finding, record: AcceptanceRecord | undefined): Finding {
  if (!finding.drift || record === undefined) return finding
  const { by, because, until, comment } = record
  return { ...finding, drift: false, acceptance: { by, because, until, url: comment.url } }
}
