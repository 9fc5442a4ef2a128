import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { describeMeaning, endSentence } from './decision-words.ts'
import { nameObject } from './describe-finding.ts'
import { writeSentence } from './markdown-advice.ts'
import { formatChangeCell, formatFateCell, formatWriterCell } from './markdown-finding.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'

/**
 * Findings as a table in Markdown.
 *
 * @param now RFC 3339, for ages
 */
export function formatFindingsTable(findings: readonly Finding[], target: TargetReport, now: string): readonly string[] {
  if (findings.length === 0) return []
  const rows = findings.map(
    (finding) => `| ${formatPlace(finding, target)} | ${formatChangeCell(finding)} | ${formatWriterCell(finding, now)} |`,
  )
  return [['| What | Git → cluster | Written by |', '| --- | --- | --- |', ...rows].join('\n')]
}

/** What it means and what becomes of it stand with it: a phone shows no fourth column. */
function formatPlace(finding: Finding, target: TargetReport): string {
  const object = escapeMarkdown(nameObject(finding.object, target.namespace))
  const meaning = describeMeaning(finding)
  const why = meaning === null ? '' : `<br>${writeSentence(meaning)}: ${writeSentence(endSentence(finding.meaning?.reason ?? ''))}`
  const fate = formatFateCell(finding)
  const place = finding.path.length === 0 ? object : `${toCode(formatPath(finding.path), true)}<br>${object}`
  return `${place}${why}${fate === '' ? '' : `<br>${fate}`}`
}
