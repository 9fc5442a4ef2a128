import { readOpenApi, type SchemasByKind } from '../compare/schema/from-open-api.ts'
import type { FindSchema } from '../compare/schema/schema.ts'
import type { Note } from '../model.ts'
import { describeAnswer, isJsonAnswer } from './answer.ts'
import type { ClusterClient } from './client.ts'
import { pathOfOpenApi } from './paths.ts'

/** What the API server says about the kinds of some groups and versions, and which of them it says nothing about. */
export type Schemas = { readonly findSchema: FindSchema; readonly notes: readonly Note[] }
/** Reads the schemas of these groups and versions (`cert-manager.io/v1`). */
export type ReadSchemas = (apiVersions: readonly string[]) => Promise<Schemas>

type Known = { readonly schemas: SchemasByKind; readonly notes: readonly Note[] }

/**
 * Makes a reader that asks the API server for each group and version at most once, as everyone may who may discover
 * (`system:discovery`). One that gives no schema costs a note: its objects are compared without one.
 *
 * Custom kinds are what it is for. Asked for built-in groups, it tells which fields this server knows.
 */
export function makeSchemaReader(client: ClusterClient): ReadSchemas {
  const asked = new Map<string, Promise<Known>>()
  const readOnce = (apiVersion: string) => {
    const answer = asked.get(apiVersion) ?? readVersion(client, apiVersion)
    asked.set(apiVersion, answer)
    return answer
  }
  return async (apiVersions) => {
    const known = await Promise.all([...new Set(apiVersions)].map(readOnce))
    return { findSchema: findIn(known.map(({ schemas }) => schemas)), notes: known.flatMap(({ notes }) => notes) }
  }
}

/** Looks a kind up in schemas by kind; the first that has it counts. */
export function findIn(sources: readonly SchemasByKind[]): FindSchema {
  return ({ apiVersion, kind }) => sources.find((source) => source.has(`${apiVersion}/${kind}`))?.get(`${apiVersion}/${kind}`) ?? null
}

/** A chart may name any apiVersion; no server serves one that is no group and version. */
const VERSION = /^([a-z0-9.-]+\/)?[a-z0-9]+$/

async function readVersion(client: ClusterClient, apiVersion: string): Promise<Known> {
  if (!VERSION.test(apiVersion)) return { schemas: new Map(), notes: [] }
  const answer = await client.get(pathOfOpenApi(apiVersion), { purpose: 'discovery' })
  if (isJsonAnswer(answer, 200)) return { schemas: readOpenApi(answer.body), notes: [] }
  const message = `The schema of ${apiVersion} could not be read (${describeAnswer(answer)}), so its lists are compared as a whole and its defaults are not known.`
  return { schemas: new Map(), notes: [{ kind: 'no-schema', message }] }
}
