/**
 * Writes the tables of inputs and outputs into the docs, from action.yml, so that they cannot drift apart.
 *
 * `node scripts/generate-docs.ts` rewrites them; with `--check` it writes nothing and exits 1 when a file is out of date.
 * A table stands between `<!-- inputs-start -->` and `<!-- inputs-end -->`, or the same with `outputs`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..')
const FILES = ['README.md', 'docs/configuration.md']

const Input = z.object({
  description: z.string(),
  required: z.boolean().optional(),
  // YAML may make a number or a boolean of an unquoted default; the runner hands every input over as text.
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
})
const Action = z.object({
  inputs: z.record(z.string(), Input),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
})

function writeInputsTable(inputs: z.infer<typeof Action>['inputs']): string {
  const rows = Object.entries(inputs).map(([name, input]) => {
    const value = input.default === undefined || input.default === '' ? '' : `\`${input.default}\``
    return [`\`${name}\``, input.required === true ? 'required' : value, input.description]
  })
  return writeTable(['Input', 'Default', 'What it is'], rows)
}

function writeOutputsTable(outputs: z.infer<typeof Action>['outputs']): string {
  return writeTable(
    ['Output', 'What it is'],
    Object.entries(outputs).map(([name, output]) => [`\`${name}\``, output.description]),
  )
}

/** Columns are padded as the formatter pads them, so that `npm run fix` and this script agree. */
function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => writeCell(cell)))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const [first = '', ...others] = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  const line = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [first, line, ...others].join('\n')
}

/** A cell is one line, and a bar would end it, even within code: https://github.github.com/gfm/#tables-extension- */
function writeCell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

/**
 * Puts each table between its markers.
 *
 * @param file the name to use in an error
 * @param text the file's text
 * @param tables the new text of each section, by the section's name
 * @returns the file's new text
 * @throws Error when the file has no section at all, or a section without an end
 */
function replaceSections(file: string, text: string, tables: Readonly<Record<string, string>>): string {
  let found = 0
  let replaced = text
  for (const [section, table] of Object.entries(tables)) {
    const [start, end] = [`<!-- ${section}-start -->`, `<!-- ${section}-end -->`]
    if (!replaced.includes(start)) continue
    const from = replaced.indexOf(start) + start.length
    const to = replaced.indexOf(end, from)
    if (to === -1) throw new Error(`${file}: ${start} has no ${end} after it. Add it where the table is to end.`)
    replaced = `${replaced.slice(0, from)}\n${table}\n${replaced.slice(to)}`
    found += 1
  }
  if (found === 0)
    throw new Error(`${file}: there is no marker such as <!-- inputs-start -->. Add one, with its end, where the table belongs.`)
  return replaced
}

function main(): void {
  const action = Action.parse(parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')))
  const tables = { inputs: writeInputsTable(action.inputs), outputs: writeOutputsTable(action.outputs) }
  const check = process.argv.includes('--check')
  for (const file of FILES) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    const current = replaceSections(file, text, tables)
    if (current === text) continue
    if (check) {
      console.error(`${file} does not match action.yml. Run \`npm run docs\` and commit the result.`)
      process.exitCode = 1
    } else {
      writeFileSync(join(ROOT, file), current)
      console.log(`${file} is up to date again.`)
    }
  }
}

main()
