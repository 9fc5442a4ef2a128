import type { ControllerRule, IgnoreRule, Note, Target } from '../model.ts'

/** Everything a run needs to know from outside, checked and complete. All paths are absolute. */
export type Inputs = {
  /** `auto` is already resolved. */
  readonly mode: 'check' | 'preview' | 'triage'
  /** Chart, values and manifest files must stay inside this folder. */
  readonly workspace: string
  /** At least one, but for `triage`, which can do without; names are unique. Whether their files exist is for the chart stage to say, target by target. */
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
  /** `local` in a preview: vendored and `file:` ones, since a pull request must not choose what is downloaded. */
  readonly dependencies: 'auto' | 'local' | 'never'
  /** The GitHub token; empty on the command line. */
  readonly token: string
  readonly failOn: readonly FailOn[]
  readonly ignore: readonly IgnoreRule[]
  readonly controllers: readonly ControllerRule[]
  /** Globs for field managers that deploy, beyond the built-in ones. */
  readonly deployers: readonly string[]
  /** Users that deploy, as the API server knows them. None: nobody said. */
  readonly deployerUsers: readonly string[]
  /** The group whose members may change things by hand in an emergency; null where none is named. */
  readonly breakGlassGroup: string | null
  /** Globs for paths and environment names whose values are redacted, beyond the built-in ones. */
  readonly redact: readonly string[]
  /** Where the Action writes its report files. */
  readonly reportDir: string
  readonly dryRun: boolean
  /** Whether a preview is of every target, be it touched by the pull request or not. */
  readonly previewAll: boolean
  /** The config file that names the targets, from the workspace's root; null where inputs do. */
  readonly configFile: string | null
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** -1 means unlimited. */
  readonly maxOpenedIssues: number
  readonly state: { readonly type: 'cache' } | { readonly type: 'file'; readonly path: string }
  readonly allowPublic: boolean
  readonly fingerprintKey: string | null
  /** A file of audit.k8s.io/v1 events, or a folder of such files; it need not exist. */
  readonly auditLog: string | null
  /** What a reader should know about the inputs. */
  readonly notes: readonly Note[]
}

/**
 * Where the credential comes from. `inline`: the text of a kubeconfig (the Action). `default`: a person's own
 * (the command line); `path` is `--kubeconfig`, null means KUBECONFIG or ~/.kube/config as kubectl does.
 * `none`: `live` is used instead of a cluster, or nothing (a preview of a fork, and triage).
 */
export type KubeconfigSource =
  | { readonly type: 'inline'; readonly text: string }
  | { readonly type: 'default'; readonly path: string | null }
  | { readonly type: 'none' }

export type FailOn = 'never' | 'drift' | 'incomplete'

/** Where a run takes place. All paths are absolute. */
export type Place = {
  readonly workspace: string
  /** The folder that relative paths in what was given start from. */
  readonly base: string
  /** Where report files go unless something else is said. */
  readonly reportDir: string
  /** The name of the event that a workflow runs for; empty outside of one. */
  readonly event: string
  /** Null when no config file is wanted. */
  readonly config: ConfigRequest | null
}

/** Where to look for a config file. */
export type ConfigRequest = {
  readonly path: string
  readonly workspace: string
  /** True when a person asked for this file, so that its absence is a fault. */
  readonly explicit: boolean
  /** True when the file must lie inside the workspace. */
  readonly confined: boolean
  /** True when `workspace` is the base of a pull request, which stands in for the checkout. */
  readonly fromBase: boolean
  /** The input that names it, for messages. */
  readonly input: string
}
