import { makeInput } from '../../../lab/trace-compare.ts'
import { nameObject } from '../../../src/chart/collect-objects.ts'
import { renderTarget } from '../../../src/chart/render.ts'
import { setAt } from '../../../src/compare/json.ts'
import type { KeepRender } from '../../../src/keep/keep-tools.ts'
import { type KeepOffer, offerKeeps } from '../../../src/keep/offer-keeps.ts'
import { openKeepTools } from '../../../src/keep/open-keep-tools.ts'
import type { Json, JsonObject, KeepChoice, Target } from '../../../src/model.ts'
import { parsePath } from '../../../src/path.ts'
import { cluster } from '../../chart/support/charts.ts'
import { getHelm } from '../../tools/helm-and-kubectl.ts'

/** What somebody changed in the cluster: `Kind/name path` to its value there; undefined: taken away. */
export type Touched = Readonly<Record<string, Json | undefined>>

/** Asks how changes can be kept, of a cluster that is as Git says but for them. */
export async function ask(
  target: Target,
  workspace: string,
  touched: Touched,
): Promise<KeepOffer & { readonly all: readonly KeepChoice[] }> {
  const options = { helm: { path: await getHelm(4), version: '4.1.4' }, workspace, dependencies: 'never' } as const
  const { objects } = await renderTarget(target, cluster, options)
  const live: KeepRender = new Map(
    objects.map(({ ref, object, template }) => {
      const changed = Object.entries(touched).reduce<Json>((now, [place, value]) => {
        const [title = '', path = ''] = place.split(' ')
        return title === `${ref.kind}/${ref.name}` ? (setAt(now, parsePath(path) ?? [], value) ?? {}) : now
      }, object)
      return [nameObject(ref), { ref, object: changed as JsonObject, template, isHook: false }]
    }),
  )
  const input = makeInput(target, cluster, objects, live)
  if (input === null) throw new Error('an object is missing')
  const tools = await openKeepTools(target, cluster, options)
  try {
    const offer = await offerKeeps(input, tools)
    return { ...offer, all: [...offer.choices.values()] }
  } finally {
    await tools.close()
  }
}
