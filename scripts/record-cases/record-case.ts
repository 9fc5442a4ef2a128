import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CASES, type Recipe, type Step } from '../../__tests__/cases/read-case.ts'
import { NAMESPACE } from '../../__tests__/cases/run-case.ts'
import type { CredentialName } from '../../__tests__/cluster/credentials.ts'
import { openKube } from '../../lab/kube.ts'
import { waitUntilQuiet } from '../../lab/settle.ts'
import { setAt } from '../../src/compare/json.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { deploy, remove } from './deploy.ts'
import { findRefs, type Tools, waitUntilServed } from './find-refs.ts'
import { printObjects } from './print.ts'
import { runKubectl } from './run-kubectl.ts'
import { steady } from './steady.ts'

type Write = Extract<Step, { readonly write: string }>

/**
 * Deploys a case by each helm that it names and writes what the API server gives, before and after each twin's steps.
 * Several cases are recorded at once, so each has a namespace of its own, which the recording does not show.
 */
export async function recordCase(name: string, recipe: Recipe, kubeconfigs: Readonly<Record<CredentialName, string>>): Promise<void> {
  for (const helm of recipe.helm) {
    const namespace = `case-${/^\d*/.exec(name)?.[0] ?? ''}${hash(name)}-${helm}`
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-case-'))
    const kube = await openKube(kubeconfigs.admin)
    const tools: Tools = { folder, namespace, kubeconfigs, kube, flags: recipe.flags }
    try {
      await copyCase(join(CASES, name), folder, namespace)
      await runKubectl(tools, 'admin', ['create', 'namespace', namespace])
      await play(recipe.before, tools, helm)
      await waitUntilServed(tools, recipe)
      await deploy(tools, recipe.deployed ?? 'desired.yaml', helm)
      const writes = await play(recipe.steps, tools, helm)
      const starts: number[] = []
      const file = (state: string): string => join(CASES, name, `${state}live${helm === 3 ? '.helm3' : ''}.json`)
      await capture(file(''), tools, recipe, writes, starts)
      for (const [state, steps] of Object.entries(recipe.twins)) {
        starts.push(await nextSecond())
        writes.push(...(await play(steps, tools, helm)))
        await capture(file(`${state}.`), tools, recipe, writes, starts)
      }
    } finally {
      await remove(tools, helm)
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** A copy in which the namespace is the one of this recording. */
async function copyCase(from: string, to: string, namespace: string): Promise<void> {
  await cp(from, to, { recursive: true })
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(NAMESPACE, namespace))
  }
}

/** Does the steps in order; gives those that are for the recording only. */
async function play(steps: readonly Step[], tools: Tools, helm: 3 | 4): Promise<Write[]> {
  const writes: Write[] = []
  for (const step of steps) {
    if ('write' in step) writes.push(step)
    else if ('wait' in step) await sleep(step.wait * 1000)
    else if ('deploy' in step) await deploy({ ...tools, flags: [...tools.flags, ...step.flags] }, step.deploy, step.helm ?? helm)
    else await runKubectl(tools, step.as, step.kubectl, step.stdin)
  }
  return writes
}

/** Times are kept to the second, and the order of a deploy and the steps after it must show. */
async function nextSecond(): Promise<number> {
  await sleep(1000 - (Date.now() % 1000) + 10)
  return Math.floor(Date.now() / 1000)
}

async function capture(file: string, tools: Tools, recipe: Recipe, writes: readonly Write[], starts: readonly number[]): Promise<void> {
  const refs = await findRefs(tools, recipe)
  await waitUntilQuiet(tools.kube, refs)
  const live = (await Promise.all(refs.map((ref) => tools.kube.get(ref)))).filter((object) => object !== null)
  const plain = recipe.keepStatus ? live : live.map(({ status: _, ...rest }) => rest as JsonObject)
  const text = JSON.stringify(plain).replaceAll(tools.namespace, NAMESPACE)
  const steadied = steady(JSON.parse(text) as readonly JsonObject[], starts)
  await writeFile(file, printObjects(writes.reduce(writeInto, steadied)))
}

function writeInto(objects: readonly JsonObject[], { write, path, value }: Write): readonly JsonObject[] {
  const at = parsePath(path)
  const isMeant = (object: JsonObject): boolean => `${object.kind}/${(object.metadata as JsonObject).name}` === write
  if (at === null || !objects.some(isMeant)) throw new Error(`no ${path} of ${write} to write to`)
  return objects.map((object) => (isMeant(object) ? (setAt(object, at, value as Json | undefined) as JsonObject) : object))
}

function hash(text: string): string {
  const sum = [...text].reduce((all, char) => (all * 31 + (char.codePointAt(0) ?? 0)) % 1_679_616, 7)
  return sum.toString(36)
}
