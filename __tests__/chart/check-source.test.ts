import { afterAll, describe, expect, it } from 'vitest'
import { checkSource } from '../../src/chart/check-source.ts'
import type { ChartSource } from '../../src/model.ts'
import { makeChart, makeChartTarget, makeWorkspace, removeWorkspaces, type Workspace } from './support/charts.ts'

afterAll(removeWorkspaces)

const SOPS = `db:
    password: ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UI=,type:str]
sops:
    age:
        - recipient: age1xyz
    lastmodified: "2026-01-01T00:00:00Z"
    mac: ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]
    version: 3.9.0
`

describe('checkSource', () => {
  it('finds nothing wrong with a chart and values that are there, links inside the workspace among them', async () => {
    const workspace = makeChart({ 'templates/a.yaml': 'a: 1\n', 'values-dev.yaml': 'sops: {enabled: true}\nnote: "ENC[ is a word"\n' })
    workspace.write({ 'shared/a.txt': 'x', 'other/broken.yaml': 'a: {{ not yaml\n' })
    workspace.link('app/files/a.txt', '../../shared/a.txt')
    const { source } = makeChartTarget(workspace, { values: [workspace.at('app/values-dev.yaml'), workspace.at('other/broken.yaml')] })
    expect(await checkSource(source, workspace.path)).toEqual([])
  })

  it.each<[string, (workspace: Workspace) => Partial<ChartSource>, string, RegExp]>([
    ['a chart that is missing', (w) => ({ chart: w.at('gone') }), 'chart', /There is no chart at gone/],
    [
      'a chart without Chart.yaml',
      (w) => [w.write({ 'empty/x': '' }), { chart: w.at('empty') }][1] as Partial<ChartSource>,
      'chart',
      /empty has no Chart\.yaml/,
    ],
    ['a chart that is a file', (w) => ({ chart: w.at('app/Chart.yaml') }), 'chart', /Chart\.yaml is a file, not a chart/],
    ['a chart outside', () => ({ chart: '/etc' }), 'chart', /\/etc lies outside the workspace/],
    ['a chart by URL', (w) => ({ chart: w.at('oci://host/chart') }), 'chart', /is a URL/],
    ['values that are missing', (w) => ({ values: [w.at('gone.yaml')] }), 'values', /There is no values file gone\.yaml/],
    ['values outside', () => ({ values: ['/etc/hostname'] }), 'values', /\/etc\/hostname lies outside the workspace/],
    ['values above', (w) => ({ values: [`${w.path}/../../../../etc/hostname`] }), 'values', /outside the workspace/],
    [
      'values through a link',
      (w) => [w.link('v.yaml', '/etc/hostname'), { values: [w.at('v.yaml')] }][1] as Partial<ChartSource>,
      'values',
      /v\.yaml lies outside/,
    ],
    [
      'values in .git',
      (w) => [w.write({ '.git/config': 'x' }), { values: [w.at('.git/config')] }][1] as Partial<ChartSource>,
      'values',
      /inside \.git/,
    ],
    ['values that are a folder', (w) => ({ values: [w.at('app')] }), 'values', /app is not a file/],
    ['values by URL', () => ({ values: ['https://example.com/v.yaml'] }), 'values', /is a URL/],
    ['values by URL, made absolute', (w) => ({ values: [w.at('https:/example.com/v.yaml')] }), 'values', /is a URL/],
    ['values that look like a flag', () => ({ values: ['--post-renderer=x'] }), 'values', /starts with a dash/],
    ['values for helm-secrets', () => ({ values: ['secrets://values.yaml'] }), 'values', /helm-secrets/],
    [
      'values encrypted with SOPS',
      (w) => [w.write({ 's.yaml': SOPS }), { values: [w.at('s.yaml')] }][1] as Partial<ChartSource>,
      'values',
      /s\.yaml is encrypted with SOPS/,
    ],
    [
      'values encrypted without the map',
      (w) => [w.write({ 's.yaml': 'a: [{b: "ENC[AES256_GCM,data:x]"}]\n' }), { values: [w.at('s.yaml')] }][1] as Partial<ChartSource>,
      'values',
      /encrypted/,
    ],
    [
      'a link out of the chart',
      (w) => [w.link('app/templates/x', '/proc/self/environ'), {}][1] as Partial<ChartSource>,
      'chart',
      /app\/templates\/x is a symbolic link that leads out/,
    ],
    [
      'a linked folder',
      (w) => [w.link('app/charts/sub', '/etc'), {}][1] as Partial<ChartSource>,
      'chart',
      /app\/charts\/sub is a symbolic link that leads out/,
    ],
    [
      'a link in a loop',
      (w) => [w.link('app/loop', 'loop'), {}][1] as Partial<ChartSource>,
      'chart',
      /app\/loop is a symbolic link that leads nowhere/,
    ],
  ])('refuses %s', async (_title, change, where, message) => {
    const workspace = makeChart({})
    const { source } = makeChartTarget(workspace, change(workspace))
    const faults = await checkSource(source, workspace.path)
    expect(faults.map((fault) => fault.where)).toEqual([where])
    expect(faults[0]?.message).toMatch(message)
    expect(faults[0]?.remedy).toMatch(/^[A-Z].*[.]$/)
  })

  it('tells everything at once', async () => {
    const workspace = makeWorkspace({ 's.yaml': SOPS })
    const { source } = makeChartTarget(workspace, { values: [workspace.at('gone.yaml'), workspace.at('s.yaml'), '/etc/hostname'] })
    expect((await checkSource(source, workspace.path)).map(({ where }) => where)).toEqual(['chart', 'values', 'values', 'values'])
  })

  it('says how to decrypt', async () => {
    const workspace = makeChart({ 's.yaml': SOPS })
    const { source } = makeChartTarget(workspace, { values: [workspace.at('app/s.yaml')] })
    expect((await checkSource(source, workspace.path))[0]?.remedy).toContain('sops -d app/s.yaml > ')
  })
})
