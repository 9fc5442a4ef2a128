import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDecision } from '../../lab/read-decision.ts'
import { installRelease, type Release, uninstallRelease, upgradeRelease } from '../../lab/release.ts'
import { runProgram } from '../../lab/run-program.ts'
import { foretellBy, foretellFates } from '../../src/explain/fate/foretell.ts'
import { formatPath } from '../../src/path.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { getKubectl } from '../tools/helm-and-kubectl.ts'

const helmFolder = join(import.meta.dirname, '../../examples/grokdevops/devops/helm')
const CONFLICT = 'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas'
const DEBUG = 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]'

describeOnCluster('the fate of what the story tells: replicas from 3 to 5, and DEBUG=true', ({ kubeconfigs }) => {
  const chart = { name: 'grokdevops', folder: join(helmFolder, 'grokdevops'), values: join(helmFolder, 'values-dev.yaml') }
  const openRelease = (helm: 3 | 4): Release => ({
    ...{ chart, helm, name: 'grokdevops', kubeconfig: kubeconfigs.admin },
    namespace: `i6-fate-story-${helm}`,
  })
  const kubectl = async ({ namespace }: Release, ...args: readonly string[]) => {
    const all = ['--kubeconfig', kubeconfigs.human, '--namespace', namespace, ...args]
    const { code, stdout, stderr } = await runProgram(await getKubectl(), all)
    if (code !== 0) throw new Error(stderr)
    return stdout
  }
  const readReplicas = (release: Release) => kubectl(release, 'get', 'deployment/grokdevops', '-o', 'jsonpath={.spec.replicas}')
  const readEnv = (release: Release) =>
    kubectl(release, 'get', 'deployment/grokdevops', '-o', 'jsonpath={.spec.template.spec.containers[0].env[*].name}')
  const drift = async (release: Release) => {
    await kubectl(release, 'scale', 'deployment/grokdevops', '--replicas=5')
    await kubectl(release, 'set', 'env', 'deployment/grokdevops', 'DEBUG=true')
  }
  const foretell = async (release: Release) => {
    const input = await readDecision(release, kubeconfigs.reader)
    const foretold = foretellFates(input)
    const fates = foretold.findings.filter(({ drift }) => drift).map(({ path, fate }) => [formatPath(path), fate?.next, fate?.conflict])
    return { input, foretold, fates: fates.sort() }
  }

  beforeAll(async () => {
    for (const helm of [3, 4] as const) expect(await installRelease(openRelease(helm), 60)).toMatchObject({ failure: null })
  })
  afterAll(async () => {
    for (const helm of [3, 4] as const) await uninstallRelease(openRelease(helm))
  })

  test('Helm 4: the upgrade fails with the foretold conflict; forced, it takes the replicas back and leaves DEBUG', async () => {
    const release = openRelease(4)
    await drift(release)
    const { input, foretold, fates } = await foretell(release)
    expect(input.delivery).toBe('helm-server-side')
    expect(fates).toEqual([
      ['spec.replicas', 'blocks-deploy', CONFLICT],
      [DEBUG, 'kept', undefined],
    ])
    const message = await upgradeRelease(release, [], 60)
    expect(message).toContain(`UPGRADE FAILED: ${foretold.messages.map(({ text }) => text).join(' && ')}\n`)
    expect(message).toContain(`Apply failed with 1 conflict: ${CONFLICT}`)
    expect(await upgradeRelease(release, ['--force-conflicts'], 60)).toBeNull()
    expect(await readReplicas(release)).toBe('3')
    expect(await readEnv(release)).toContain('DEBUG')
    // By the other method it would have been as below.
    expect(foretellBy('client-side', input).findings.find(({ path }) => formatPath(path) === 'spec.replicas')?.fate?.next).toBe('reverted')
  })

  test('Helm 3: the upgrade takes the replicas back and leaves DEBUG', async () => {
    const release = openRelease(3)
    await drift(release)
    const { input, fates } = await foretell(release)
    expect(input.delivery).toBe('helm-client-side')
    expect(fates).toEqual([
      ['spec.replicas', 'reverted', undefined],
      [DEBUG, 'kept', undefined],
    ])
    expect(await upgradeRelease(release, [], 60)).toBeNull()
    expect(await readReplicas(release)).toBe('3')
    expect(await readEnv(release)).toContain('DEBUG')
  })

  test('the mine that stays: scaled and scaled back, nothing is told but a note, and the deploy that changes it fails', async () => {
    const release = openRelease(4)
    for (const count of [5, 3]) await kubectl(release, 'scale', 'deployment/grokdevops', `--replicas=${count}`)
    const { foretold, fates } = await foretell(release)
    expect(fates).not.toContainEqual(expect.arrayContaining(['spec.replicas']))
    expect(foretold.messages).toEqual([])
    expect(foretold.notes).toContainEqual(
      expect.objectContaining({ kind: 'latent-conflict', path: 'spec.replicas', message: expect.stringContaining('kubectl (scale)') }),
    )
    expect(await upgradeRelease(release, [], 60)).toBeNull()
    expect(await upgradeRelease(release, ['--set', 'replicaCount=4'], 60)).toContain(CONFLICT)
  })

  test('set back by hand in another spelling, nothing is told but a note, and the very next deploy fails', async () => {
    const release = openRelease(4)
    const set = (cpu: string) => kubectl(release, 'set', 'resources', 'deployment/grokdevops', `--limits=cpu=${cpu}`)
    await set('2')
    await set('1')
    const { foretold, fates } = await foretell(release)
    expect(fates.flat().join(' ')).not.toContain('cpu')
    expect(foretold.notes).toContainEqual(
      expect.objectContaining({ kind: 'latent-conflict', message: expect.stringContaining('The next server-side deploy fails') }),
    )
    expect(await upgradeRelease(release, [], 60)).toContain(`UPGRADE FAILED: ${foretold.messages.map(({ text }) => text).join(' && ')}\n`)
  })
})
