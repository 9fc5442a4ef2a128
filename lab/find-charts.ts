import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { matchesGlob } from 'node:path/posix'
import { parse } from 'yaml'

/** A chart of the folder, and the values that it is installed with. */
export type Chart = { readonly name: string; readonly folder: string; readonly values: string | null }

/** Every chart in a folder that a glob over its name fits, in the order of their names. Library charts install nothing. */
export async function findCharts(folder: string, glob: string): Promise<readonly Chart[]> {
  const names = (await readdir(folder)).sort().filter((name) => existsSync(join(folder, name, 'Chart.yaml')) && matchesGlob(name, glob))
  const charts = await Promise.all(
    names.map(async (name) => {
      const values = join(folder, `${name}.values.yaml`)
      const { type }: { type?: string } = parse(await readFile(join(folder, name, 'Chart.yaml'), 'utf8'))
      return type === 'library' ? [] : [{ name, folder: join(folder, name), values: existsSync(values) ? values : null }]
    }),
  )
  return charts.flat()
}
