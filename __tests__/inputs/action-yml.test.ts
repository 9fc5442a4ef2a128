import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { listOutputs } from '../../src/deliver/outputs.ts'
import { loadActionInputs } from '../../src/inputs/action.ts'
import { actionInputs } from '../../src/inputs/options.ts'
import { least, makeFolder, toEnv } from './support.ts'

const described = z.object({ description: z.string().min(10), default: z.string().optional() })
const action = z
  .object({
    inputs: z.record(z.string(), described),
    outputs: z.record(z.string(), z.object({ description: z.string().min(5) })),
    runs: z.object({ using: z.literal('node24'), main: z.literal('dist/index.js') }),
  })
  .parse(parse(readFileSync(join(import.meta.dirname, '../../action.yml'), 'utf8')))

/** An expression of the workflow language, which the runner evaluates. */
const jobToken = '$' + '{{ github.token }}'

test('the loader reads exactly the inputs that action.yml declares', () => {
  const read = new Set<string>()
  const env = new Proxy(toEnv(makeFolder({}), least), {
    get: (target, name) => {
      if (typeof name === 'string' && name.startsWith('INPUT_')) read.add(name.slice('INPUT_'.length).toLowerCase())
      return Reflect.get(target, name)
    },
  })
  loadActionInputs(env)
  expect([...read].sort()).toEqual(Object.keys(action.inputs).sort())
})

test('defaults agree', () => {
  const declared = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']))
  const known = Object.fromEntries(Object.entries(actionInputs).map(([name, input]) => [name, input.default]))
  // The job's own token exists only in a job.
  expect(declared).toEqual({ ...known, token: jobToken })
})

test('given only the defaults of action.yml, the loader gives what it gives without them', () => {
  const folder = makeFolder({})
  const declared = Object.entries(action.inputs).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]]))
  const { token, ...inputs } = loadActionInputs(toEnv(folder, { ...Object.fromEntries(declared), ...least }))
  const { token: none, ...expected } = loadActionInputs(toEnv(folder, least))
  expect(inputs).toEqual(expected)
  expect([token, none]).toEqual([jobToken, ''])
})

test('action.yml declares exactly the outputs that are set', () => {
  const report = { schemaVersion: '1', generatedAt: '', tool: { name: 'plumbline', version: '' }, verdict: 'in-sync', targets: [] } as const
  expect(Object.keys(action.outputs).sort()).toEqual(Object.keys(listOutputs(report, { json: '', html: '', summary: '' })).sort())
})
