import { readDefinitions } from '../compare/schema/from-open-api.ts'
import type { Desired } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import { findIn } from './read-schemas.ts'
import { type Assumptions, assumeCluster, NOT_SAVED } from './saved-source.ts'
import type { LiveSource } from './source.ts'

/**
 * Lets what was rendered stand in for a cluster: of a pull request without a credential, the base is all that the head can
 * be compared with.
 *
 * @param getDesired what stands in; null where nothing does. It is asked once the first object is wanted
 */
export function openRenderedLive(getDesired: () => Desired | null, assumptions: Assumptions): LiveSource {
  const record = { outcome: 'unreadable', why: 'no cluster is read', remedy: null } as const
  const index = () => new Map((getDesired()?.objects ?? []).map(({ ref, object }) => [keyOfRef(ref), object]))
  return {
    info: assumeCluster(assumptions),
    server: null,
    notes: [],
    openTarget: () => ({
      read: async (wanted) => {
        const objects = index()
        const readings = wanted.map((ref) => {
          const object = objects.get(keyOfRef(ref))
          return { ref, reading: object === undefined ? ({ outcome: 'missing' } as const) : ({ outcome: 'found', object } as const) }
        })
        return { readings, extra: [], requests: { list: 0, get: 0, discovery: 0 }, notes: [] }
      },
      readScalers: async () => ({ found: [], notes: [] }),
      readRbac: async () => null,
      readSchemas: async () => ({ findSchema: findIn([readDefinitions([...index().values()])]), notes: [] }),
      readRelease: async () => record,
      readCircumstances: async () => NOT_SAVED,
      requests: () => ({ list: 0, get: 0, discovery: 0 }),
    }),
  }
}
