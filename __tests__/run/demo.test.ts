import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runPlumbline } from './command.ts'

test('the demo finds the two changes, writes its files, and succeeds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-demo-test-'))
  const { code, stdout, stderr } = await runPlumbline(['demo', '--report-dir', folder])
  expect(code, stdout + stderr).toBe(0)
  expect(stderr).toBe('')
  for (const text of ['grokdevops has drifted', '3 -> 5', 'by kubectl (scale)', 'DEBUG=true', 'by kubectl-set'])
    expect(stdout).toContain(text)
  // How long each stage took, and that nothing but GET and reviews of its own rights was sent.
  expect(stdout).toMatch(/It took: connect and discover \d+ ms, render \d+ ms, read \d+ ms, compare and explain \d+ ms, decide \d+ ms\./)
  expect(stdout).toMatch(/It sent \d+ requests to the API server: \d+ GET, and 3 questions about its own rights\./)
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
  expect(report).toMatchObject({ schemaVersion: '1', verdict: 'drifted', targets: [{ counts: { drift: 2 }, complete: true }] })
  expect(await readFile(join(folder, 'summary.md'), 'utf8')).toContain('spec.replicas')
  expect(await readFile(join(folder, 'report.html'), 'utf8')).toContain('<title>grokdevops: replicas 3 → 5, +env DEBUG')
})
