import type { Finding, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'
import { describeMeaning, endSentence } from './decision-words.ts'
import { nameObject } from './describe-finding.ts'
import { writeSentence } from './markdown-advice.ts'
import { formatChangeCell, formatFateCell, formatWriterCell } from './markdown-finding.ts'
import { escapeMarkdown, toCode } from './sanitize.ts'

/**
 * Findings as a table in Markdown; what the next deploy does is a column where it is known of any.
 *
 * @param now RFC 3339, for ages
 */
export function formatFindingsTable(findings: readonly Finding[], target: TargetReport, now: string): readonly string[] {
  if (findings.length === 0) return []
  const isTold = findings.some(({ fate }) => fate !== undefined)
  const rows = findings.map((finding) => {
    const cells = [formatPlace(finding, target), formatChangeCell(finding), formatWriterCell(finding, now)]
    return `| ${[...cells, ...(isTold ? [formatFateCell(finding)] : [])].join(' | ')} |`
  })
  const head = isTold
    ? ['| What | Git → cluster | Written by | Next deploy |', '| --- | --- | --- | --- |']
    : ['| What | Git → cluster | Written by |', '| --- | --- | --- |']
  return [[...head, ...rows].join('\n')]
}

function formatPlace(finding: Finding, target: TargetReport): string {
  const object = escapeMarkdown(nameObject(finding.object, target.namespace))
  const meaning = describeMeaning(finding)
  const why = meaning === null ? '' : `<br>${writeSentence(meaning)}: ${writeSentence(endSentence(finding.meaning?.reason ?? ''))}`
  return `${finding.path.length === 0 ? object : `${toCode(formatPath(finding.path), true)}<br>${object}`}${why}`
}
