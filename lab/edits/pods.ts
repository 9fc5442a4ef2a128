import type { Path } from '../../src/model.ts'
import type { Released } from '../model.ts'
import { at, look } from '../places.ts'
import type { Random } from '../random.ts'
import { listUnique } from './kind.ts'

/** Workloads whose pod template may be changed. */
export const TEMPLATED = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']
/** Those that roll out. */
export const ROLLING = ['Deployment', 'StatefulSet', 'DaemonSet']

/** Where the pod template of a workload is. */
export function templateOf({ ref }: Released): Path {
  return ref.kind === 'CronJob' ? at('spec', 'jobTemplate', 'spec', 'template') : at('spec', 'template')
}

/** Where the pod's own spec is. */
export function podOf(target: Released): Path {
  return at(templateOf(target), 'spec')
}

/** One container of the workload, by chance. */
export function pickContainer(target: Released, random: Random): { readonly name: string; readonly path: Path } | null {
  const list = at(podOf(target), 'containers')
  const name = random.pick(
    listUnique(look(target.live, list), 'name').filter((item) => look(target.declared, at(list, { name: String(item.name) }))),
  )?.name
  return typeof name === 'string' ? { name, path: at(list, { name }) } : null
}
