import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json, JsonObject } from '../../src/model.ts'
import { FakeGitHub } from '../fakes/github/github.ts'
import type { RepositoryOptions } from '../fakes/github/repository.ts'
import { serveGitHub } from '../fakes/github/server.ts'
import { type Fault, serveRecordedCluster } from '../fakes/kubernetes-api.ts'
import { loadRecording } from '../fakes/load-recording.ts'
import { type ActionOutcome, copyRepository, exampleInputs, runAction } from './action.ts'

const live = join(import.meta.dirname, '../../examples/live')
const clock = join(import.meta.dirname, 'set-clock.ts')

/**
 * A team's world for whole-program tests: its repository, a GitHub, a cluster whose objects a test may change, and one clock
 * for all of them. The Action's entry is run as a process of its own, and knows GitHub by `GITHUB_API_URL` only.
 */
export type World = {
  readonly github: FakeGitHub
  readonly workspace: string
  /** The objects of the cluster now. */
  objects: readonly JsonObject[]
  /** What goes wrong with the cluster's API. */
  broken: (path: string) => Fault
  readonly now: () => Date
  readonly wait: (time: { readonly days?: number; readonly hours?: number; readonly minutes?: number }) => void
  /** The kubeconfig of a reader of the cluster. */
  readonly kubeconfig: () => string
  /** Runs the Action for an event, a schedule's unless given. */
  readonly run: (inputs?: { readonly [input: string]: string }, event?: GitHubEvent) => Promise<Run>
  readonly close: () => Promise<void>
}
export type GitHubEvent = { readonly name: string; readonly payload: object; readonly env?: NodeJS.ProcessEnv }
export type Run = ActionOutcome & {
  /** REST requests of this run, and those among them that write: `POST /repos/acme/shop/issues`. */
  readonly rest: readonly string[]
  readonly writes: readonly string[]
}

/** @param start when the story begins */
export async function makeWorld(start: string, options: RepositoryOptions = {}): Promise<World> {
  let time = Date.parse(start)
  const now = () => new Date(time)
  const github = new FakeGitHub({ collaborators: { lena: 'write', tom: 'read', ops: 'admin' }, ...options, now })
  const server = await serveGitHub(github)
  const recording = await loadRecording(live, 'helm4-in-sync')
  const objects: JsonObject[] = [...recording.objects]
  const cluster = await serveRecordedCluster({ ...recording, objects }, { fault: ({ path }) => world.broken(path) })
  const workspace = await copyRepository()
  const state = join(workspace, '..', `state-${crypto.randomUUID()}.json`)
  let runs = 0
  const world: World = {
    github,
    workspace,
    get objects() {
      return [...objects]
    },
    set objects(next) {
      objects.splice(0, objects.length, ...next)
    },
    broken: () => null,
    now,
    wait: ({ days = 0, hours = 0, minutes = 0 }) => {
      time += ((days * 24 + hours) * 60 + minutes) * 60_000
    },
    kubeconfig: () => cluster.kubeconfig(),
    run: async (inputs = {}, event = { name: 'schedule', payload: { schedule: '17 * * * *' } }) => {
      runs += 1
      const seen = github.requests.length
      const outcome = await runAction(
        workspace,
        { ...exampleInputs, kubeconfig: cluster.kubeconfig(), token: 'fake-token', state: `file:${state}`, ...inputs },
        {
          event: event.payload,
          env: {
            NODE_OPTIONS: `--import=${clock} --disable-warning=ExperimentalWarning`,
            // Loading the sources takes most of a run; compiled once, they load four times as fast.
            NODE_COMPILE_CACHE: join(tmpdir(), 'plumbline-compile-cache'),
            PLUMBLINE_TEST_NOW: now().toISOString(),
            GITHUB_API_URL: server.url,
            GITHUB_SERVER_URL: 'https://github.com',
            GITHUB_REPOSITORY: `${github.repository.owner}/${github.repository.name}`,
            GITHUB_EVENT_NAME: event.name,
            GITHUB_REF: 'refs/heads/main',
            GITHUB_RUN_ID: String(1000 + runs),
            GITHUB_WORKFLOW_REF: `${github.repository.owner}/${github.repository.name}/.github/workflows/drift.yml@refs/heads/main`,
            ...event.env,
          },
        },
      )
      const rest = github.requests.slice(seen).filter(({ operation }) => operation !== 'graphql')
      const write = ({ method, path }: (typeof rest)[number]) => `${method} ${path}`
      return { ...outcome, rest: rest.map(write), writes: rest.filter(({ method }) => method !== 'GET').map(write) }
    },
    close: async () => {
      await cluster.close()
      await server.close()
      await rm(workspace, { recursive: true, force: true })
      await rm(state, { force: true })
    },
  }
  return world
}

/** The example's Deployment with what kubectl did to it: another number of replicas, environment variables that Git does not have. */
export function drift(
  objects: readonly JsonObject[],
  { replicas, env = [] }: { readonly replicas: number; readonly env?: readonly { readonly name: string; readonly value: string }[] },
  time: Date,
): readonly JsonObject[] {
  const stamp = `${time.toISOString().slice(0, 19)}Z`
  return objects.map((object) => {
    if (object.kind !== 'Deployment') return object
    const copy = structuredClone(object) as {
      spec: { replicas: number; template: { spec: { containers: { env: Json[] }[] } } }
      metadata: { managedFields: object[] }
    }
    copy.spec.replicas = replicas
    const [container] = copy.spec.template.spec.containers
    container?.env.push(...env)
    const fields = Object.fromEntries(env.map(({ name }) => [`k:{"name":"${name}"}`, { '.': {}, 'f:name': {}, 'f:value': {} }]))
    const containers = { 'f:containers': { 'k:{"name":"grokdevops"}': { 'f:env': fields } } }
    copy.metadata.managedFields.push(
      {
        manager: 'kubectl',
        operation: 'Update',
        apiVersion: 'apps/v1',
        fieldsType: 'FieldsV1',
        subresource: 'scale',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
      ...(env.length === 0
        ? []
        : [
            {
              manager: 'kubectl-set',
              operation: 'Update',
              apiVersion: 'apps/v1',
              time: stamp,
              fieldsType: 'FieldsV1',
              fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': containers } } },
            },
          ]),
    )
    return copy as unknown as JsonObject
  })
}
