import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { isPreview } from '../../src/report/preview/arrange.ts'
import { formatPreviewComment } from '../../src/report/preview/comment.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { CHART, copyExample, type Edits, listChanges, reportExample, VALUES } from '../preview/preview-example.ts'
import { bump, declareDebug, setReplicas } from '../preview/story-edits.ts'
import { getHelm } from '../tools/helm-and-kubectl.ts'
import { changeByHand, deployRelease, kubectl } from './story.ts'

const env = 'spec.template.spec.containers[name=grokdevops].env[name=DEBUG]'
const image = 'spec.template.spec.containers[name=grokdevops].image'

describeOnCluster('what a pull request will do, on a real control plane, and then does', ({ kubeconfigs }) => {
  const namespaces = { 3: 'preview-helm3', 4: 'preview-helm4' } as const

  const preview = (helm: 3 | 4, edits: Edits) =>
    reportExample(edits, { kubeconfig: readFileSync(kubeconfigs.reader, 'utf8'), namespace: namespaces[helm], helm })

  /** Deploys what the pull request has, as the pipeline would. @returns what Helm says when it fails, else null */
  async function merge(helm: 3 | 4, edits: Edits): Promise<string | null> {
    const folder = await copyExample(edits)
    try {
      const args = ['upgrade', 'grokdevops', join(folder, CHART), '--namespace', namespaces[helm], '--values', join(folder, VALUES)]
      await promisify(execFile)(await getHelm(helm), [...args, '--kubeconfig', kubeconfigs.admin])
      return null
    } catch (error) {
      return (error as { readonly stderr: string }).stderr
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Replicas, the image, and the value of DEBUG. */
  async function look(helm: 3 | 4): Promise<readonly string[]> {
    const [container] = ['{.spec.template.spec.containers[0]']
    const path = `jsonpath={.spec.replicas} ${container}.image} ${container}.env[?(@.name=="DEBUG")].value}`
    return (await kubectl(kubeconfigs.admin, namespaces[helm], 'get', 'deployment/grokdevops', '-o', path)).split(' ')
  }

  const changesOf = ({ targets }: Report) => listChanges(targets[0]!.preview!)

  /** The comment, without what differs from run to run. */
  function write(report: Report): string {
    if (!isPreview(report)) throw new Error('no preview')
    const options = { key: '00c0ffee00c0ffee', run: 1, runUrl: 'https://github.example/acme/shop/actions/runs/1' }
    return formatPreviewComment(report, options).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'TIME')
  }

  test.each([3, 4] as const)('with the drift of the story, on a release of Helm %i', { timeout: 240_000 }, async (helm) => {
    await deployRelease(helm, kubeconfigs.admin, namespaces[helm])
    await changeByHand(kubeconfigs.human, namespaces[helm])

    const bumped = await preview(helm, bump)
    expect(changesOf(bumped)).toEqual([
      `${helm === 3 ? 'undoes' : 'fails'} met Deployment/grokdevops spec.replicas`,
      `leaves met Deployment/grokdevops ${env}`,
      `changes Deployment/grokdevops ${image}`,
    ])
    await expect(write(bumped)).toMatchFileSnapshot(`golden/preview-bump-helm${helm}.md`)

    const codified = await preview(helm, setReplicas(5))
    expect(changesOf(codified)).toEqual(['codifies Deployment/grokdevops spec.replicas', `leaves met Deployment/grokdevops ${env}`])
    await expect(write(codified)).toMatchFileSnapshot(`golden/preview-codify-helm${helm}.md`)

    const contested = await preview(helm, declareDebug('false'))
    expect(changesOf(contested)).toEqual(
      helm === 3
        ? [`undoes contested Deployment/grokdevops ${env}`, 'undoes met Deployment/grokdevops spec.replicas']
        : [`fails contested Deployment/grokdevops ${env}`, 'fails met Deployment/grokdevops spec.replicas'],
    )
    await expect(write(contested)).toMatchFileSnapshot(`golden/preview-contest-helm${helm}.md`)

    // And so it goes when they are merged.
    const [, before] = await look(helm)
    const failure = await merge(helm, bump)
    if (helm === 4) {
      expect(failure).toContain(bumped.targets[0]?.preview?.changes[0]?.conflict)
      expect(await look(helm)).toEqual(['5', before, 'true'])
      // Codified, the same bump goes through, though kubectl still owns what both say.
      expect(await merge(helm, { [VALUES]: (text) => bump[VALUES]!(setReplicas(5)[VALUES]!(text)) })).toBeNull()
      expect(await look(helm)).toEqual(['5', 'ghcr.io/example/grokdevops:1.5.0', 'true'])
    } else {
      expect(failure).toBeNull()
      expect(await look(helm)).toEqual(['3', 'ghcr.io/example/grokdevops:1.5.0', 'true'])
    }
  })

  test('the mine that stays: once codified, the next change of the field fails', async () => {
    const before: Edits = { [VALUES]: (text) => bump[VALUES]!(setReplicas(5)[VALUES]!(text)) }
    const edits: Edits = { [VALUES]: (text) => text.replace('replicaCount: 5', 'replicaCount: 7') }
    const options = { kubeconfig: readFileSync(kubeconfigs.reader, 'utf8'), namespace: namespaces[4], helm: 4 } as const
    const report = await reportExample(edits, { ...options, before })
    expect(changesOf(report)).toContain('fails Deployment/grokdevops spec.replicas')
    const failure = await merge(4, { [VALUES]: (text) => edits[VALUES]!(before[VALUES]!(text)) })
    expect(failure).toContain(report.targets[0]?.preview?.changes[0]?.conflict)
  })

  afterAll(async () => {
    const names = Object.values(namespaces)
    await kubectl(kubeconfigs.admin, 'default', 'delete', 'namespace', ...names, '--wait=false', '--ignore-not-found')
  })
})
