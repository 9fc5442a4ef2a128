import { relative } from 'node:path'
import type { ChartSource, Target } from '../../model.ts'
import { quoteCsv, quoteShell } from '../../quote.ts'
import { flag } from './kubectl.ts'

/** A path as it is typed in the workspace; with `./`, since helm takes `a/b` for a chart of a repository `a` where there is no such folder. */
export function showPath(path: string, workspace: string): string {
  const short = relative(workspace, path)
  return short.startsWith('../') || short === '..' ? short : `./${short}`
}

/** Release, chart, namespace, values and `--set`, as the target is configured: what `helm upgrade` and `helm template` share. */
export function listHelmWords(target: Target, source: ChartSource, workspace: string): readonly string[] {
  return [
    quoteShell(target.release),
    quoteShell(showPath(source.chart, workspace)),
    flag('namespace', target.namespace),
    ...source.values.map((path) => flag('values', quoteCsv(showPath(path, workspace)))),
    ...source.set.map((expression) => flag('set', expression)),
  ]
}

/** Values that only the pipeline knows: the shell asks for them by name, and runs nothing until they are given. */
export function listDeployTimeWords({ deployTimeValues }: ChartSource): readonly string[] {
  return deployTimeValues.map((key) => {
    const variable = `DEPLOYED_${key.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
    return `--set=${quoteShell(`${key}=`)}"\${${variable}:?the value that was deployed}"`
  })
}
