// How each tool is run, as its users run it.

import type { ControlPlane } from '../__tests__/cluster/control-plane.ts'
import { CHART, RELEASE, sizeFlags } from './install.ts'
import type { Release, ToolName } from './model.ts'
import type { Programs } from './programs.ts'

/** A tool: what it may do in the cluster, how often it is worth running, and its command. */
export type Tool = {
  readonly name: ToolName
  readonly credential: 'admin' | 'reader'
  /** How it is called in tables. */
  readonly label: string
  /** How often it is run over a release; 0 leaves it out. */
  readonly runs: (release: Release, rounds: number) => number
  /** The program and its arguments. */
  readonly command: (programs: Programs, plane: ControlPlane, release: Release) => readonly [string, ...string[]]
}

/** All tools, in the order in which tables show them. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'plumbline',
    label: '`plumbline check`',
    credential: 'reader',
    runs: (_, rounds) => rounds,
    command: (programs, plane, release) => [process.execPath, ...plumblineArguments(programs, plane, release)],
  },
  // Without the second flag it stops at conflicts with Helm on a release that nobody touched: a quantity such as 1000m suffices.
  { ...kubectlDiff('--server-side --force-conflicts'), name: 'kubectl-server-side', runs: atMost({ small: 9, middle: 9, large: 2 }) },
  { ...kubectlDiff('--concurrency=8'), name: 'kubectl-8', runs: atMost({ small: 3, middle: 2, large: 0 }) },
  { ...kubectlDiff('--concurrency=1'), name: 'kubectl-1', runs: atMost({ small: 3, middle: 1, large: 0 }) },
]

/** What follows `node` to run plumbline over a release. */
export function plumblineArguments({ plumbline }: Programs, { kubeconfigs }: ControlPlane, release: Release): readonly string[] {
  const place = ['--release', RELEASE, '--namespace', release.namespace, '--kubeconfig', kubeconfigs.reader]
  return [plumbline, 'check', '--chart', CHART, ...sizeFlags(release), ...place, '--output', 'json']
}

/** kubectl takes rendered manifests, so helm renders them into a pipe, as people do it. */
function kubectlDiff(flag: string): Pick<Tool, 'label' | 'credential' | 'command'> {
  return {
    label: `\`kubectl diff ${flag}\``,
    credential: 'admin',
    command: ({ helm, kubectl }, { kubeconfigs }, release) => [
      '/bin/sh',
      '-c',
      `"$0" template ${RELEASE} "$1" --namespace "$2" ${sizeFlags(release).join(' ')} | "$3" diff --filename - --namespace "$2" --kubeconfig "$4" ${flag}`,
      helm,
      CHART,
      release.namespace,
      kubectl,
      kubeconfigs.admin,
    ],
  }
}

/**
 * The larger the release (up to 200 objects, up to 1,000, beyond), the fewer runs of what takes minutes. A release that drifted stops
 * server-side diff at the first conflict, so only plumbline's time over it is compared.
 */
function atMost({ small, middle, large }: { readonly small: number; readonly middle: number; readonly large: number }): Tool['runs'] {
  return ({ edited, objects }, rounds) => {
    if (edited) return 0
    if (objects <= 200) return Math.min(rounds, small)
    return Math.min(rounds, objects <= 1000 ? middle : large)
  }
}
