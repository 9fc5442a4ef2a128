import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { readAuditLog } from '../../src/audit/read-audit-log.ts'
import { groupActs } from '../../src/explain/acts/group-acts.ts'
import type { ClusterInfo, Finding } from '../../src/model.ts'
import { parsePath } from '../../src/path.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runPlumbline } from '../run/command.ts'
import { changeByHand, chart, deployRelease, kubectl, values } from './story.ts'

const info: Pick<ClusterInfo, 'resources'> = {
  resources: [
    { apiVersion: 'apps/v1', kind: 'Deployment', resource: 'deployments', namespaced: true },
    { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true },
    { apiVersion: 'v1', kind: 'Service', resource: 'services', namespaced: true },
  ],
}

describeOnCluster('who did it, by the API server’s own audit log', ({ kubeconfigs, users, auditLog }) => {
  const namespace = 'acts-d'
  const target = { name: 'grokdevops', namespace }

  /** The findings of the story as the pipeline makes them, by the reader's credential. */
  async function find(): Promise<readonly Finding[]> {
    const where = ['--chart', chart, '--values', values, '--release', 'grokdevops', '--namespace', namespace]
    const { stdout } = await runPlumbline(['check', ...where, '--kubeconfig', kubeconfigs.reader, '--output', 'json'], { helm: 4 })
    const { findings } = JSON.parse(stdout).targets[0] as { findings: readonly (Omit<Finding, 'path'> & { path: string })[] }
    return findings.map((one) => ({ ...one, path: parsePath(one.path) ?? [] }) as Finding)
  }

  /** Other tests write meanwhile, and the last line may be half-written: then it is read again. */
  async function read(tries = 5): Promise<{ readonly now: string } & Awaited<ReturnType<typeof readAuditLog>>> {
    const now = new Date().toISOString()
    const log = await readAuditLog({ path: auditLog, workspace: '/', namespaces: [namespace], since: null, now })
    return log.notes.length > 0 && tries > 1 ? read(tries - 1) : { now, ...log }
  }

  test('both changes of the story are Jane’s, and no deploy is taken for a change', async () => {
    await deployRelease(4, kubeconfigs.admin, namespace)
    await changeByHand(kubeconfigs.human, namespace)
    const findings = await find()
    const { events, notes, now, span } = await read()
    expect(notes).toEqual([])
    expect(Date.parse(span?.to ?? '')).toBeGreaterThan(Date.parse(span?.from ?? ''))
    const found = groupActs({ findings, audit: events, now, target, info })
    expect(found.notes).toEqual([])
    expect(found.acts.map(({ tool, manager }) => [manager, tool])).toEqual(
      expect.arrayContaining([
        ['kubectl', 'kubectl scale'],
        ['kubectl-set', 'kubectl set'],
      ]),
    )
    expect(found.acts).toHaveLength(2)
    for (const { people, from, queries } of found.acts) {
      expect(people).toEqual([
        expect.objectContaining({ user: users.human, impersonatedBy: null, userAgent: expect.stringMatching(/^kubectl\//), verb: 'patch' }),
      ])
      // The scale subresource leaves no time: the log gives it.
      expect(from).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      expect(queries).toEqual([])
    }
    const byTool = Object.fromEntries(found.acts.map(({ tool, people }) => [tool, people[0]?.confidence]))
    expect(byTool).toEqual({ 'kubectl set': 'certain', 'kubectl scale': 'likely' })
  })

  test('what was taken away has no record, and the log still names who did it, in whose name', async () => {
    await kubectl(
      kubeconfigs.human,
      namespace,
      'set',
      'env',
      'deployment/grokdevops',
      'LOG_LEVEL-',
      '--as=ops@example.com',
      '--as-group=system:masters',
    )
    await kubectl(kubeconfigs.admin, namespace, 'delete', 'service', 'grokdevops')
    // A dry run and a refused request change nothing, whoever made them.
    await kubectl(kubeconfigs.admin, namespace, 'set', 'env', 'deployment/grokdevops', 'OTHER=1', '--dry-run=server')
    const asNobody = ['set', 'env', 'deployment/grokdevops', 'OTHER=1', '--as=nobody@example.com']
    await expect(kubectl(kubeconfigs.admin, namespace, ...asNobody)).rejects.toThrow()
    const findings = (await find()).filter(({ change }) => change === 'removed' || change === 'missing-object')
    expect(findings.map(({ change }) => change).toSorted()).toEqual(['missing-object', 'removed'])
    const { events, now } = await read()
    const drift = findings.map((one) => ({ ...one, drift: true }))
    const { acts } = groupActs({ findings: drift, audit: events, now, target, info })
    const peopleOf = (change: string) => {
      const id = drift.find((one) => one.change === change)?.id ?? ''
      return acts.find((act) => act.findings.includes(id))?.people ?? []
    }
    expect(peopleOf('missing-object').map(({ user }) => user)).toContain(users.admin)
    const removers = peopleOf('removed').map(({ user, impersonatedBy }) => [user, impersonatedBy])
    expect(removers).toContainEqual(['ops@example.com', users.human])
    expect(removers.flat()).not.toContain(users.reader)
  })

  test('the query for the API server’s log finds the same with jq', async () => {
    const findings = (await find()).filter(({ evidence }) => evidence.manager === 'kubectl-set')
    const { acts } = groupActs({ findings, audit: null, now: new Date().toISOString(), target, info })
    const query = acts[0]?.queries.find(({ where }) => where === 'Kubernetes audit log')?.text ?? ''
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-jq-'))
    try {
      // The log is still being written: its last line may be half there.
      const text = await readFile(auditLog, 'utf8')
      await writeFile(join(folder, 'audit.log'), text.slice(0, text.lastIndexOf('\n') + 1))
      const { stdout } = await promisify(execFile)('sh', ['-c', query], { cwd: folder, maxBuffer: 50e6 })
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(lines.some(({ by, requestURI }) => by === users.human && requestURI.includes('fieldManager=kubectl-set'))).toBe(true)
      expect(new Set(lines.map(({ what }) => `${what.namespace}/${what.name}`))).toEqual(new Set([`${namespace}/grokdevops`]))
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  afterAll(async () => {
    await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
  })
})
