import { beforeAll, expect, test } from 'vitest'
import { parseYaml } from '../../src/chart/parse-yaml.ts'
import { isAbsent, isSameValue } from '../../src/compare/equal.ts'
import { isList, isObject } from '../../src/compare/json.ts'
import { findBuiltInSchema } from '../../src/compare/schema/built-in.ts'
import type { Schema } from '../../src/compare/schema/schema.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { toObject } from '../../src/shapes.ts'
import { callApi } from '../cluster/api.ts'
import { type Access, readAccess } from '../cluster/kubeconfigs.ts'
import { describeOnCluster } from '../cluster/on-cluster.ts'
import { MINIMAL_OBJECTS } from './minimal-objects.ts'

/** What every stored object gets. */
const OF_ALL = ['creationTimestamp', 'generation', 'managedFields', 'namespace', 'resourceVersion', 'uid'].map((name) => `metadata.${name}`)

describeOnCluster('the defaults in the tables against the API server', ({ kubeconfigs }) => {
  let admin: Access

  beforeAll(async () => {
    admin = await readAccess(kubeconfigs.admin)
  })

  test.each(MINIMAL_OBJECTS)('%s in %s', async (kind, collection, rest, others) => {
    const apiVersion = kind.slice(0, kind.lastIndexOf('/'))
    const ref = { apiVersion, kind: kind.slice(apiVersion.length + 1) }
    const schema = findBuiltInSchema(ref)
    if (schema === null) throw new Error(`${kind} is not in the tables`)
    const name = kind.includes('APIService') ? 'v1.a.example.com' : 'a'
    const given = { ...ref, metadata: { name }, ...toObject(parseYaml(rest, 'test').documents[0]?.value ?? {}) }
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    const isNamespaced = !/Class$|Driver$|Configuration$|APIService$|ClusterRole/.test(kind)
    const path = `${group}${isNamespaced ? '/namespaces/default' : ''}/${collection}?dryRun=All`
    const { status, body } = await callApi(admin, 'POST', path, given)
    expect({ status, ...(status === 201 ? {} : { body }) }).toEqual({ status: 201 })
    const found = { filled: new Set<string>(), missing: new Set<string>() }
    compareFilled(schema, given, body as JsonObject, '', found)
    // A constant default is always there, and all else that is there is known to depend on something.
    expect([...found.missing]).toEqual([])
    expect([...found.filled].filter((one) => !OF_ALL.includes(one)).toSorted()).toEqual(others.toSorted())
  })
})

type Found = { readonly filled: Set<string>; readonly missing: Set<string> }

/** Collects what was filled in without being the constant default, and defaults that were not filled in. */
function compareFilled(schema: Schema, given: Json, got: Json, pattern: string, found: Found): void {
  if (isList(given) && isList(got)) {
    for (const [index, item] of got.entries()) compareFilled(schema.items as Schema, given[index] ?? null, item, `${pattern}[]`, found)
  }
  if (!isObject(given) || !isObject(got)) return
  const names = new Set([...Object.keys(got), ...schema.fieldNames].filter((name) => pattern !== '' || name !== 'status'))
  for (const name of names) {
    const [field, before, after] = [schema.field(name), given[name], got[name]]
    const at = pattern === '' ? name : `${pattern}.${name}`
    if (field === undefined) found.filled.add(`${at} (unknown)`)
    else if (after === undefined) {
      if (field.default !== undefined && before === undefined) found.missing.add(at)
    } else if (before !== undefined) compareFilled(field, before, after, at, found)
    else if (field.default === undefined && field.type === 'struct' && field.emptyIsAbsent) compareFilled(field, {}, after, at, found)
    else if (!isDefault(field, after)) found.filled.add(at)
  }
}

function isDefault(schema: Schema, value: Json): boolean {
  return isAbsent(schema, value) || (schema.default !== undefined && isSameValue(schema, schema.default, value))
}
