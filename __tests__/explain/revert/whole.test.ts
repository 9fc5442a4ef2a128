import { expect, test } from 'vitest'
import { listWholeReverts, type WholeInput } from '../../../src/explain/revert/whole.ts'
import type { Fate, JsonObject } from '../../../src/model.ts'
import { makeInput, TARGET } from './make-input.ts'
import { runWords } from './run-words.ts'

const config = (data: JsonObject, more: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', ...more },
  data,
})

function makeWhole(more: Partial<WholeInput> = {}, fates: readonly Fate['next'][] = [], metadata: JsonObject = {}): WholeInput {
  const input = makeInput([{ desired: config({ a: '1' }, metadata), live: config({ a: '2', b: '3' }, metadata) }])
  const findings = input.findings.map((finding, index) => {
    const next = fates[index]
    if (next === undefined) return finding
    const conflict = next === 'blocks-deploy' ? { conflict: 'conflict with "kubectl"' } : {}
    return { ...finding, fate: { next, reason: 'because', confidence: 'certain' as const, ...conflict } }
  })
  return { ...input, findings, workspace: '/repo', ...more }
}

test('helm upgrade as configured, with what comes back and what stays', () => {
  const [way, ...others] = listWholeReverts(makeWhole({}, ['reverted', 'kept']))
  expect(others).toEqual([])
  expect(way).toMatchObject({
    tool: 'helm',
    command: 'helm upgrade shop ./charts/shop --namespace=shop --values=./charts/dev.yaml',
    effect:
      'It deploys what Git says now, as a new revision. It sets back data.a of ConfigMap settings. It leaves as it is: data.b of ConfigMap settings.',
  })
})

test('conflicts that are foretold are forced, and only on the server', () => {
  const way = (delivery: WholeInput['delivery']) => listWholeReverts(makeWhole({ delivery }, ['blocks-deploy', 'kept']))[0]
  expect(way('helm-server-side')?.command).toMatch(/ --force-conflicts$/)
  expect(way('helm-server-side')?.effect).toContain('without --force-conflicts it fails')
  expect(way('helm-client-side')?.command).not.toContain('--force-conflicts')
})

test('hostile paths, values and contexts are words; what the pipeline sets stops the shell until it is given', () => {
  const source = {
    type: 'chart' as const,
    chart: "/repo/my chart's $(INJECTED)",
    values: ['/repo/a,b".yaml', '/elsewhere/-x.yaml'],
    set: ['a=`INJECTED`'],
    deployTimeValues: ["image.tag'$(INJECTED)"],
  }
  const [way] = listWholeReverts(makeWhole({ target: { ...TARGET, source, context: 'c; INJECTED' } }))
  expect(() => runWords(way!.command)).toThrow(/the value that was deployed/)
  expect(runWords(`DEPLOYED_IMAGE_TAG_INJECTED_='1.2; 3'; ${way!.command}`)).toEqual([
    ...['upgrade', 'shop', "./my chart's $(INJECTED)", '--namespace=shop'],
    ...['--values="./a,b"".yaml"', '--values=../elsewhere/-x.yaml', '--set=a=`INJECTED`'],
    ...["--set=image.tag'$(INJECTED)=1.2; 3", '--kube-context=c; INJECTED'],
  ])
})

test('Argo CD and Flux by their own names, and their own commands', () => {
  const byArgo = makeWhole({ delivery: 'argocd' }, [], {
    annotations: { 'argocd.argoproj.io/tracking-id': 'team/web:apps/Deployment:shop/web' },
  })
  expect(listWholeReverts(byArgo)).toMatchObject([
    { tool: 'argocd', command: 'argocd app sync team/web', approval: expect.stringContaining('tech lead') },
  ])
  expect(listWholeReverts({ ...byArgo, application: 'argocd/other' })[0]?.command).toBe('argocd app sync argocd/other')
  const labels = { 'helm.toolkit.fluxcd.io/name': 'web', 'helm.toolkit.fluxcd.io/namespace': 'flux-system' }
  expect(listWholeReverts(makeWhole({ delivery: 'flux' }, [], { labels }))).toMatchObject([
    { tool: 'flux', command: 'flux reconcile helmrelease web --namespace=flux-system --force' },
  ])
  expect(listWholeReverts(makeWhole({ delivery: 'flux' }))).toEqual([])
  expect(listWholeReverts(makeWhole({ delivery: 'unknown' }))).toEqual([])
})

test('ready-made manifests are applied as they were', () => {
  const target = { ...TARGET, source: { type: 'manifests' as const, path: '/repo/out/all.yaml' } }
  expect(listWholeReverts(makeWhole({ target, delivery: 'kubectl' }))[0]?.command).toBe(
    'kubectl --namespace=shop apply --filename=./out/all.yaml',
  )
  expect(listWholeReverts(makeWhole({ target }))).toEqual([])
})
