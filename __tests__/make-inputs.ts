import type { Inputs } from '../src/inputs/model.ts'
import type { Target } from '../src/model.ts'

/**
 * Inputs of a check of one target against a saved live state, as the command line makes them; nothing else is set.
 *
 * @param target what it is about, and where its objects come from
 * @param more what is to be otherwise
 */
export function makeInputs(
  workspace: string,
  target: Pick<Target, 'name' | 'release' | 'namespace' | 'source'>,
  more: Partial<Inputs>,
): Inputs {
  return {
    ...{ mode: 'check', workspace, kubeconfig: { type: 'none' }, live: null },
    targets: [{ ...target, context: null, persistRuns: 2, persistMinutes: 0, extraKinds: [] }],
    ...{ kubeVersion: 'v1.34.4', apiVersions: [], helmVersion: null, helmChecksum: null, dependencies: 'never', token: '' },
    ...{ failOn: [], ignore: [], controllers: [], deployers: [], deployerUsers: [], breakGlassGroup: null, redact: [] },
    ...{ reportDir: workspace, dryRun: true, previewAll: false, labels: [], assignees: [], maxOpenedIssues: 10, configFile: null },
    ...{ state: { type: 'cache' }, allowPublic: false, fingerprintKey: null, auditLog: null, notes: [] },
    ...more,
  }
}
