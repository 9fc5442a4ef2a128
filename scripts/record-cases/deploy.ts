import { existsSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { RELEASE } from '../../__tests__/cases/run-case.ts'
import { getHelm } from '../../__tests__/tools/helm-and-kubectl.ts'
import { runProgram } from '../../lab/run-program.ts'
import { type Tools, withCache } from './find-refs.ts'
import { runKubectl } from './run-kubectl.ts'

/** Deploys a chart made of one file of manifests, or the case's own chart; `crds.yaml` goes into its `crds/`. */
export async function deploy({ folder, namespace, kubeconfigs, flags }: Tools, file: string, helm: 3 | 4): Promise<void> {
  const own = join(folder, 'chart')
  const chart = existsSync(own) ? own : await makeChart(folder, file)
  const args = ['upgrade', '--install', RELEASE, chart, '--namespace', namespace, '--kubeconfig', kubeconfigs.admin, ...flags]
  for (let tries = 1; ; tries += 1) {
    const { code, stderr } = await runProgram(await getHelm(helm), args, { seconds: 120, env: withCache(folder, `helm-${tries}`) })
    if (code === 0) return
    // Where many definitions come at once, helm may be told of one later than others are.
    if (tries === 5 || !stderr.includes('There can be a delay')) throw new Error(`helm ${helm}: ${stderr.slice(-1500)}`)
    await sleep(2000)
  }
}

async function makeChart(folder: string, file: string): Promise<string> {
  const chart = join(folder, `made-of-${file}`)
  for (const each of ['templates', 'crds']) await mkdir(join(chart, each), { recursive: true })
  await writeFile(join(chart, 'Chart.yaml'), `apiVersion: v2\nname: ${RELEASE}\nversion: 1.0.0\n`)
  await copyFile(join(folder, file), join(chart, 'templates/all.yaml'))
  if (existsSync(join(folder, 'crds.yaml'))) await copyFile(join(folder, 'crds.yaml'), join(chart, 'crds/all.yaml'))
  return chart
}

/** Takes away what other cases could stumble over: the release's cluster-scoped objects, and the namespace in its own time. */
export async function remove(tools: Tools, helm: 3 | 4): Promise<void> {
  const { namespace, kubeconfigs } = tools
  const args = ['uninstall', RELEASE, '--no-hooks', '--ignore-not-found', '--namespace', namespace, '--kubeconfig', kubeconfigs.admin]
  await runProgram(await getHelm(helm), args, { seconds: 60 })
  await runKubectl(tools, 'admin', ['delete', 'namespace', namespace, '--wait=false'])
}
