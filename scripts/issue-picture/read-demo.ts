import { delimiter, dirname, join } from 'node:path'
import { devToolsSupported, getHelm } from '../../__tests__/tools/helm-and-kubectl.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { runDemo } from '../../src/demo.ts'
import type { Report } from '../../src/model.ts'

/**
 * Runs the demo and gives its report.
 *
 * @param folder where the demo may write
 * @throws Error when the demo does not find its two changes
 */
export async function readDemo(folder: string): Promise<Report> {
  const path = devToolsSupported() ? [dirname(await getHelm(4)), process.env.PATH ?? ''].join(delimiter) : process.env.PATH
  const reports: Report[] = []
  const code = await runDemo({
    packageRoot: join(import.meta.dirname, '../..'),
    folder,
    version: packageJson.version,
    env: { ...process.env, PATH: path },
    format: (report) => {
      reports.push(report)
      return ''
    },
    print: () => {},
  })
  const [report] = reports
  if (code !== 0 || report === undefined) throw new Error('The demo did not find its two changes. Mend it first: npm run demo')
  return report
}
