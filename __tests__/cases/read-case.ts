// What a case folder may hold, for the test that runs it and for the script that records it.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const change = z.enum(['changed', 'added', 'removed', 'missing-object', 'extra-object'])
const cause = z.enum(['manual', 'undeployed', 'controller', 'admission', 'unknown'])
const confidence = z.enum(['certain', 'likely', 'uncertain'])

/** One finding as a case expects it. The values of a difference are in the manifests and the recording. */
const expectedFinding = z.strictObject({
  object: z.string(),
  path: z.string(),
  change,
  cause,
  confidence,
  drift: z.boolean(),
  manager: z.string().nullable(),
  pattern: z.string().optional(),
})
const expectation = z.strictObject({
  findings: z.array(expectedFinding),
  /** `KIND`, or `KIND OBJECT PATH`. */
  notes: z.array(z.string()).default([]),
  setAside: z.array(z.string()).default([]),
})
/** The whole of what a run may tell about a live state: nothing else, and nothing less. */
export type Expectation = z.infer<typeof expectation>

const step = z.union([
  z.strictObject({ kubectl: z.array(z.string()), stdin: z.string().optional(), as: z.enum(['human', 'admin']).default('human') }),
  /** Deploys the release anew from another file of the folder. */
  z.strictObject({
    deploy: z.string(),
    helm: z.union([z.literal(3), z.literal(4)]).optional(),
    flags: z.array(z.string()).default([]),
  }),
  /** Seconds: for controllers that look again at intervals only. */
  z.strictObject({ wait: z.number() }),
  /** Written into the recording, where whoever does this cannot run here. Without a value: taken out. */
  z.strictObject({ write: z.string(), path: z.string(), value: z.unknown().optional() }),
])
export type Step = z.infer<typeof step>

const recipe = z.strictObject({
  helm: z.array(z.union([z.literal(3), z.literal(4)])).default([4, 3]),
  flags: z.array(z.string()).default([]),
  /** What is deployed, where that is not what Git has now. */
  deployed: z.string().optional(),
  /** What the cluster has before the release comes. */
  before: z.array(step).default([]),
  /** What happens after the deploy, before the first state is recorded. */
  steps: z.array(step).default([]),
  /** Each goes on from the state before it. */
  twins: z.record(z.string(), z.array(step)).default({}),
  /** Further objects to record: `apiVersion/Kind/name`. */
  also: z.array(z.string()).default([]),
  /** Objects to leave out: `Kind/name`. */
  skip: z.array(z.string()).default([]),
  /** Recorded without `status` otherwise, which nobody compares and which changes from run to run. */
  keepStatus: z.boolean().default(false),
})
/** How the live states of a case come about. */
export type Recipe = z.infer<typeof recipe>

const LIVE = /^(?:(.+)\.)?live(\.helm3)?\.json$/
const EXPECT = /^(?:(.+)\.)?expect(\.helm3)?\.json$/

/** One live state of a case, and what is to be told about it. */
export type State = { readonly file: string; readonly expectation: Expectation }
export type Case = { readonly name: string; readonly folder: string; readonly isChart: boolean; readonly states: readonly State[] }

/** Where the case folders are. */
export const CASES = import.meta.dirname

/** The names of all case folders, in order. */
export async function listCases(): Promise<readonly string[]> {
  const entries = await readdir(CASES, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted()
}

/**
 * Reads a case folder.
 * @throws naming what is missing, what is too much, and which key is unknown
 */
export async function readCase(name: string): Promise<Case> {
  const folder = join(CASES, name)
  const files = await readdir(folder)
  const isChart = files.includes('chart')
  const live = files.filter((file) => LIVE.test(file))
  const expects = files.filter((file) => EXPECT.test(file))
  for (const needed of ['README.md', isChart ? 'chart' : 'desired.yaml', 'expect.json'])
    if (!files.includes(needed)) throw new Error(`${name} has no ${needed}`)
  // Some charts only one of the two helms can deploy.
  if (!live.includes('live.json') && !live.includes('live.helm3.json')) throw new Error(`${name} has no live.json`)
  if (!live.some((file) => LIVE.exec(file)?.[1] !== undefined)) throw new Error(`${name} has no twin`)
  const unknown = files.filter((file) => !/^(README\.md|chart|.+\.yaml)$/.test(file) && !LIVE.test(file) && !EXPECT.test(file))
  if (unknown.length > 0) throw new Error(`${name} has files of no known kind: ${unknown.join(', ')}`)
  const states = await Promise.all(
    live.map(async (file): Promise<State & { readonly from: string }> => {
      const plain = file.replace('.helm3', '').replace('live', 'expect')
      const own = file.replace('live', 'expect')
      const from = files.includes(own) ? own : plain
      if (!files.includes(from)) throw new Error(`${name}/${file} has no ${from}`)
      return { file, from, expectation: parseAs(expectation, await readFile(join(folder, from), 'utf8'), `${name}/${from}`) }
    }),
  )
  const unused = expects.filter((file) => !states.some(({ from }) => from === file))
  if (unused.length > 0) throw new Error(`${name} has no live state for ${unused.join(', ')}`)
  if (files.includes('case.yaml')) await readRecipe(name)
  return { name, folder, isChart, states }
}

/** How a case is recorded; null for one that was written by hand. */
export async function readRecipe(name: string): Promise<Recipe | null> {
  const file = join(CASES, name, 'case.yaml')
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : parseAs(recipe, text, `${name}/case.yaml`)
}

function parseAs<T>(schema: z.ZodType<T>, text: string, where: string): T {
  const parsed = schema.safeParse(parse(text) ?? {})
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
