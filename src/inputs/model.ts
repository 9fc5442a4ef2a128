import type { Note, Target } from '../model.ts'

/** Everything a run needs to know from outside, checked and complete. All paths are absolute. */
export type Inputs = {
  /** `auto` is already resolved; `preview` and `triage` are refused in this version. */
  readonly mode: 'check' | 'preview' | 'triage'
  /** Chart, values and manifest files must stay inside this folder. */
  readonly workspace: string
  /** At least one; names are unique. Whether their files exist is for the chart stage to say, target by target. */
  readonly targets: readonly Target[]
  readonly kubeconfig: KubeconfigSource
  /** A saved live state to read instead of a cluster. */
  readonly live: string | null
  /** For rendering with `live` (command line only): `v1.34.4`, and `group/version` or `group/version/Kind`. */
  readonly kubeVersion: string | null
  readonly apiVersions: readonly string[]
  /** With its leading `v`, as in `v3.17.2`; null means the helm on PATH. */
  readonly helmVersion: string | null
  /** SHA-256 of helm's download, 64 lower-case hex digits. */
  readonly helmChecksum: string | null
  readonly dependencies: 'auto' | 'never'
  /** The GitHub token; empty on the command line. */
  readonly token: string
  readonly failOn: readonly FailOn[]
  readonly ignore: readonly IgnoreRule[]
  readonly controllers: readonly ControllerRule[]
  /** Globs for field managers that deploy, beyond the built-in ones. */
  readonly deployers: readonly string[]
  /** Globs for paths and environment names whose values are redacted, beyond the built-in ones. */
  readonly redact: readonly string[]
  readonly reportDir: string | null
  readonly dryRun: boolean
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** -1 means unlimited. */
  readonly maxOpenedIssues: number
  readonly state: { readonly type: 'cache' } | { readonly type: 'file'; readonly path: string }
  readonly allowPublic: boolean
  readonly fingerprintKey: string | null
  readonly auditLog: string | null
  /** Kind `input-without-effect`: what is accepted here but does nothing yet. */
  readonly notes: readonly Note[]
}

/**
 * Where the credential comes from. `inline`: the text of a kubeconfig (the Action). `default`: a person's own
 * (the command line); `path` is `--kubeconfig`, null means KUBECONFIG or ~/.kube/config as kubectl does.
 * `none`: `live` is used instead of a cluster.
 */
export type KubeconfigSource =
  | { readonly type: 'inline'; readonly text: string }
  | { readonly type: 'default'; readonly path: string | null }
  | { readonly type: 'none' }

export type FailOn = 'never' | 'drift' | 'incomplete'

/** Differences that all given globs match are ignored. At least one glob is given; null matches everything. */
export type IgnoreRule = {
  readonly target: string | null
  readonly kind: string | null
  readonly name: string | null
  readonly namespace: string | null
  readonly path: string | null
  readonly manager: string | null
  readonly reason: string
  /** `YYYY-MM-DD`, the last day on which the rule holds. */
  readonly expires: string | null
  /** `file:line:column`, to name the rule when it is unused or expired. */
  readonly where: string
}

/** A field manager that may write what it writes; null matches everything. */
export type ControllerRule = {
  readonly manager: string
  readonly kind: string | null
  readonly path: string | null
  readonly subresource: string | null
}

export type OutputFormat = 'terminal' | 'json' | 'markdown'

/** What the command line asks for. `text` is to be printed as it is. */
export type CommandLine =
  | { readonly command: 'check'; readonly inputs: Inputs; readonly output: { readonly format: OutputFormat; readonly file: string | null } }
  | { readonly command: 'demo'; readonly folder: string | null }
  | { readonly command: 'help' | 'version'; readonly text: string }
