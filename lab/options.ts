import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What the lab was asked to do. */
export type Options = {
  readonly charts: string
  readonly glob: string
  readonly helms: readonly (3 | 4)[]
  readonly seed: string
  readonly editsPerChart: number
  readonly only: 'silence' | 'edits' | null
  /** Foretell what an upgrade does to the edits, and make it. */
  readonly fates: boolean
  readonly spawn: boolean
  readonly seconds: number
  readonly out: string | null
}

/** How the lab is called. */
export const usage = `npm run lab -- CHARTS_DIR [options]

  CHARTS_DIR            a folder of chart folders; NAME.values.yaml beside NAME is used for it
  --charts GLOB         only charts whose folder name fits (default: *)
  --helm 3|4            only this Helm (default: both)
  --only silence|edits  only this part
  --fates               foretell the fate of each edit, then upgrade with Helm and compare
  --seed TEXT           other edits (default: 1)
  --edits-per-chart N   default: 16
  --spawn               a process for each check, as users run it, in place of a call
  --seconds N           time for the installation of a chart, and again for its edits (default: 60)
  --out DIR             where report.md and report.json go (default: a new temporary folder)`

/** Reads the command line. @throws with what is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      charts: { type: 'string', default: '*' },
      helm: { type: 'string' },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
      'edits-per-chart': { type: 'string', default: '16' },
      fates: { type: 'boolean', default: false },
      spawn: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '60' },
      out: { type: 'string' },
    },
  })
  const [charts] = positionals
  if (charts === undefined || positionals.length > 1) throw new Error('Give one folder of charts.')
  const { helm, only, out } = values
  if (helm !== undefined && helm !== '3' && helm !== '4') throw new Error('--helm is 3 or 4.')
  if (only !== undefined && only !== 'silence' && only !== 'edits') throw new Error('--only is silence or edits.')
  return {
    ...{ charts: resolve(charts), glob: values.charts, seed: values.seed, spawn: values.spawn, fates: values.fates },
    helms: helm === undefined ? [3, 4] : [helm === '3' ? 3 : 4],
    only: only ?? null,
    editsPerChart: readNumber(values['edits-per-chart'], '--edits-per-chart'),
    seconds: readNumber(values.seconds, '--seconds'),
    out: out === undefined ? null : resolve(out),
  }
}

function readNumber(text: string, name: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} is a whole number above 0.`)
  return number
}
