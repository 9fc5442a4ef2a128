import type { Streak } from '../memory/model.ts'
import { escapeMarkdown, toCode } from '../report/sanitize.ts'
import { shorten } from '../report/values.ts'
import { LONGEST_DAYS } from './model.ts'
import { shortenId } from './shorten-id.ts'

const MOST_SHOWN = 20

/** What can be written, as Markdown, with the ids that the issue shows. No line of it is a command. */
export function formatHelp(known: readonly Streak[]): string {
  const ids = known.map(({ id }) => id)
  const example = known[0] === undefined ? 'a1b2c3d' : shortenId(known[0].id, ids)
  const rows: readonly (readonly [string, string])[] = [
    [`/drift accept ${example} for 7d because REASON`, 'live with one difference for a while; several ids may follow each other'],
    ['/drift accept all until 2026-12-31 because REASON', 'live with all that is shown, up to and with that day (UTC)'],
    [`/drift unaccept ${example}`, 'take that back; `all` takes back everything'],
    ['/drift recheck', 'check again'],
    ['/drift help', 'this'],
  ]
  const table = ['| Write, on a line of its own | To |', '| --- | --- |', ...rows.map(([line, what]) => `| ${toCode(line)} | ${what} |`)]
  const rules = `People with write access decide, for at most ${LONGEST_DAYS} days, and give a reason. An acceptance ends at its date, with \`/drift unaccept\`, or when its comment is edited or deleted. It never covers another value at the same place.`
  const shown = known.slice(0, MOST_SHOWN).map(({ id, fact }) => `- ${toCode(shortenId(id, ids))} ${escapeMarkdown(shorten(fact, 120))}`)
  const more = known.length > shown.length ? [`- and ${known.length - shown.length} more`] : []
  const list = shown.length === 0 ? [] : [['Shown here:', '', ...shown, ...more].join('\n')]
  return [table.join('\n'), rules, ...list].join('\n\n')
}
