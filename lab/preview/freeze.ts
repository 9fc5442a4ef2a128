import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getHelm } from '../../__tests__/tools/helm-and-kubectl.ts'
import type { JsonObject } from '../../src/model.ts'
import { parseDocuments } from '../read-release.ts'
import type { Release } from '../release.ts'
import { runProgram } from '../run-program.ts'
import type { ChartObject } from './model.ts'

/** Renders a chart once, so that two versions of it differ by nothing but what is changed on purpose. */
export async function freezeChart({ chart, helm, name, namespace }: Release): Promise<readonly ChartObject[]> {
  const values = chart.values === null ? [] : ['--values', chart.values]
  const program = await getHelm(helm)
  const [rendered, crds] = await Promise.all([
    runProgram(program, ['template', name, chart.folder, '--namespace', namespace, '--skip-crds', ...values], { seconds: 30 }),
    runProgram(program, ['show', 'crds', chart.folder], { seconds: 30 }),
  ])
  if (rendered.code !== 0) throw new Error(`helm template: ${rendered.stderr}`)
  const parse = (text: string, fromCrds: boolean) => parseDocuments(text).map((object) => ({ object, fromCrds }))
  return [...parse(crds.stdout, true), ...parse(rendered.stdout, false)]
}

/** Writes a chart of these objects, each as JSON, in which Helm finds nothing to fill in. */
export async function writeChart(folder: string, name: string, objects: readonly ChartObject[]): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await Promise.all(['templates', 'crds'].map((part) => mkdir(join(folder, part), { recursive: true })))
  await writeFile(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`)
  await Promise.all(
    objects.map(({ object, fromCrds }, index) =>
      writeFile(join(folder, fromCrds ? 'crds' : 'templates', `${index}.yaml`), `${JSON.stringify(object, null, 1)}\n`),
    ),
  )
}

/** A copy of an object under another name. */
export function rename(object: JsonObject, name: string): JsonObject {
  return { ...object, metadata: { ...(object.metadata as JsonObject), name } }
}
