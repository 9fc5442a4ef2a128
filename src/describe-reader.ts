import { findHelm } from './chart/find-helm.ts'
import { renderTarget } from './chart/render.ts'
import { findNamedKind } from './cluster/plan.ts'
import { assumeCluster, openSavedLive } from './cluster/saved-source.ts'
import { openCluster } from './cluster/source.ts'
import { writeReaderRole } from './explain/gap/reader-role.ts'
import type { RoleCommand } from './inputs/command-line.ts'
import type { ClusterInfo, Target } from './model.ts'

type Surroundings = { readonly env: NodeJS.ProcessEnv; readonly progress: (message: string) => void }

/**
 * Writes the least rights for each target, as YAML. What a chart renders depends on what its cluster serves, so that is
 * asked, read, or assumed from a version; no object is read.
 * @throws UserError as rendering and connecting do
 */
export async function describeReader({ inputs, assumed, optional }: RoleCommand, { env, progress }: Surroundings): Promise<string> {
  const texts: string[] = []
  for (const target of inputs.targets) {
    progress(`${target.name}: rendering`)
    const info = await learnCluster(target, { inputs, assumed }, env)
    const wish = { version: inputs.helmVersion, checksum: inputs.helmChecksum, env }
    const helm = target.source.type === 'chart' ? await findHelm(wish) : null
    const desired = await renderTarget(target, info, { helm, workspace: inputs.workspace, dependencies: inputs.dependencies })
    const extraKinds = target.extraKinds.flatMap((name) => findNamedKind(info, name) ?? [])
    const { release, namespace } = target
    texts.push(writeReaderRole({ release, namespace, declared: desired.objects.map(({ ref }) => ref), info, extraKinds, optional }))
  }
  return texts.join('---\n')
}

async function learnCluster(
  target: Target,
  { inputs, assumed }: Pick<RoleCommand, 'inputs' | 'assumed'>,
  env: NodeJS.ProcessEnv,
): Promise<ClusterInfo> {
  if (assumed !== null) return assumeCluster(assumed)
  const { kubeVersion, apiVersions, kubeconfig, live } = inputs
  if (live !== null) return (await openSavedLive(live, { kubeVersion, apiVersions })).info
  if (kubeconfig.type === 'none') throw new Error('neither a kubeconfig nor a saved live state: the inputs stage lets none through')
  return (await openCluster(kubeconfig, target.context, target.namespace, { onSecret: () => {}, env })).info
}
