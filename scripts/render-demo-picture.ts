/**
 * Draws what the demo prints as `docs/images/demo.svg`, for the README: `node scripts/render-demo-picture.ts`.
 *
 * It runs the demo itself and translates the terminal's colours, so the picture cannot show what the program does not
 * print. The command is put above the report; the demo's words before it and the lists of requests and files after it
 * are left out.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { devToolsSupported, getHelm } from '../__tests__/tools/helm-and-kubectl.ts'
import packageJson from '../package.json' with { type: 'json' }
import { runDemo } from '../src/demo.ts'
import { formatTerminal } from '../src/report/terminal.ts'

const ROOT = join(import.meta.dirname, '..')
const PICTURE = join(ROOT, 'docs/images/demo.svg')
const COLUMNS = 100
/** Pixels: of one character cell, and around the text. */
const CELL = { width: 7.83, height: 18 }
const MARGIN = { side: 20, top: 44, bottom: 18 }

/** The look of each SGR code that the report uses, as SVG attributes. https://en.wikipedia.org/wiki/ANSI_escape_code#SGR */
const LOOKS: Readonly<Record<string, string>> = {
  '1': 'font-weight="bold"',
  '2': 'fill="#8b949e"',
  '31': 'fill="#ff7b72"',
  '32': 'fill="#7ee787"',
  '33': 'fill="#e3b341"',
  '36': 'fill="#79c0ff"',
}
/** `ESC [ codes m`, built from text since the linter takes an ESC within a pattern for a slip. */
const ESC = '\u001b'
const SGR = new RegExp(`${ESC}\\[([\\d;]*)m`)
/** Codes that end one. */
const ENDS: Readonly<Record<string, readonly string[]>> = { '0': Object.keys(LOOKS), '22': ['1', '2'], '39': ['31', '32', '33', '36'] }

/** Runs the demo and gives what its report printed, with colours. */
async function printDemo(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-picture-'))
  const path = devToolsSupported() ? [dirname(await getHelm(4)), process.env.PATH ?? ''].join(delimiter) : process.env.PATH
  let text = ''
  try {
    const code = await runDemo({
      packageRoot: ROOT,
      folder,
      version: packageJson.version,
      env: { ...process.env, PATH: path },
      format: (report) => {
        text = formatTerminal(report, { color: true, width: COLUMNS, details: true })
        return text
      },
      print: () => {},
    })
    if (code !== 0) throw new Error('The demo did not find its two changes. Mend it first: npm run demo')
    return text
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Splits at escape codes and writes one `<tspan>` for each piece with a look. Throws on a code without a look. */
function drawLine(line: string, row: number): string {
  const pieces = line.split(SGR)
  let looks: readonly string[] = []
  const spans = pieces.map((piece, at) => {
    if (at % 2 === 0) return drawPiece(piece, looks)
    for (const code of piece === '' ? ['0'] : piece.split(';')) looks = changeLooks(looks, code)
    return ''
  })
  return `<text x="${MARGIN.side}" y="${MARGIN.top + (row + 1) * CELL.height}">${spans.join('')}</text>`
}

function changeLooks(looks: readonly string[], code: string): readonly string[] {
  const ended = ENDS[code]
  if (ended !== undefined) return looks.filter((look) => !ended.includes(look))
  if (LOOKS[code] === undefined) throw new Error(`The report uses the escape code ${code}, which has no look here yet. Add it to LOOKS.`)
  return [...looks, code]
}

function drawPiece(text: string, looks: readonly string[]): string {
  // Spaces that do not break, since SVG folds runs of ordinary ones.
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0')
  return safe === '' || looks.length === 0 ? safe : `<tspan ${looks.map((look) => LOOKS[look]).join(' ')}>${safe}</tspan>`
}

function drawTerminal(text: string): string {
  const lines = [`${ESC}[2m$ npm run demo${ESC}[22m`, '', ...text.trimEnd().split('\n')]
  const width = Math.ceil(COLUMNS * CELL.width + 2 * MARGIN.side)
  const height = MARGIN.top + lines.length * CELL.height + MARGIN.bottom
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    '<title>The report that npm run demo prints</title>',
    '<rect width="100%" height="100%" rx="8" fill="#0d1117"/>',
    ...['#ff5f57', '#febc2e', '#28c840'].map((fill, at) => `<circle cx="${26 + at * 20}" cy="22" r="6" fill="${fill}"/>`),
    '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace" font-size="13" fill="#e6edf3">',
    ...lines.flatMap((line, row) => (line === '' ? [] : [drawLine(line, row)])),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

await mkdir(dirname(PICTURE), { recursive: true })
await writeFile(PICTURE, drawTerminal(await printDemo()))
