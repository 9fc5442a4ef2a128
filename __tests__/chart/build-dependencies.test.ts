import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DependencyRule } from '../../src/chart/build-dependencies.ts'
import { readDependencies } from '../../src/chart/read-dependencies.ts'
import { renderTarget } from '../../src/chart/render.ts'
import type { Desired } from '../../src/model.ts'
import { devToolsSupported, getHelm } from '../tools/helm-and-kubectl.ts'
import {
  catchFaults,
  cluster,
  configMap,
  makeChartTarget,
  makeWorkspace,
  packChart,
  removeWorkspaces,
  type Workspace,
} from './support/charts.ts'

afterAll(removeWorkspaces)

type Entry = { readonly name: string; readonly version?: string; readonly repository?: string }
const manifest = (name: string, dependencies: readonly Entry[] = []): string =>
  JSON.stringify({ apiVersion: 'v2', name, version: '1.0.0', dependencies: dependencies.map((entry) => ({ version: '1.0.0', ...entry })) })
const library = { 'lib/Chart.yaml': manifest('lib'), 'lib/templates/l.yaml': configMap('lib', '  a: b') }
const app = (...dependencies: readonly Entry[]): Record<string, string> => ({
  'app/Chart.yaml': manifest('app', dependencies),
  'app/templates/a.yaml': configMap('app', '  a: b'),
})

describe.runIf(devToolsSupported()).each([3, 4] as const)('dependencies with helm %i', (major) => {
  let helm = { path: '', version: '' }
  let server: Server
  let url = ''
  let asked = 0
  beforeAll(async () => {
    helm = { path: await getHelm(major), version: '' }
    const packed = makeWorkspace({ 'remote/Chart.yaml': manifest('remote'), 'remote/templates/r.yaml': configMap('remote', '  a: b') })
    packChart(packed, 'remote', 'remote-1.0.0.tgz')
    const index = `apiVersion: v1\nentries:\n  remote:\n  - {apiVersion: v2, name: remote, version: 1.0.0, urls: [remote-1.0.0.tgz]}\n`
    server = createServer((request, response) => {
      asked += 1
      if (request.url === '/charts/index.yaml') response.end(index)
      else if (request.url === '/charts/remote-1.0.0.tgz') response.end(readFileSync(packed.at('remote-1.0.0.tgz')))
      else response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  const render = (workspace: Workspace, dependencies: DependencyRule = 'auto'): Promise<Desired> =>
    renderTarget(makeChartTarget(workspace), cluster, { helm, workspace: workspace.path, dependencies })
  const namesOf = (desired: Desired): readonly string[] => desired.objects.map(({ ref }) => ref.name).sort()
  const isUntouched = async (workspace: Workspace): Promise<boolean> => (await readDependencies(workspace.at('app'))).missing.length > 0

  it('fetches a missing local one into a copy, and leaves the workspace alone', async () => {
    const workspace = makeWorkspace({ ...library, ...app({ name: 'lib', repository: 'file://../lib' }) })
    expect(namesOf(await render(workspace))).toEqual(['app', 'lib'])
    expect(await isUntouched(workspace)).toBe(true)
  })

  it('fetches a missing one from a repository that was never added', async () => {
    const workspace = makeWorkspace({
      ...library,
      ...app({ name: 'lib', repository: 'file://../lib' }, { name: 'remote', repository: `${url}/charts` }),
    })
    expect(namesOf(await render(workspace))).toEqual(['app', 'lib', 'remote'])
    expect(await isUntouched(workspace)).toBe(true)
  })

  it('renders what is vendored as it is, without any network', async () => {
    const gone = 'http://127.0.0.1:1/charts'
    const workspace = makeWorkspace({
      ...app({ name: 'lib', repository: gone }, { name: 'remote', repository: gone }),
      'app/charts/any-folder/Chart.yaml': manifest('lib'),
      'app/charts/any-folder/templates/l.yaml': configMap('lib', '  a: b'),
      'remote/Chart.yaml': manifest('remote'),
      'remote/templates/r.yaml': configMap('remote', '  a: {{ (lookup "v1" "Secret" "a" "b") | toJson | quote }}'),
    })
    packChart(workspace, 'remote', 'app/charts/remote-1.0.0.tgz')
    const desired = await render(workspace, 'never')
    expect(namesOf(desired)).toEqual(['app', 'lib', 'remote'])
    expect(desired.notes.map(({ kind, message }) => [kind, message.split(' ')[0]])).toEqual([['lookup', 'app/charts/remote-1.0.0.tgz']])
  })

  it('builds those of the repository itself in a preview, beside vendored ones, and downloads nothing', async () => {
    const own = { name: 'lib', repository: 'file://../lib' }
    expect(namesOf(await render(makeWorkspace({ ...library, ...app(own) }), 'local'))).toEqual(['app', 'lib'])
    const vendored = { 'app/charts/remote/Chart.yaml': manifest('remote'), 'app/charts/remote/templates/r.yaml': configMap('r', '  a: b') }
    const mixed = makeWorkspace({ ...library, ...vendored, ...app(own, { name: 'remote', repository: 'http://127.0.0.1:1/charts' }) })
    expect(namesOf(await render(mixed, 'local'))).toEqual(['app', 'lib', 'r'])
    expect(await isUntouched(mixed)).toBe(true)
  })

  it.each(['oci://127.0.0.1:1/x', '@acme', 'alias:acme', ''])('refuses one from %j in a preview', async (repository) => {
    const before = asked
    const workspace = makeWorkspace({ ...library, ...app({ name: 'lib', repository: 'file://../lib' }, { name: 'remote', repository }) })
    const [fault] = await catchFaults(render(workspace, 'local'))
    expect(fault?.message).toMatch(/^app\/charts lacks remote 1\.0\.0.*a preview downloads nothing/)
    const [real] = await catchFaults(render(makeWorkspace(app({ name: 'remote', repository: `${url}/charts` })), 'local'))
    expect(real?.message).toContain('a pull request must not choose what a runner fetches')
    expect(asked).toBe(before)
  })

  it('renders a packed chart', async () => {
    const workspace = makeWorkspace(app())
    packChart(workspace, 'app', 'app.tgz')
    const target = makeChartTarget(workspace, { chart: workspace.at('app.tgz') })
    expect(namesOf(await renderTarget(target, cluster, { helm, workspace: workspace.path, dependencies: 'auto' }))).toEqual(['app'])
  })

  it('names what is missing when it may not fetch', async () => {
    const workspace = makeWorkspace({
      ...library,
      ...app({ name: 'lib', repository: 'file://../lib' }, { name: 'remote', repository: url }),
    })
    expect(await catchFaults(render(workspace, 'never'))).toEqual([
      {
        where: 'chart',
        message: `app/charts lacks lib 1.0.0 (file://../lib), remote 1.0.0 (${url}), and dependencies is set to never.`,
        remedy: 'Run "helm dependency build app" in an earlier step, commit charts/, or set dependencies to auto.',
      },
    ])
  })

  it('says which one failed, and why, when a repository cannot be reached', async () => {
    const workspace = makeWorkspace({
      ...library,
      ...app({ name: 'lib', repository: 'file://../lib' }, { name: 'redis', repository: 'http://127.0.0.1:1/charts' }),
    })
    const faults = await catchFaults(render(workspace))
    expect(faults.map(({ where }) => where)).toEqual(['chart'])
    expect(faults[0]?.message).toMatch(
      /^The dependency redis 1\.0\.0 \(http:\/\/127\.0\.0\.1:1\/charts\) could not be fetched: .*connection refused\.$/,
    )
  })

  it.each([
    ['a repository without an index', (): Entry => ({ name: 'remote', repository: `${url}/none` }), /The dependency remote 1\.0\.0 .*404/],
    ['a chart the repository lacks', (): Entry => ({ name: 'nope', repository: `${url}/charts` }), /The dependency nope 1\.0\.0 .*nope/],
    [
      'a version it lacks',
      (): Entry => ({ name: 'remote', version: '9.9.9', repository: `${url}/charts` }),
      /The dependency remote 9\.9\.9 .*version/,
    ],
    [
      'a repository that was to be added by name',
      (): Entry => ({ name: 'remote', repository: '@acme' }),
      /The dependency remote 1\.0\.0 \(@acme\)/,
    ],
    [
      'an absolute path',
      (): Entry => ({ name: 'lib', repository: 'file:///etc' }),
      /The dependency lib 1\.0\.0 \(file:\/\/\/etc\) has an absolute path/,
    ],
    ['a path out of the workspace', (): Entry => ({ name: 'lib', repository: 'file://../../../../etc' }), /points outside the workspace/],
    ['a path to nothing', (): Entry => ({ name: 'lib', repository: 'file://../gone' }), /points to a folder that does not exist/],
  ])('refuses %s', async (_title, entry, message) => {
    const faults = await catchFaults(render(makeWorkspace({ ...library, ...app(entry()) })))
    expect(faults).toHaveLength(1)
    expect(faults[0]?.message).toMatch(message)
  })

  it('refuses a local dependency with a link out of the workspace', async () => {
    const workspace = makeWorkspace({ ...library, ...app({ name: 'lib', repository: 'file://../lib' }) })
    workspace.link('lib/files/env', '/proc/self/environ')
    expect((await catchFaults(render(workspace))).map(({ message }) => message)).toEqual([
      'lib/files/env is a symbolic link that leads out of the workspace.',
    ])
  })

  it('honours the lock file', async () => {
    const workspace = makeWorkspace({
      ...library,
      ...app({ name: 'lib', repository: 'file://../lib' }),
      'app/Chart.lock': 'dependencies:\n- {name: lib, repository: file://../lib, version: 1.0.0}\ndigest: sha256:0000\n',
    })
    const faults = await catchFaults(render(workspace))
    expect(faults[0]?.message).toMatch(/^The dependency lib .*out of sync/)
  })

  it('finds the dependencies of a chart of the first format', async () => {
    const workspace = makeWorkspace({
      ...library,
      'app/Chart.yaml': 'apiVersion: v1\nname: app\nversion: 1.0.0\n',
      'app/requirements.yaml': 'dependencies:\n- {name: lib, version: 1.0.0, repository: "file://../lib"}\n',
      'app/templates/a.yaml': configMap('app', '  a: b'),
    })
    expect(namesOf(await render(workspace))).toEqual(['app', 'lib'])
  })
})
