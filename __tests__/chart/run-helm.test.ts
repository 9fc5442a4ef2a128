import { chmodSync } from 'node:fs'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { cleanHelmMessage, listHelmWarnings } from '../../src/chart/clean-helm-message.ts'
import { type HelmResult, runHelm } from '../../src/chart/run-helm.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { makeWorkspace, removeWorkspaces } from './support/charts.ts'

afterAll(removeWorkspaces)
afterEach(() => vi.unstubAllEnvs())

/** A program in helm's place, so that what helm is given can be seen. */
function makeProgram(script: string): string {
  const workspace = makeWorkspace({ helm: `#!/bin/sh\n${script}\n` })
  chmodSync(workspace.at('helm'), 0o755)
  return workspace.at('helm')
}

function readEnvironment(result: HelmResult): ReadonlyMap<string, string> {
  if (!result.ok) throw new Error(result.reason)
  return new Map(result.stdout.split('\n').map((line) => [line.replace(/=.*/, ''), line.replace(/^[^=]*=/, '')]))
}

describe.skipIf(process.platform === 'win32')('runHelm', () => {
  const secrets = [
    'INPUT_KUBECONFIG',
    'GITHUB_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'HELM_POST_RENDERER',
    'HELM_KUBETOKEN',
    'NODE_OPTIONS',
  ]

  it.runIf(process.platform === 'linux')('stops what would take all memory, and says so in a sentence', async () => {
    const workspace = makeWorkspace({
      'bomb/Chart.yaml': 'apiVersion: v2\nname: bomb\nversion: 1.0.0\n',
      'bomb/templates/a.yaml': '{{ range until 2000000000 }}x{{ end }}',
    })
    for (const major of [3, 4] as const) {
      const result = await runHelm({ helm: await getHelm(major), args: ['template', workspace.at('bomb')] })
      expect(result).toMatchObject({ ok: false, reason: 'helm took more than 4 GB of memory and was stopped' })
    }
  })

  it('passes on nothing of its own environment but the search path', async () => {
    for (const name of [...secrets, 'HTTPS_PROXY']) vi.stubEnv(name, 'leaked')
    const env = readEnvironment(await runHelm({ helm: makeProgram('env; ls "$HOME" "$HELM_PLUGINS"'), args: [] }))
    expect([...env.values()]).not.toContain('leaked')
    expect(env.get('PATH')).toBe(process.env.PATH)
    expect(env.get('KUBECONFIG')).toBe('/dev/null')
    expect(env.get('HOME')).not.toBe(process.env.HOME)
    expect(env.get('HELM_PLUGINS')).toBe(`${env.get('HOME')}/plugins`)
  })

  it('passes on proxies and registry logins, and no more, where the network is needed', async () => {
    for (const name of secrets) vi.stubEnv(name, 'leaked')
    vi.stubEnv('HTTPS_PROXY', 'http://proxy:3128')
    vi.stubEnv('HELM_REGISTRY_CONFIG', '/logins.json')
    const env = readEnvironment(await runHelm({ helm: makeProgram('env'), args: [], network: true }))
    expect([...env.values()]).not.toContain('leaked')
    expect([env.get('HTTPS_PROXY'), env.get('HELM_REGISTRY_CONFIG')]).toEqual(['http://proxy:3128', '/logins.json'])
  })

  it('hands arguments over as they are', async () => {
    const result = await runHelm({ helm: makeProgram('printf "[%s]" "$@"'), args: ['a b', '$(id)', "'", '--', '-x'] })
    expect(result).toEqual({ ok: true, stdout: "[a b][$(id)]['][--][-x]", warnings: [] })
  })

  it('removes the home it made', async () => {
    const env = readEnvironment(await runHelm({ helm: makeProgram('env'), args: [] }))
    const { existsSync } = await import('node:fs')
    expect(existsSync(env.get('HOME') ?? '/')).toBe(false)
  })

  it.each<[string, string, string]>([
    ['too slow', 'exec sleep 20', 'helm did not finish within 0.3 seconds and was stopped'],
    ['a message', 'echo "Error: no such thing." >&2; exit 1', 'no such thing'],
    ['no message', 'exit 3', 'helm ended with exit code 3 and no message'],
  ])('tells of a failure: %s', async (_title, script, reason) => {
    const start = performance.now()
    expect(await runHelm({ helm: makeProgram(script), args: [], timeoutMs: 300 })).toMatchObject({ ok: false, reason })
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('stops at 64 MB of output', async () => {
    expect(await runHelm({ helm: makeProgram('exec yes'), args: [] })).toMatchObject({
      ok: false,
      reason: 'helm wrote more than 64 MB and was stopped',
    })
  })

  it('tells when there is no such program', async () => {
    expect(await runHelm({ helm: '/nonexistent/helm', args: [] })).toMatchObject({
      ok: false,
      reason: 'helm could not be started (ENOENT)',
    })
  })
})

describe('cleanHelmMessage', () => {
  it.each([
    ['Error: x\n\nUse --debug flag to render out invalid YAML\n', 'x'],
    ['walk.go:75: found symbolic link\nlevel=ERROR msg="no"\nError: a:1:2\n  executing "a":\n    nil\n', 'a:1:2 executing "a": nil'],
    ['Error: \u001b[31mred\u001b[0m\u202E\u200B\r\n::error::x', '[31mred[0m ::error::x'],
    ['something else.\n', 'something else'],
    ['', ''],
  ])('%j', (stderr, message) => expect(cleanHelmMessage(stderr)).toBe(message))

  it('keeps the beginning and the end of a long one', () => {
    const message = cleanHelmMessage(`Error: begin ${'x'.repeat(100_000)} end`)
    expect(message).toMatch(/^begin x+ \.\.\. x+ end$/)
    expect(message.length).toBeLessThan(2100)
  })
})

describe('listHelmWarnings', () => {
  it.each([
    [
      'coalesce.go:298: warning: cannot overwrite table with non table for a.b (map[password:hunter2])',
      ['cannot overwrite table with non table for a.b'],
    ],
    [
      'level=INFO msg="warning: cannot overwrite table with non table for a.b (map[password:hunter2])"',
      ['cannot overwrite table with non table for a.b'],
    ],
    ['level=WARN msg="unable to \\"x\\""', ['unable to "x"']],
    ['level=INFO msg="found symbolic link"', []],
    ['WARNING: z\nwarning: z\nError: e', ['z']],
  ])('%s', (stderr, warnings) => expect(listHelmWarnings(stderr)).toEqual(warnings))
})
