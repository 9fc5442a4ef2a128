import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../src/cluster/connect.ts'
import { serveRecordedCluster, writeKubeconfig } from '../fakes/kubernetes-api.ts'
import { makeRecording } from './recording.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'plumbline-kubeconfig-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function save(name: string, text: string): string {
  const file = path.join(dir, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

async function openFake(token = 'recorded-reader') {
  const cluster = await serveRecordedCluster(makeRecording([]), { token })
  onTestFinished(() => cluster.close())
  return cluster
}

const statusOf = async (connection: ReturnType<typeof connect>) => {
  const answer = await connection.client.get('/version')
  return answer.outcome === 'answered' ? answer.status : answer.code
}

describe("a person's own kubeconfig is found as kubectl finds it", () => {
  test('--kubeconfig goes first', async () => {
    const file = save('given.yaml', writeKubeconfig('https://given.example.com', 't'))
    const other = save('other.yaml', writeKubeconfig('https://other.example.com', 't'))
    expect(connect({ type: 'default', path: file }, null, { env: { KUBECONFIG: other } }).client.server).toBe('https://given.example.com')
  })

  test('KUBECONFIG may name several files: the first to name something wins, absent files are passed over', () => {
    const one = save('one.yaml', writeKubeconfig('https://one.example.com', 't'))
    const two = save(
      'two.yaml',
      writeKubeconfig('https://two.example.com', 't')
        .replaceAll('recorded', 'second')
        .replace('current-context: second', 'current-context: nonsense'),
    )
    const env = { KUBECONFIG: [path.join(dir, 'absent'), one, two].join(path.delimiter) }
    expect(connect({ type: 'default', path: null }, null, { env }).client.server).toBe('https://one.example.com')
    expect(connect({ type: 'default', path: null }, 'second', { env }).client.server).toBe('https://two.example.com')
  })

  test('else ~/.kube/config', () => {
    save('home/.kube/config', writeKubeconfig('https://home.example.com', 't'))
    expect(connect({ type: 'default', path: null }, null, { env: { HOME: path.join(dir, 'home') } }).client.server).toBe(
      'https://home.example.com',
    )
  })

  test('without any, it says where it looked', () => {
    const file = path.join(dir, 'nowhere.yaml')
    expect(() => connect({ type: 'default', path: file }, null)).toThrow(
      `kubeconfig: There is no kubeconfig at ${file}. Name a file with --kubeconfig`,
    )
  })

  test('plain http to another machine is refused here too', () => {
    const file = save('http.yaml', writeKubeconfig('http://api.example.com', 't'))
    expect(() => connect({ type: 'default', path: file }, null)).toThrow(/plain http on api.example.com/)
  })
})

describe('what only a person may use', () => {
  test('a tokenFile beside the kubeconfig, its newline left out', async () => {
    const cluster = await openFake()
    save('with-file/token', 'recorded-reader\n')
    const file = save('with-file/config', cluster.kubeconfig().replace(/token: "[^"]*"/, 'tokenFile: token, token: old'))
    expect(await statusOf(connect({ type: 'default', path: file }, null))).toBe(200)
  })

  test('an exec plugin, started once, told what kubectl tells it, its credential masked', async () => {
    const cluster = await openFake('from-plugin')
    const log = path.join(dir, 'starts')
    const plugin = save(
      'bin/plugin',
      `#!/bin/sh
echo start >> ${log}
case "$KUBERNETES_EXEC_INFO" in *'"interactive":false'*) ;; *) echo 'no exec info' >&2; exit 1;; esac
echo "{\\"apiVersion\\": \\"client.authentication.k8s.io/v1\\", \\"kind\\": \\"ExecCredential\\", \\"status\\": {\\"token\\": \\"$1-$WHO\\"}}"
`,
    )
    chmodSync(plugin, 0o755)
    const exec =
      'exec: {apiVersion: client.authentication.k8s.io/v1, command: bin/plugin, args: [from], env: [{name: WHO, value: plugin}], interactiveMode: Never}'
    const file = save('exec.yaml', cluster.kubeconfig().replace(/token: "[^"]*"/, exec))
    const told = new Set<string>()
    const connection = connect({ type: 'default', path: file }, null, { onSecret: (secret) => told.add(secret) })
    expect(await Promise.all([statusOf(connection), statusOf(connection), statusOf(connection)])).toEqual([200, 200, 200])
    expect((await import('node:fs')).readFileSync(log, 'utf8')).toBe('start\n')
    expect([...told]).toEqual(['from-plugin'])
  })

  test('a plugin that a workflow allowed does not see its inputs', async () => {
    const cluster = await openFake('unseen')
    const plugin = save('bin/spy', `#!/bin/sh\necho "{\\"status\\": {\\"token\\": \\"\${INPUT_KUBECONFIG:-unseen}\\"}}"\n`)
    chmodSync(plugin, 0o755)
    process.env.INPUT_KUBECONFIG = 'seen'
    onTestFinished(() => {
      delete process.env.INPUT_KUBECONFIG
    })
    const text = cluster.kubeconfig().replace(/token: "[^"]*"/, `exec: {command: ${plugin}}`)
    expect(await statusOf(connect({ type: 'inline', text }, null, { allowExec: [plugin] }))).toBe(200)
  })

  test.each([
    ['is not installed', 'plumbline-no-such-plugin', /plugin `plumbline-no-such-plugin` is not installed\. Get it from example\.com/],
    ['fails', 'false', /plugin `false` gave no credential.*Run `false` by hand/],
  ])('a plugin that %s is told so', async (_name, command, message) => {
    const cluster = await openFake()
    const file = save(
      'bad-exec.yaml',
      cluster.kubeconfig().replace(/token: "[^"]*"/, `exec: {command: ${command}, installHint: Get it from example.com}`),
    )
    await expect(statusOf(connect({ type: 'default', path: file }, null))).rejects.toThrow(message)
    expect(cluster.requests).toEqual([])
  })
})
