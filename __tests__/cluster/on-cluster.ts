// For tests that need the real control plane; `global-setup.ts` starts the one they share.

import { describe, inject } from 'vitest'
import type { RunningControlPlane } from './control-plane.ts'
import { users } from './credentials.ts'

/** What the global setup hands to test files: the control plane, or why there is none. */
export type ProvidedControlPlane = RunningControlPlane | { readonly unavailable: string }

declare module 'vitest' {
  export interface ProvidedContext {
    controlPlane: ProvidedControlPlane
  }
}

/**
 * Groups tests that need the control plane. Without one the group is there and skipped, and its name says why.
 * @param define gets the control plane, shared by all test files of the run: work in a namespace of your own
 */
export function describeOnCluster(name: string, define: (controlPlane: RunningControlPlane) => void): void {
  const provided: ProvidedControlPlane | undefined = inject('controlPlane')
  const shared = provided ?? { unavailable: 'this vitest project has no cluster/global-setup.ts' }
  if ('unavailable' in shared) describe.skip(`${name} (left out: ${shared.unavailable})`, () => define(nowhere))
  else describe(name, () => define(shared))
}

/** Stands in while skipped tests are only counted and named. */
const nowhere: RunningControlPlane = {
  serverUrl: '',
  kubeconfigs: { admin: '', human: '', reader: '' },
  users,
  auditLog: '',
  logs: '',
  processes: [],
}
