import { readFile } from 'node:fs/promises'
import { parseYaml } from '../chart/parse-yaml.ts'
import { readDefinitions } from '../compare/schema/from-open-api.ts'
import { UserError } from '../errors.ts'
import type { CircumstancesRead } from '../explain/circumstances/model.ts'
import type { ApiResource, ClusterInfo, JsonObject, Live, Note } from '../model.ts'
import bundled from './bundled-cluster.json' with { type: 'json' }
import { refOfObject } from './find-extra.ts'
import { SCALER_KINDS } from './read-scalers.ts'
import { findIn } from './read-schemas.ts'
import { parseSavedLive, readSavedLive } from './saved.ts'
import type { LiveSource } from './source.ts'

/** What a saved file cannot tell about the cluster it came from. */
export type Assumptions = { readonly kubeVersion: string | null; readonly apiVersions: readonly string[] }

/**
 * Opens a live state that someone saved, in place of a cluster. What the cluster serves comes from the flags, else from
 * the newest Kubernetes that is bundled, with a note.
 *
 * @param file absolute path of what `kubectl get ... -o yaml --show-managed-fields` printed
 * @throws {UserError} naming `live`
 */
export async function openSavedLive(file: string, assumptions: Assumptions): Promise<LiveSource> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError({ where: 'live', message: `cannot read ${file} (${error.message}).`, remedy: 'Name the file that kubectl saved.' })
  })
  const objects = parseSavedLive(text, file, (stream, where) => parseYaml(stream, where).documents.map(({ value }) => value))
  const record = { outcome: 'unreadable', why: 'a saved file has no record of the last deploy', remedy: null } as const
  const schemas = { findSchema: findIn([readDefinitions(objects)]), notes: [] }
  return {
    info: assumeCluster(assumptions),
    server: null,
    notes: assumptions.kubeVersion === null ? [noteAssumed()] : [],
    openTarget: () => ({
      read: async (wanted, options) => readSavedLive(objects, wanted, options),
      readScalers: async (namespace) => ({ found: findSavedScalers(objects, namespace), notes: [] }),
      readRbac: async () => null,
      readSchemas: async () => schemas,
      readRelease: async () => record,
      readCircumstances: async () => NOT_SAVED,
      requests: () => ({ list: 0, get: 0, discovery: 0 }),
    }),
  }
}

/** A file has no pods, events and records of their own; what stands in the saved objects is judged all the same. */
export const NOT_SAVED: CircumstancesRead = {
  ...{ pods: null, events: null, replicaSets: null, scalers: null, gitops: [], release: null },
  absences: [
    {
      source: 'pods, events, autoscalers and what applies the release',
      why: 'a saved live state stands in for the cluster',
      remedy: 'Check the cluster itself to have them.',
    },
  ],
}

/** A file shows what was saved; that no autoscaler is among it proves nothing, and excuses nothing. */
function findSavedScalers(objects: readonly JsonObject[], namespace: string): Live['extra'] {
  return objects
    .map((object) => ({ ref: refOfObject(object), object }))
    .filter(({ ref }) => ref.namespace === namespace && SCALER_KINDS.some(({ kind }) => kind === ref.kind))
}

/** What a cluster of a version serves: Kubernetes' own kinds, and those that are named. */
export function assumeCluster({ kubeVersion, apiVersions }: Assumptions): ClusterInfo {
  return {
    kubeVersion: kubeVersion ?? bundled.kubeVersion,
    resources: [...bundled.resources, ...apiVersions.flatMap(toResource)],
    staleGroups: [],
  }
}

/** `group/version/Kind`, as `helm template --api-versions` takes it. */
function toResource(text: string): readonly ApiResource[] {
  const parts = text.split('/')
  const kind = parts.at(-1) ?? ''
  return /^[A-Z]/.test(kind) ? [{ apiVersion: parts.slice(0, -1).join('/'), kind, resource: '', namespaced: true }] : []
}

function noteAssumed(): Note {
  return {
    kind: 'assumed-version',
    message: `The chart was rendered for Kubernetes ${bundled.kubeVersion} and its own APIs, since a saved file does not tell what its cluster serves. Give --kube-version and --api-versions to be exact.`,
  }
}
