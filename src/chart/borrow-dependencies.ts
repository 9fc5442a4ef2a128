import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dependency, readDependencies } from './read-dependencies.ts'

/**
 * Takes over those missing dependencies of a chart that another state of it has, and declares word for word alike.
 * @param ready the other state, with its dependencies in `charts/`
 * @param mayTake whether an entry of its `charts/` may be taken
 */
export async function borrowDependencies(
  chart: string,
  missing: readonly Dependency[],
  ready: string,
  mayTake: (entry: string) => boolean = () => true,
): Promise<void> {
  if (ready.endsWith('.tgz')) return
  const today = (await readDependencies(ready)).declared.map((one) => JSON.stringify(one))
  const alike = missing.filter((one) => today.includes(JSON.stringify(one)))
  const entries = (await readdir(join(ready, 'charts')).catch(() => [])).filter(mayTake)
  for (const entry of entries.filter((name) => alike.some((one) => name === one.name || name.startsWith(`${one.name}-`)))) {
    await cp(join(ready, 'charts', entry), join(chart, 'charts', entry), { recursive: true, dereference: true, force: false })
  }
}
