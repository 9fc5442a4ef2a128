import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, expect, test } from 'vitest'
import { readAuditEntries } from '../cluster/audit.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runPlumbline } from '../run/command.ts'
import { changeByHand, chart, deployRelease, kubectl, values } from './story.ts'

const schema = JSON.parse(await readFile(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8')) as object

describeOnCluster('the story, on a real control plane, with the reader’s credential', ({ kubeconfigs, users, auditLog }) => {
  const namespaces = { 3: 'story-helm3', 4: 'story-helm4' } as const
  const env = 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]'

  async function check(helm: 3 | 4, ...more: readonly string[]) {
    const where = ['--chart', chart, '--values', values, '--release', 'grokdevops', '--namespace', namespaces[helm]]
    return runPlumbline(['check', ...where, '--kubeconfig', kubeconfigs.reader, ...more], { helm })
  }

  async function checkAsJson(helm: 3 | 4) {
    const { code, stdout, stderr } = await check(helm, '--output', 'json')
    expect(stderr).toBe('')
    const report = JSON.parse(stdout)
    const validate = addFormats.default(new Ajv2020({ allErrors: true, strict: false })).compile(schema)
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
    return { code, target: report.targets[0] }
  }

  test.each([3, 4] as const)('deployed by Helm %i: in sync straight after, then exactly the two changes', async (helm) => {
    await deployRelease(helm, kubeconfigs.admin, namespaces[helm])
    const before = await checkAsJson(helm)
    expect(before).toMatchObject({
      code: 0,
      target: { verdict: 'in-sync', complete: true, findings: [], unread: [], counts: { objects: 7, compared: 7 } },
    })
    expect(before.target.delivery).toBe(helm === 3 ? 'helm-client-side' : 'helm-server-side')

    await changeByHand(kubeconfigs.human, namespaces[helm])
    const { code, target } = await checkAsJson(helm)
    expect(code).toBe(2)
    expect(target).toMatchObject({ verdict: 'drifted', complete: true, counts: { drift: 2 } })
    expect(target.findings).toHaveLength(2)
    const [replicas, debug] = target.findings
    expect(replicas).toMatchObject({
      object: { kind: 'Deployment', name: 'grokdevops', namespace: namespaces[helm] },
      ...{ path: 'spec.replicas', change: 'changed', desired: 3, live: 5, cause: 'manual', confidence: 'certain', drift: true },
      evidence: { manager: 'kubectl', operation: 'Update', subresource: 'scale' },
    })
    expect(debug).toMatchObject({
      ...{
        path: env,
        change: 'added',
        desired: null,
        live: { name: 'DEBUG', value: 'true' },
        cause: 'manual',
        confidence: 'certain',
        drift: true,
      },
      evidence: { manager: 'kubectl-set', operation: 'Update', subresource: null },
    })
    expect(debug.evidence.time).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  test('the terminal says the same', async () => {
    const { code, stdout } = await check(4)
    expect(code).toBe(2)
    expect(stdout).toMatch(/^grokdevops has drifted: 2 changes were made by hand\.\n/)
    for (const text of ['spec.replicas', '3 -> 5', 'by kubectl (scale)', env, 'added: DEBUG=true', 'by kubectl-set'])
      expect(stdout).toContain(text)
  })

  test('someone sets it back: in sync again', async () => {
    await kubectl(kubeconfigs.human, namespaces[4], 'scale', 'deployment/grokdevops', '--replicas=3')
    await kubectl(kubeconfigs.human, namespaces[4], 'set', 'env', 'deployment/grokdevops', 'DEBUG-')
    expect(await checkAsJson(4)).toMatchObject({ code: 0, target: { verdict: 'in-sync', findings: [] } })
  })

  test('an undeployed commit and a removal by hand are told apart by the record of the last deploy', async () => {
    await kubectl(kubeconfigs.human, namespaces[3], 'set', 'env', 'deployment/grokdevops', 'LOG_LEVEL-')
    const { stdout } = await check(3, '--output', 'json', '--set', 'upstream.url=https://new.example.com')
    const { findings, notes } = JSON.parse(stdout).targets[0]
    const causes = Object.fromEntries(findings.map((finding: { path: string; cause: string }) => [finding.path, finding.cause]))
    // There is no git on the PATH here: the record alone settles it, and one note says what it cannot exclude.
    expect(notes).toEqual([expect.objectContaining({ kind: 'no-history', message: expect.stringContaining('git is not installed') })])
    expect(causes).toMatchObject({
      'data.UPSTREAM_URL': 'undeployed',
      'spec.template.spec.containers[name=grokdevops].env[name=LOG_LEVEL]': 'manual',
      'spec.replicas': 'manual',
    })
  })

  test('all that the API server saw of the reader is get and list', async () => {
    // Other tests try what the reader may not do, in namespaces of their own.
    const ours: readonly string[] = Object.values(namespaces)
    const entries = (await readAuditEntries(auditLog, users.reader)).filter(({ namespace }) => ours.includes(namespace))
    expect(entries.length).toBeGreaterThan(30)
    expect([...new Set(entries.map(({ verb }) => verb))].toSorted()).toEqual(['get', 'list'])
  })

  afterAll(async () => {
    const names = Object.values(namespaces)
    await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', ...names, '--wait=false', '--ignore-not-found')
  })
})
