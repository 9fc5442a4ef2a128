import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { devToolsSupported, getHelm, getKubectl } from './helm-and-kubectl.ts'

const run = promisify(execFile)

describe.skipIf(!devToolsSupported())('helm and kubectl for tests', () => {
  it('has helm 3, helm 4 and a kubectl of the control plane’s version, however many ask at once', async () => {
    const [three, four, again, kubectl] = await Promise.all([getHelm(3), getHelm(4), getHelm(4), getKubectl()])
    expect((await run(three, ['version', '--short'])).stdout).toMatch(/^v3\./)
    expect((await run(four, ['version', '--short'])).stdout).toMatch(/^v4\./)
    expect((await run(kubectl, ['version', '--client'])).stdout).toMatch(/v1\.34\./)
    expect(again).toBe(four)
  })
})
