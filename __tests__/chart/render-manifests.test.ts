import { afterAll, describe, expect, it } from 'vitest'
import { renderTarget } from '../../src/chart/render.ts'
import type { Desired } from '../../src/model.ts'
import { catchFaults, cluster, configMap, makeTarget, makeWorkspace, removeWorkspaces, type Workspace } from './support/charts.ts'

afterAll(removeWorkspaces)

/** Without helm: pre-rendered manifests need none. */
function render(workspace: Workspace, path = 'out'): Promise<Desired> {
  const target = makeTarget({ type: 'manifests', path: workspace.at(path) })
  return renderTarget(target, cluster, { helm: null, workspace: workspace.path, dependencies: 'never' })
}

describe('renderTarget with pre-rendered manifests', () => {
  it('reads a folder and its folders in the order of their names, and nothing but YAML and JSON', async () => {
    const workspace = makeWorkspace({
      'out/b.yml': configMap('b', '  on: off'),
      'out/a/z.yaml': `# Source: app/templates/z.yaml\n${configMap('z', '  a: b')}`,
      'out/c.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'c' } }],
      }),
      'out/notes.txt': 'not: a: manifest',
    })
    const { objects } = await render(workspace)
    expect(objects.map(({ ref, template }) => [ref.name, ref.namespace, template])).toEqual([
      ['z', 'prod', 'app/templates/z.yaml'],
      ['b', 'prod', null],
      ['c', null, null],
    ])
    expect(objects[1]?.object.data).toEqual({ true: false })
    expect(objects.flatMap(({ unstable }) => unstable)).toEqual([])
  })

  it('reads one file, and sets its hooks aside', async () => {
    const hook = 'apiVersion: v1\nkind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n'
    const workspace = makeWorkspace({ 'all.yaml': `${configMap('a', '  a: b')}---\n${hook}` })
    const { objects, setAside } = await render(workspace, 'all.yaml')
    expect([objects.map(({ ref }) => ref.name), setAside.map(({ object, reason }) => [object.name, reason])]).toEqual([
      ['a'],
      [['t', 'test']],
    ])
  })

  it('tells the faults of all files at once, with file and line', async () => {
    const workspace = makeWorkspace({ 'out/a.yaml': 'a: [\n', 'out/b.yaml': `${configMap('b', '  a: b')}---\na: "x\n` })
    expect((await catchFaults(render(workspace))).map(({ where }) => where)).toEqual(['out/a.yaml:2', 'out/b.yaml:8'])
  })

  it('tells every object that is none', async () => {
    const workspace = makeWorkspace({ 'out/a.yaml': 'kind: A\n---\n- list\n', 'out/b.yaml': '\n---\napiVersion: v1\nkind: Secret\n' })
    expect((await catchFaults(render(workspace))).map(({ where, message }) => `${where} ${message}`)).toEqual([
      'out/a.yaml:1 This object has no apiVersion.',
      'out/a.yaml:2 This is no Kubernetes object, but a list or a single value.',
      'out/b.yaml:2 This Secret has no metadata.name, or one that is not text.',
    ])
  })

  it.each<[string, (workspace: Workspace) => void, RegExp]>([
    ['a folder that is missing', () => undefined, /There is nothing at out/],
    ['a folder without manifests', ({ write }) => write({ 'out/readme.md': 'x' }), /out holds no \.yaml/],
    ['files without objects', ({ write }) => write({ 'out/a.yaml': '# nothing\n' }), /out renders no object that could be compared, so/],
    ['a link out of the workspace', ({ link }) => link('out/a.yaml', '/etc/hostname'), /out\/a\.yaml is a symbolic link that leads out/],
    ['a folder that is such a link', ({ link }) => link('out', '/etc'), /out lies outside the workspace/],
    [
      'a link into .git',
      ({ link, write }) => [write({ '.git/config': 'token' }), link('out/a.yaml', '../.git/config')],
      /leads out of the workspace/,
    ],
    ['a link that leads nowhere', ({ link }) => link('out/a.yaml', 'gone'), /out\/a\.yaml is a symbolic link that leads nowhere/],
  ])('refuses %s', async (_title, prepare, message) => {
    const workspace = makeWorkspace()
    prepare(workspace)
    const faults = await catchFaults(render(workspace))
    expect(faults.map(({ where }) => where)).toEqual(['manifests'])
    expect(faults[0]?.message).toMatch(message)
  })

  it('follows links that stay inside', async () => {
    const workspace = makeWorkspace({ 'shared/a.yaml': configMap('a', '  a: b') })
    workspace.link('out/a.yaml', '../shared/a.yaml')
    expect((await render(workspace)).objects.map(({ ref }) => ref.name)).toEqual(['a'])
  })
})
