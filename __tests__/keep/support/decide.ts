import { findHelm } from '../../../src/chart/find-helm.ts'
import { renderTarget } from '../../../src/chart/render.ts'
import { openSavedLive } from '../../../src/cluster/saved-source.ts'
import { DEFAULT_DEPLOYERS } from '../../../src/explain/actors.ts'
import type { DecisionInput } from '../../../src/explain/decision-input.ts'
import { explainTarget } from '../../../src/explain/explain.ts'
import { type KeepOffer, offerKeeps } from '../../../src/keep/offer-keeps.ts'
import { openKeepTools } from '../../../src/keep/open-keep-tools.ts'
import type { Target } from '../../../src/model.ts'
import { isSecretValue } from '../../../src/report/redact.ts'

/** Checks a target against a saved live state, and asks how its drift can be kept. */
export async function decide(
  target: Target,
  live: string,
  workspace: string,
  path: string,
): Promise<KeepOffer & { readonly input: DecisionInput }> {
  const helm = target.source.type === 'chart' ? await findHelm({ version: null, checksum: null, env: { PATH: path } }) : null
  const options = { helm, workspace, dependencies: 'never' } as const
  const source = await openSavedLive(live, { kubeVersion: 'v1.34.4', apiVersions: [] })
  const { objects, setAside } = await renderTarget(target, source.info, options)
  const wanted = { release: target.release, namespace: target.namespace, extraKinds: [], setAside: setAside.map(({ object }) => object) }
  const readings = await source.openTarget().read(
    objects.map(({ ref }) => ref),
    wanted,
  )
  const rules = { deployers: DEFAULT_DEPLOYERS, controllers: [] }
  const explained = explainTarget({
    ...{ target, desired: objects, live: readings, rules, history: null },
    isSecret: ({ object, path: at, desired, live: now }, sides) =>
      [desired, now].some((one) => isSecretValue(object, at, one, { paths: [] }, sides)),
  })
  const input: DecisionInput = {
    ...{
      target,
      desired: objects,
      live: readings,
      rules,
      findings: explained.findings,
      sides: explained.sides,
      delivery: explained.delivery,
    },
    ...{ findSchema: () => null, info: source.info, record: null, now: '2026-11-24T12:00:00Z' },
    isSecret: ({ object, path: at, desired, live: now }) =>
      [desired, now].some((one) => isSecretValue(object, at, one, { paths: [] }, explained.sides.get(object))),
  }
  const tools = await openKeepTools(target, source.info, options)
  try {
    return { ...(await offerKeeps(input, tools)), input }
  } finally {
    await tools.close()
  }
}
