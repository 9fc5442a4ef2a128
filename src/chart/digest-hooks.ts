import { createHash } from 'node:crypto'
import type { HookDigest, Json, JsonObject } from '../model.ts'
import { nameObject } from './collect-objects.ts'
import type { Render } from './judge-stability.ts'

/** What each hook holds, as a digest. Of one that differs from render to render, nobody can say whether it was changed. */
export function digestHooks(renders: readonly Render[]): readonly HookDigest[] {
  const hooks = renders.filter(({ made }) => made !== 'deploy').flatMap(({ collected }) => collected.hooks)
  return [...Map.groupBy(hooks, ({ ref }) => nameObject(ref)).values()].flatMap((own) => {
    const digests = new Set(own.map(({ object }) => digest(object)))
    const [first] = own
    return first === undefined || digests.size > 1 ? [] : [...digests].map((one) => ({ object: first.ref, digest: one }))
  })
}

/** Labels that every new version of the chart changes. */
const FOLLOWS_VERSION = /^(?:helm\.sh\/chart|app\.kubernetes\.io\/version|checksum\/.*)$/

function digest(object: JsonObject): string {
  const write = (name: string, value: Json) =>
    FOLLOWS_VERSION.test(name) ? undefined : typeof value === 'bigint' ? value.toString() : value
  return createHash('sha256').update(JSON.stringify(object, write)).digest('hex')
}
