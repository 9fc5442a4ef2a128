// Tables of a run, as Markdown: for docs/benchmarks.md and for the terminal alike.

import type { Cell, Claim, Requests } from './model.ts'
import { totalOf } from './summarise.ts'
import { TOOLS } from './tools.ts'

/** What the record of a run says besides its figures. */
export type Circumstances = { readonly date: string; readonly machine: string; readonly versions: string; readonly command: string }

/** Writes all that a run gave. */
export function formatRun(cells: readonly Cell[], claims: readonly Claim[], { date, machine, versions, command }: Circumstances): string {
  const releases = [...Map.groupBy(cells, ({ release }) => release.namespace).values()]
  return [
    `Measured on ${date} with \`${command}\`: ${versions}; ${machine}.`,
    formatClaims(claims),
    ...releases.flatMap((group) => [formatTitle(group), formatRelease(group)]),
    formatChart(cells),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function formatClaims(claims: readonly Claim[]): string {
  const words = new Map([
    [true, 'holds'],
    [false, '**fails**'],
    [null, 'not measured'],
  ])
  return formatTable(
    ['claim', 'measured', ''],
    claims.map(({ says, measured, holds }) => [says, measured, words.get(holds) ?? '']),
  )
}

function formatTitle([first]: readonly Cell[]): string {
  const { objects = 0, edited = false } = first?.release ?? {}
  return `### ${objects.toLocaleString('en')} objects${edited ? ', some of them edited by hand' : ''}`
}

function formatRelease(group: readonly Cell[]): string {
  const own = group.find(({ tool }) => tool === 'plumbline')
  return formatTable(
    ['tool', 'seconds: median (fastest to slowest)', 'runs', 'ratio', 'requests', 'peak memory', 'says'],
    group.map((cell) => [
      TOOLS.find(({ name }) => name === cell.tool)?.label ?? cell.tool,
      `${seconds(cell.median)} (${seconds(cell.fastest)} to ${seconds(cell.slowest)})`,
      String(cell.runs),
      own === undefined ? '' : (cell.median / own.median).toFixed(1),
      formatRequests(cell.requests),
      formatPeaks(cell),
      [...new Set(cell.outcomes.map(({ text }) => text))].join('; '),
    ]),
  )
}

function formatRequests(requests: Requests): string {
  const parts = Object.entries(requests).toSorted(([a], [b]) => a.localeCompare(b))
  return `${totalOf(requests).toLocaleString('en')}: ${parts.map(([verb, count]) => `${count} ${verb}`).join(', ')}`
}

function formatPeaks({ peaks }: Cell): string {
  const sorted = peaks.filter(({ name }) => name !== 'diff').toSorted((a, b) => b.bytes - a.bytes)
  return sorted.map(({ name, bytes }) => `${name} ${(bytes / 1e6).toFixed(0)} MB`).join(', ')
}

/** One chart, of the size at which all tools were measured. */
function formatChart(cells: readonly Cell[]): string {
  const shown = cells.filter(({ release }) => release.objects === 1000 && !release.edited)
  if (shown.length < 2) return ''
  const names = shown.map(({ tool }) => `"${tool.replace('kubectl-', 'kubectl diff ')}"`)
  return [
    '```mermaid',
    'xychart-beta horizontal',
    '  title "Seconds to compare 1,000 objects"',
    `  x-axis [${names.join(', ')}]`,
    `  y-axis "seconds" 0 --> ${Math.ceil(Math.max(...shown.map(({ median }) => median)) / 1000)}`,
    `  bar [${shown.map(({ median }) => seconds(median)).join(', ')}]`,
    '```',
  ].join('\n')
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}

/** Padded as the formatter pads tables, so that it changes nothing. */
function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}
