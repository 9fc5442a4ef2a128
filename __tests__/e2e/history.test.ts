import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { runPlumbline } from '../run/command.ts'
import { kubectl } from './story.ts'
import { configMap, deployment, helm, makeGitFolder, makeReader, makeTeam, type Team, values } from './team.ts'

type Finding = {
  readonly object: { readonly kind: string; readonly name: string }
  readonly path: string
  readonly change: string
  readonly cause: string
  readonly pattern: string
  readonly because: string
}
type Evidence = 'record and commits' | 'commits' | 'neither'

const container = 'spec.template.spec.containers[name=grokdevops]'
const extra = 'devops/helm/grokdevops/templates/extra.yaml'
const withName = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  labels: {part-of: grokdevops}\ndata: {a: b}\n`

/** What the two commits that are not deployed yet do: they change, add and remove, values and objects. */
const undeployed = [
  'ConfigMap/grokdevops data.UPSTREAM_URL changed',
  'ConfigMap/grokdevops data.UPSTREAM_RETRIES removed',
  'ConfigMap/new  missing-object',
  'ConfigMap/old  extra-object',
  `Deployment/grokdevops ${container}.env[name=LOG_LEVEL].value changed`,
  'Deployment/grokdevops spec.template.metadata.annotations["checksum/config"] changed',
  'Deployment/grokdevops spec.template.metadata.annotations["prometheus.io/port"] added',
]

describeOnCluster('Git ahead, or touched?', ({ kubeconfigs }) => {
  let team: Team
  let home: string
  let git: string
  let deployed: string
  let newest: string

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'plumbline-history-'))
    git = await makeGitFolder()
    team = await makeTeam()
    const retries = '  UPSTREAM_TIMEOUT_SECONDS: {{ .Values.upstream.timeoutSeconds | quote }}\n'
    const timeout = '            - name: UPSTREAM_TIMEOUT_SECONDS\n'
    await team.commit('The first, which has no timeout yet', [
      [configMap, retries, ''],
      [deployment, timeout, '            - name: UPSTREAM_TIMEOUT\n'],
      [values, 'replicaCount: 3', 'replicaCount: 2'],
    ])
    await team.commit('A timeout', [
      [configMap, '  app.yaml', `${retries}  app.yaml`],
      [deployment, '            - name: UPSTREAM_TIMEOUT\n', timeout],
    ])
    deployed = await team.commit('More replicas, and another object', [
      [values, 'replicaCount: 2', 'replicaCount: 3'],
      [extra, '', withName('old')],
    ])
    await team.commit('Another upstream', [
      [values, 'https://api.dev.example.com', 'https://api2.dev.example.com'],
      [configMap, '  app.yaml', '  UPSTREAM_RETRIES: "3"\n  app.yaml'],
    ])
    newest = await team.commit('Louder, another port, another object', [
      [values, 'logLevel: info', 'logLevel: debug'],
      [values, '  prometheus.io/port: "8080"\n', ''],
      [extra, withName('old'), withName('new')],
    ])
    await team.commit('Words', [['README.md', '# ', '# The ']])
  }, 120_000)

  afterAll(async () => {
    for (const folder of [home, git, team?.folder]) if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  })

  async function checkWith(evidence: Evidence, major: 3 | 4, namespace: string, ...more: readonly string[]) {
    const checkout = evidence === 'neither' ? await team.cloneShallow() : team.folder
    const reader = evidence === 'record and commits' ? kubeconfigs.reader : await makeReader(kubeconfigs.admin, namespace, home)
    const sources = ['--chart', join(checkout, 'devops/helm/grokdevops'), '--values', join(checkout, values)]
    const where = [...sources, '--release', 'grokdevops', '--namespace', namespace, '--kubeconfig', reader]
    const outcome = await runPlumbline(['check', ...where, '--output', 'json', ...more], { helm: major, more: [git] })
    expect(outcome.stderr).toBe('')
    const [target] = JSON.parse(outcome.stdout).targets
    expect(target.error).toBe(null)
    const findings: readonly Finding[] = target.findings
    const name = ({ object, path, change }: Finding) => `${object.kind}/${object.name} ${path} ${change}`
    const by = (cause: string) =>
      findings
        .filter((finding) => finding.cause === cause)
        .map(name)
        .toSorted()
    const history = target.notes.filter(({ kind }: { kind: string }) => /history|commits/.test(kind))
    return { findings, by, name, verdict: target.verdict, notes: history }
  }

  describeVersions((major) => {
    const waiting = `history-waiting-${major}`
    const released = `history-released-${major}`
    const install = (namespace: string) => ['upgrade', '--install', 'grokdevops', 'CHART', '--create-namespace', '--namespace', namespace]

    test(`Helm ${major}: commits that are not deployed yet`, async () => {
      await team.git('checkout', '-q', deployed)
      await helm(major, kubeconfigs.admin, waiting, team.folder, ...install(waiting))
      for (const evidence of ['record and commits', 'commits'] as const) {
        expect(await checkWith(evidence, major, waiting)).toMatchObject({ findings: [], verdict: 'in-sync', notes: [] })
      }
      await team.git('checkout', '-q', 'main')
      for (const evidence of ['record and commits', 'commits'] as const) {
        const { by, findings, verdict, notes } = await checkWith(evidence, major, waiting)
        expect(by('undeployed')).toEqual(undeployed.toSorted())
        expect(findings).toHaveLength(undeployed.length)
        expect({ verdict, notes }).toEqual({ verdict: 'in-sync', notes: [] })
        for (const { because } of findings) {
          // Commits alone tell which one was deployed; with the record, any that has the same will do.
          expect(because).toContain(evidence === 'commits' ? `commit ${deployed.slice(0, 8)}` : 'the last deploy (revision 1)')
        }
      }
      const shallow = await checkWith('neither', major, waiting)
      expect(shallow.by('unknown')).toEqual(undeployed.toSorted())
      expect(shallow.notes).toEqual([expect.objectContaining({ kind: 'no-history' })])
      for (const text of [shallow.notes[0].message, shallow.findings[0]?.because]) {
        expect(text).toContain('fetch-depth: 0')
        expect(text).toContain(`\`list\` on secrets in the namespace ${waiting}`)
      }
    })

    test(`Helm ${major}: the same kinds of change by a person, beside those commits`, async () => {
      const human = (...args: readonly string[]) => kubectl(kubeconfigs.human, waiting, ...args)
      await human('scale', 'deployment/grokdevops', '--replicas=5')
      await human('set', 'env', 'deployment/grokdevops', 'DEBUG=true')
      await human('patch', 'configmap', 'grokdevops', '--type=json', '-p', '[{"op":"remove","path":"/data/UPSTREAM_TIMEOUT_SECONDS"}]')
      await human('delete', 'ingress', 'grokdevops')
      const certain = [`Deployment/grokdevops ${container}.env[name=DEBUG] added`, 'Deployment/grokdevops spec.replicas changed']
      const gone = ['ConfigMap/grokdevops data.UPSTREAM_TIMEOUT_SECONDS removed', 'Ingress/grokdevops  missing-object']
      for (const evidence of ['record and commits', 'commits'] as const) {
        const { by, findings, verdict } = await checkWith(evidence, major, waiting)
        expect(by('undeployed')).toEqual(undeployed.toSorted())
        expect(by('manual')).toEqual([...certain, ...gone].toSorted())
        expect(findings).toHaveLength(undeployed.length + 4)
        expect(verdict).toBe('drifted')
      }
      const shallow = await checkWith('neither', major, waiting)
      expect(shallow.by('manual')).toEqual(certain.toSorted())
      expect(shallow.by('unknown')).toEqual([...undeployed, ...gone].toSorted())
    })

    test(`Helm ${major}: a rollback`, async () => {
      await team.git('checkout', '-q', deployed)
      await helm(major, kubeconfigs.admin, released, team.folder, ...install(released))
      await team.git('checkout', '-q', newest)
      await helm(major, kubeconfigs.admin, released, team.folder, ...install(released))
      await team.git('checkout', '-q', 'main')
      expect(await checkWith('record and commits', major, released)).toMatchObject({ findings: [], verdict: 'in-sync' })
      await helm(major, kubeconfigs.human, released, team.folder, 'rollback', 'grokdevops', '1')

      const recorded = await checkWith('record and commits', major, released)
      expect(recorded.by('manual')).toEqual(undeployed.toSorted())
      for (const { pattern, because } of recorded.findings) {
        expect(pattern).toBe('out-of-band-deploy')
        expect(because).toContain('`helm rollback` to revision 1')
      }
      // Without the record it cannot be told, and the reader is told so.
      const { by, findings } = await checkWith('commits', major, released)
      expect(by('undeployed')).toEqual(undeployed.toSorted())
      expect(findings.every(({ because }) => because.includes('a rollback to it looks the same'))).toBe(true)
      expect((await checkWith('neither', major, released)).by('unknown')).toEqual(undeployed.toSorted())
    })

    test(`Helm ${major}: helm upgrade --set from a laptop`, async () => {
      await helm(major, kubeconfigs.human, released, team.folder, 'upgrade', 'grokdevops', 'CHART', '--set', 'replicaCount=7')
      for (const evidence of ['record and commits', 'commits'] as const) {
        const { findings, verdict, name } = await checkWith(evidence, major, released)
        expect(findings.map(name)).toEqual(['Deployment/grokdevops spec.replicas changed'])
        expect(findings[0]).toMatchObject({ cause: 'manual', pattern: 'out-of-band-deploy', evidence: { manager: 'helm' } })
        expect(verdict).toBe('drifted')
      }
      const shallow = await checkWith('neither', major, released)
      expect(shallow.by('unknown')).toEqual(['Deployment/grokdevops spec.replicas changed'])
    })

    test(`Helm ${major}: a value that the pipeline sets when it deploys, and someone else changes`, async () => {
      const deployTime = ['--deploy-time-values', 'image.tag']
      await team.git('checkout', '-q', deployed)
      await helm(major, kubeconfigs.admin, released, team.folder, ...install(released), '--set', 'image.tag=2.0.0')
      for (const evidence of ['record and commits', 'commits'] as const) {
        expect(await checkWith(evidence, major, released, ...deployTime)).toMatchObject({ findings: [], verdict: 'in-sync' })
      }
      // Not declared, it looks like a deploy from a laptop, and the finding says what to declare.
      const undeclared = await checkWith('record and commits', major, released)
      expect(undeclared.findings).toMatchObject([{ path: `${container}.image`, pattern: 'out-of-band-deploy' }])
      expect(undeclared.findings[0]?.because).toContain('deploy-time-values')

      await team.git('checkout', '-q', 'main')
      await kubectl(kubeconfigs.human, released, 'set', 'image', 'deployment/grokdevops', 'grokdevops=example.com/other:1')
      for (const evidence of ['record and commits', 'commits'] as const) {
        const { by, findings, verdict } = await checkWith(evidence, major, released, ...deployTime)
        expect(by('undeployed')).toEqual(undeployed.toSorted())
        expect(by('manual')).toEqual([`Deployment/grokdevops ${container}.image changed`])
        expect(findings).toHaveLength(undeployed.length + 1)
        expect(verdict).toBe('drifted')
      }
    })

    afterAll(async () => {
      await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', waiting, released, '--wait=false', '--ignore-not-found')
    })
  })
})

function describeVersions(define: (major: 3 | 4) => void): void {
  for (const major of [3, 4] as const) define(major)
}
