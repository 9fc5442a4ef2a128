// After the way back: can a later deploy change the very fields that somebody had changed?

import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { getHelm } from '../../__tests__/tools/helm-and-kubectl.ts'
import type { Finding, Json, JsonObject } from '../../src/model.ts'
import { formatPath } from '../../src/path.ts'
import type { Kube } from '../kube.ts'
import { applyWrites, look } from '../places.ts'
import type { Input } from '../read-decision.ts'
import { keyOf } from '../refs.ts'
import type { Release } from '../release.ts'
import { type Outcome, runProgram } from '../run-program.ts'
import { makeOther } from './other-value.ts'
import { runShell, type Site, type Tried } from './try-reverts.ts'

export type Upgraded = {
  /** How many fields that were set back the deploy changes. */
  readonly fields: number
  readonly releases: number
  /** The deploy before the fields were released. */
  readonly before: Outcome
  /** The deploy afterwards. */
  readonly after: Outcome
  readonly faults: readonly string[]
}

/** Deploys other values for all that was set back: once as it is, and once after every release that was offered. */
export async function tryUpgrade(input: Input, tried: readonly Tried[], release: Release, site: Site, folder: string): Promise<Upgraded> {
  // What could not be set back would stop the deploy for reasons of its own; so would an aggregated role that lists rules.
  const stuck = new Set(input.findings.filter(({ drift }) => drift).map(({ object }) => keyOf(object)))
  const taken = input.desired.filter(
    ({ ref, fromCrds, object }) => !fromCrds && !stuck.has(keyOf(ref)) && object.aggregationRule === undefined,
  )
  const objects = new Map(taken.map(({ ref, object }) => [keyOf(ref), { ref, object }]))
  const changed: { readonly finding: Finding; readonly value: Json }[] = []
  for (const { finding, outcome } of tried) {
    const entry = objects.get(keyOf(finding.object))
    const value = finding.path.length === 0 || finding.desired === undefined ? undefined : makeOther(finding.desired)
    if (outcome?.code !== 0 || entry === undefined || value === undefined) continue
    const object = applyWrites(entry.object, [{ path: finding.path, value }])
    if (!(await isValid({ ...entry, object }, site.kube, release.namespace))) continue
    objects.set(keyOf(finding.object), { ...entry, object })
    changed.push({ finding, value })
  }
  const chart = await writeChart(
    [...objects.values()].map(({ object }) => object),
    folder,
  )
  const upgrade = async () =>
    runProgram(
      await getHelm(release.helm),
      ['upgrade', release.name, chart, '--namespace', release.namespace, '--kubeconfig', release.kubeconfig],
      { seconds: 60 },
    )
  const before = await upgrade()
  const faults: string[] = []
  const releases = tried.flatMap(({ choice, outcome }) =>
    outcome?.code === 0 && choice.release !== undefined ? [choice.release.command] : [],
  )
  for (const command of releases) {
    const outcome = await runShell(command, site, input.workspace)
    if (outcome.code !== 0) faults.push(`release: ${outcome.stderr}\n${command}`)
  }
  const after = await upgrade()
  for (const { finding, value } of changed) {
    const live = look((await site.kube.get(finding.object)) ?? undefined, finding.path)
    if (after.code === 0 && !holds(live, value))
      faults.push(`not deployed: ${formatPath(finding.path)} is ${JSON.stringify(live)}, not ${JSON.stringify(value)}`)
  }
  return { fields: changed.length, releases: releases.length, before, after, faults }
}

/** Whether all that was deployed is there; defaults may have been added. */
function holds(live: Json | undefined, value: Json): boolean {
  if (Array.isArray(value))
    return Array.isArray(live) && live.length === value.length && value.every((item, index) => holds(live[index], item as Json))
  if (typeof value !== 'object' || value === null) return isDeepStrictEqual(live, value)
  return Object.entries(value).every(([name, child]) => holds(look(live, [{ field: name }]), child as Json))
}

async function isValid(
  { ref, object }: { readonly ref: Finding['object']; readonly object: JsonObject },
  kube: Kube,
  namespace: string,
): Promise<boolean> {
  const body =
    ref.namespace === null ? object : applyWrites(object, [{ path: [{ field: 'metadata' }, { field: 'namespace' }], value: namespace }])
  const headers = { 'content-type': 'application/apply-patch+yaml' }
  const { status } = await kube.call('PATCH', `${kube.pathOf(ref)}?fieldManager=lab-probe&force=true&dryRun=All`, body, headers)
  return status === 200
}

/** A chart that renders these objects as they are. */
async function writeChart(objects: readonly JsonObject[], folder: string): Promise<string> {
  const chart = await mkdtemp(join(folder, 'next-'))
  await mkdir(join(chart, 'templates'))
  await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: next\nversion: 9.9.9\n')
  const text = objects.map((object) => JSON.stringify(object).replaceAll('{{', '{{"{{"}}')).join('\n---\n')
  await writeFile(join(chart, 'templates', 'all.yaml'), text)
  return chart
}
