/**
 * The words of the project as plain data. Every stage of the pipeline takes and gives these values,
 * and every report is written from them. Nothing here does anything.
 */

/** A JSON scalar as Kubernetes keeps it. Integers beyond 2^53 are `bigint`, so that no digit is lost. */
export type Scalar = string | number | bigint | boolean | null
export type Json = Scalar | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/** Names one object of a cluster. `namespace` is null for cluster-scoped kinds. */
export type ObjectRef = {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
}

/**
 * One step of a path into an object, in the terms of `managedFields` (fieldsV1):
 * `field` is `f:`, `key` is `k:` (an element of a keyed list), `value` is `v:` (an element of a set),
 * `index` is `i:` (a place in an atomic list).
 */
export type PathStep =
  | { readonly field: string }
  | { readonly key: { readonly [name: string]: Scalar } }
  | { readonly value: Scalar }
  | { readonly index: number }
export type Path = readonly PathStep[]

// --- Targets -----------------------------------------------------------------------------------

/** One release in one namespace of one cluster. `name` is its identity in issues, state and finding ids. */
export type Target = {
  readonly name: string
  readonly release: string
  readonly namespace: string
  readonly source: ChartSource | ManifestSource
  /** The kubeconfig context; null means the current one. */
  readonly context: string | null
  readonly persistRuns: number
  readonly persistMinutes: number
  /** Kinds to search for extra objects, beyond those that are rendered: `Kind` or `kind.group`. */
  readonly extraKinds: readonly string[]
}
/** Paths are absolute. */
export type ChartSource = {
  readonly type: 'chart'
  readonly chart: string
  readonly values: readonly string[]
  /** `helm --set` expressions. */
  readonly set: readonly string[]
  /** Values keys that the pipeline sets with `--set` at deploy time, such as `image.tag`. */
  readonly deployTimeValues: readonly string[]
}
export type ManifestSource = { readonly type: 'manifests'; readonly path: string }

// --- Desired -----------------------------------------------------------------------------------

/** One object rendered from Git. */
export type DesiredObject = {
  readonly ref: ObjectRef
  readonly object: JsonObject
  /** The template that made it, as Helm names it in `# Source:`; null when unknown. */
  readonly template: string | null
  /** True when it comes from the chart's `crds/` folder, which Helm installs but never upgrades. */
  readonly fromCrds: boolean
  /** Paths whose value changes from render to render, or between install and upgrade. */
  readonly unstable: readonly UnstablePath[]
}
export type UnstablePath = {
  readonly path: Path
  readonly why: 'random' | 'install-or-upgrade' | 'deploy-time'
  /** What the renders gave at this path (`undefined` entries: absent there). Live may equal any of them. */
  readonly rendered: readonly (Json | undefined)[]
}
/** What the renderer gives: the objects to compare, those set aside, and what a reader should know about the render. */
export type Desired = {
  readonly objects: readonly DesiredObject[]
  readonly setAside: readonly SetAside[]
  /** What hooks hold, as a digest, to tell whether one was changed; without those that are another at each render. */
  readonly hooks?: readonly HookDigest[]
  readonly notes: readonly Note[]
}
export type HookDigest = { readonly object: ObjectRef; readonly digest: string }
/** An object that was not compared on purpose. */
export type SetAside = { readonly object: ObjectRef; readonly reason: 'hook' | 'test' | 'keep' | 'finished-job' | (string & {}) }

// --- Live --------------------------------------------------------------------------------------

/** What reading one object gave. Absence and refusal are data, and never mistaken for each other. */
export type Reading =
  | { readonly outcome: 'found'; readonly object: JsonObject }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'unreadable'; readonly reason: UnreadableReason; readonly detail: string; readonly remedy: string }
  | { readonly outcome: 'unknown-kind'; readonly detail: string; readonly remedy: string }
  | { readonly outcome: 'skipped'; readonly reason: string }
export type UnreadableReason =
  | 'forbidden'
  | 'not-saved'
  | 'timeout'
  | 'server-error'
  | 'bad-answer'
  | 'rate-limited'
  | 'discovery-failed'
  | 'too-deep'
/** The cluster as one target needs it, in the order of its desired objects. */
export type Live = {
  readonly readings: readonly LiveReading[]
  /** Objects found in the lists made for rendered kinds that carry this release's annotations but are not rendered. */
  readonly extra: readonly { readonly ref: ObjectRef; readonly object: JsonObject }[]
  readonly requests: RequestCounts
  readonly notes: readonly Note[]
}
export type LiveReading = { readonly ref: ObjectRef; readonly reading: Reading }
export type RequestCounts = { readonly list: number; readonly get: number; readonly discovery: number }

/** What an API server serves: enough to render for it, to address objects and to know their scope. */
export type ClusterInfo = {
  /** `v1.34.4`, as `helm template --kube-version` takes it. */
  readonly kubeVersion: string
  readonly resources: readonly ApiResource[]
  /** Groups whose resources could not be discovered (an aggregated API server that is down, say). */
  readonly staleGroups: readonly string[]
}
export type ApiResource = {
  readonly apiVersion: string
  readonly kind: string
  /** The plural in the URL. */
  readonly resource: string
  readonly namespaced: boolean
}

// --- Differences and findings --------------------------------------------------------------------

export type Change = 'changed' | 'added' | 'removed' | 'missing-object' | 'extra-object'
/** One path where desired and live differ after fair normalisation. `undefined` on a side: absent there. */
export type Difference = {
  readonly object: ObjectRef
  /** Empty for `missing-object` and `extra-object`. */
  readonly path: Path
  readonly change: Change
  readonly desired: Json | undefined
  readonly live: Json | undefined
}
export type Cause = 'manual' | 'undeployed' | 'controller' | 'admission' | 'unknown'
export type Confidence = 'certain' | 'likely' | 'uncertain'
/** The `managedFields` entry that speaks for a difference. A tool, never a person. */
export type Evidence = {
  readonly manager: string | null
  readonly operation: 'Apply' | 'Update' | null
  readonly subresource: string | null
  /** RFC 3339, UTC; null where the API server leaves none (the scale subresource). */
  readonly time: string | null
}
export type Severity = 'high' | 'medium' | 'low' | 'info'
/** What a change can do, where it matters most first. */
export type RiskArea = 'security' | 'traffic' | 'data' | 'availability' | 'capacity' | 'configuration' | 'cosmetic'
/** What a pattern means, for a person: `title` is a few words (`manual scaling`), `reason` a sentence: why this severity. */
export type Meaning = { readonly title: string; readonly area: RiskArea; readonly reason: string }
/** What the next deploy does to a difference, by the way the release was last applied. */
export type Fate = {
  readonly next: 'reverted' | 'kept' | 'blocks-deploy' | 'none' | 'unknown'
  /** One sentence. */
  readonly reason: string
  readonly confidence: Confidence
  /** The message with which the deploy will fail, as the API server or Helm words it. */
  readonly conflict?: string
}
export type Choices = { readonly keep: KeepChoice; readonly revert: RevertChoice }
/** How Git is made to say what the cluster says. */
export type KeepChoice = {
  readonly summary: string
  /** The values key that drives the field, proven by a render. `file` is relative to the workspace; `from` and `to` are YAML. */
  readonly edit?: { readonly file: string; readonly key: string; readonly from?: string; readonly to: string }
  /** A unified diff for `git apply`, of this finding alone. */
  readonly patch?: string
  /** Where the template writes the field, when no values key drives it. */
  readonly place?: { readonly file: string; readonly line: number | null }
}
/** How the cluster is set back to what Git says, at this one place. */
export type RevertChoice = {
  readonly summary: string
  /** For a shell, by someone who may write. */
  readonly command?: string
  /** What makes the command refuse, as a sentence; left out where nothing guards it. */
  readonly guard?: string
  readonly restartsPods?: boolean
  /** What it costs: restarts, capacity, data. A sentence each. */
  readonly costs?: readonly string[]
  /** Takes the tool's entry for this field out of `managedFields`, so that it blocks no later deploy; and why. */
  readonly release?: { readonly command: string; readonly reason: string }
}
/** A difference with its explanation. Fields that a later stage fills are optional. */
export type Finding = Difference & {
  readonly id: string
  readonly cause: Cause
  readonly confidence: Confidence
  /** True when it makes the verdict `drifted`. */
  readonly drift: boolean
  /** One sentence: why this cause. */
  readonly because: string
  readonly evidence: Evidence
  readonly pattern: string
  readonly severity: Severity
  readonly meaning?: Meaning
  readonly fate?: Fate
  readonly choices?: Choices
  readonly acceptance?: Acceptance
  /** RFC 3339: the first of the readings in a row that saw a drift here. Set where readings are remembered. */
  readonly since?: string
  /** Whether it has lasted as long as `persist-runs` and `persist-minutes` ask for. */
  readonly lasting?: boolean
  /** The first ignore rule that covers it; `where` as in `IgnoreRule`. */
  readonly ignoredBy?: { readonly reason: string; readonly expires: string | null; readonly where: string }
  /** Set when a side was redacted: the values are then `{"redacted": true}`, and this tells whether they were equal. */
  readonly equal?: boolean
}
/** `until` is RFC 3339, or a date; `url` is that of the comment that says so. */
export type Acceptance = { readonly by: string; readonly because: string; readonly until: string; readonly url?: string }
export type Unread = { readonly object: ObjectRef; readonly reason: string; readonly detail: string; readonly remedy: string }
/** Something a reader should know that is neither drift nor an unread object. */
export type Note = { readonly kind: string; readonly object?: ObjectRef; readonly path?: string; readonly message: string }

// --- Rules that a team sets --------------------------------------------------------------------------

/** A team's standing decision to live with a difference. Everything it names must match; null matches anything. */
export type IgnoreRule = {
  /** Globs. */
  readonly target: string | null
  /** Case does not matter. */
  readonly kind: string | null
  /** The API group; the empty text is the core group and no other. */
  readonly group: string | null
  readonly name: string | null
  readonly namespace: string | null
  /** Null: the object itself, missing or extra, and all in it. A path never covers an object that is missing or extra. */
  readonly path: IgnorePath | null
  /** A glob. What has no recorded writer is not matched. */
  readonly manager: string | null
  readonly reason: string
  /** `YYYY-MM-DD`: the last day on which the rule holds, in UTC. */
  readonly expires: string | null
  /** `file:line:column`, or the template of an annotation: to name the rule. */
  readonly where: string
  /** Why the rule can do nothing, when it was taken over from elsewhere and has no equivalent here; else null. */
  readonly unsupported: string | null
}
/** A place in an object, with wildcards. It covers that place and all below it. `text` is what the person wrote. */
export type IgnorePath = { readonly text: string; readonly steps: readonly IgnoreStep[] }
/**
 * One step of an ignore rule's path. `field`, `value` and the texts of `element` are globs, which end with their step.
 * `any` is one step of whatever kind, or any number of them. `element` is a list element by fields it has, `index` by its
 * place in the list that Git declares. `token` is a JSON pointer's: a field by its very name, or such a place in a list.
 */
export type IgnoreStep =
  | { readonly any: 'one' | 'depth' }
  | { readonly field: string }
  | { readonly element: readonly (readonly [name: string, glob: string])[] }
  | { readonly value: string }
  | { readonly index: number }
  | { readonly token: string }
/** What became of one ignore rule in one target. */
export type IgnoreRuleUse = {
  readonly where: string
  /** What the rule covers, in one line: `Deployment/shop spec.replicas`. */
  readonly rule: string
  readonly reason: string
  readonly expires: string | null
  /** How many findings it covers; those that another rule covers too are counted with both. */
  readonly matched: number
  readonly status: 'used' | 'unused' | 'expired' | 'unsupported'
  /** Why it is `unsupported`, with the remedy. */
  readonly detail?: string
}
/** A field manager that may write what it writes. Globs; null matches anything. */
export type ControllerRule = {
  readonly manager: string
  readonly kind: string | null
  readonly path: string | null
  readonly subresource: string | null
}

// --- Verdict and report ----------------------------------------------------------------------------

export type Verdict = 'in-sync' | 'drifted' | 'incomplete' | 'error'
/** How the release was last applied. */
export type Delivery = 'helm-client-side' | 'helm-server-side' | 'argocd' | 'flux' | 'kubectl' | 'unknown'
export type Counts = {
  readonly objects: number
  readonly compared: number
  readonly drift: number
  readonly undeployed: number
  readonly controller: number
  readonly admission: number
  readonly accepted: number
  readonly ignored: number
  readonly unread: number
  readonly setAside: number
  /** Live-only values that were recognised as defaults or allocated fields, and so are no difference. */
  readonly defaulted: number
}
/** A fault told to a person: what happened, where (input, file, line), and what to do about it. */
export type Fault = { readonly message: string; readonly where: string | null; readonly remedy: string }
export type TargetReport = {
  readonly name: string
  readonly release: string
  readonly namespace: string
  readonly delivery: Delivery
  readonly verdict: Verdict
  readonly complete: boolean
  readonly counts: Counts
  readonly findings: readonly Finding[]
  readonly unread: readonly Unread[]
  readonly setAside: readonly SetAside[]
  readonly notes: readonly Note[]
  /** Every ignore rule that applies to this target, those that matched nothing included. */
  readonly ignoreRules: readonly IgnoreRuleUse[]
  readonly requests: RequestCounts
  /** Desired and live as YAML text per object with findings, redacted, ready for a unified difference. */
  readonly views: readonly ObjectView[]
  /** Why the verdict is `error`; null otherwise. */
  readonly error: Fault | null
  /** RFC 3339: the last complete reading without drift before this one; null where none is on record. Set where readings are remembered. */
  readonly cleanAt?: string | null
  /** What helps to decide about drift. Set where there is some. */
  readonly decision?: Decision
  /** What this run did with the target's issue on GitHub, or what a dry run would have done. Set where issues are kept. */
  readonly issue?: IssueNews
  /** What a pull request will do to it. Then `findings` and the verdict are what a check of the pull request's base gives. */
  readonly preview?: Preview
}

// --- What helps to decide ----------------------------------------------------------------------------

/** Everything known about a target's drift as a whole; what concerns one finding is in the finding. */
export type Decision = {
  readonly advice: Advice
  /** What was done, oldest first; one whose time is not known comes last. Every drift finding is in exactly one. */
  readonly acts: readonly Act[]
  readonly circumstances: Circumstances
  readonly ways: Ways
  /** How it could happen, and how to prevent it; null where it was not looked at. */
  readonly gap: ProcessGap | null
}
/** A decision that no advice was given about yet: advice is made from all of it. */
export type Undecided = Omit<Decision, 'advice'>
/** A recommendation, never an action. */
export type Advice = {
  readonly lean: 'keep' | 'revert' | 'ask-first'
  readonly confidence: Confidence
  /** One sentence. */
  readonly headline: string
  /** Sentences, the weightiest first. */
  readonly reasons: readonly string[]
  /** By when to decide and what happens otherwise; null where nothing presses. */
  readonly deadline: string | null
  /** What would change this advice. */
  readonly wouldChange: readonly string[]
  /** Whose word is needed for which step. */
  readonly approvals: readonly string[]
}
/** Edits by the same tool within minutes: one act. */
export type Act = {
  readonly manager: string | null
  /** The tool in words: `kubectl scale`, `Lens`. */
  readonly tool: string
  /** RFC 3339; null where the API server records no time. */
  readonly from: string | null
  readonly to: string | null
  /** Ids of findings. */
  readonly findings: readonly string[]
  /** Who did it, by the audit log. Empty: not known. */
  readonly people: readonly Witness[]
  /** What the record cannot tell, as a sentence. */
  readonly caution: string
  /** To find out who it was, where no audit log was given: one for each kind of log. */
  readonly queries: readonly AuditQuery[]
}
/** A request in the audit log that made a change. */
export type Witness = {
  readonly user: string
  /** Who acted in that user's name; null for nobody. */
  readonly impersonatedBy: string | null
  readonly userAgent: string | null
  readonly sources: readonly string[]
  readonly time: string
  readonly verb: string
  /** Whether the event names the finding's object and subresource within its second, or only near it. */
  readonly confidence: Confidence
}
export type AuditQuery = { readonly where: 'Kubernetes audit log' | 'Amazon EKS' | 'Google GKE' | 'Azure AKS'; readonly text: string }
/** How things stand around the drift. Whatever could not be looked at is in `absences`. */
export type Circumstances = {
  readonly health: { readonly state: HealthState; readonly objects: readonly Health[] }
  readonly facts: readonly Fact[]
  readonly absences: readonly Absence[]
}
export type HealthState = 'healthy' | 'progressing' | 'degraded' | 'unknown'
/** `text` does not change while the state does not. */
export type Health = { readonly object: ObjectRef; readonly state: HealthState; readonly text: string }
export type Fact = {
  readonly kind:
    | 'restarts'
    | 'warning'
    | 'rollout'
    | 'autoscaler'
    | 'gitops'
    | 'release'
    | 'workflow-run'
    | 'deployment'
    | 'pull-request'
    | 'git-moved'
  /** One sentence. */
  readonly text: string
  /** RFC 3339: when it happened. */
  readonly time: string | null
  /** Set where the fact is that there is none of it: no autoscaler, no deploy since the change. */
  readonly none?: true
  /** How it lies to the change: a deploy since then says something else than one before it. */
  readonly relation?: 'before' | 'around' | 'since'
  readonly url?: string
  readonly object?: ObjectRef
  /** Whether the issue's text may show it: it stays the same until something happens. */
  readonly steady: boolean
}
/** A source that could not be asked; `remedy` says how it could, empty where it cannot. */
export type Absence = { readonly source: string; readonly why: string; readonly remedy: string }
/** Both ways for the whole target. */
export type Ways = {
  readonly keep: {
    readonly summary: string
    /** A unified diff for `git apply` for all findings that can be kept; rendering with it was tried. Null: there is none. */
    readonly patch: string | null
    /** Ids of findings that are gone with it, and those that stay, with the reason. */
    readonly covers: readonly string[]
    readonly leaves: readonly { readonly finding: string; readonly why: string }[]
  }
  readonly revert: {
    readonly summary: string
    /** Ways to set back the whole release. */
    readonly whole: readonly WholeRevert[]
  }
}
export type WholeRevert = {
  readonly tool: 'helm' | 'argocd' | 'flux' | 'kubectl'
  readonly command: string
  /** What it does beside the drift. */
  readonly effect: string
  /** Whose word it takes. */
  readonly approval: string
}
/** Who could have done it, and what would have stopped it. */
export type ProcessGap = {
  readonly summary: string
  /** Who may write the drifted kinds in this namespace, beside the deployers. */
  readonly writers: readonly Writer[]
  /** A least-privilege RBAC change as YAML; null where nothing is known to change. */
  readonly rbac: string | null
  /** A ValidatingAdmissionPolicy with its binding as YAML; null where the cluster cannot have one. */
  readonly policy: string | null
  /** How to try it, as Markdown-free sentences and commands in order. */
  readonly steps: readonly { readonly text: string; readonly command?: string }[]
  readonly absences: readonly Absence[]
}
export type Writer = {
  /** `User`, `Group` or `ServiceAccount` and its name: `ServiceAccount ci/deployer`. */
  readonly subject: string
  /** `patch, update deployments.apps` */
  readonly rights: string
  /** `RoleBinding/edit -> ClusterRole/edit` */
  readonly through: string
  readonly deploys: boolean
}
// --- What a pull request will do ------------------------------------------------------------------------

/** The pull request that a preview is of. */
export type PullRequest = {
  /** Null for a working copy, which is no pull request yet. */
  readonly number: number | null
  /** The page on GitHub; null outside of it. */
  readonly url: string | null
  /** Commits: what it is compared with, and its own newest. Null where Git cannot tell. */
  readonly base: string | null
  readonly head: string | null
  readonly fromFork: boolean
}
/**
 * What becomes of one place once the pull request is deployed. `changes`: as intended. `undoes`: what somebody did by hand
 * is set back. `codifies`: Git comes to say what the cluster says already, which somebody did by hand. `leaves`: a
 * difference that is there now stays. `fails`: the deploy stops at it. `no-op`: the cluster is like that already, and
 * nobody did it by hand. `deletes`, `creates`: whole objects. `unknown`: it depends on what is not known.
 */
export type Prospect = 'changes' | 'undoes' | 'codifies' | 'leaves' | 'fails' | 'no-op' | 'deletes' | 'creates' | 'unknown'
export type PreviewChange = {
  readonly prospect: Prospect
  readonly object: ObjectRef
  /** Empty for the object as a whole. */
  readonly path: Path
  /** What the base and the pull request declare here, and what the cluster has. Undefined: absent. For whole objects all are. */
  readonly base: Json | undefined
  readonly head: Json | undefined
  readonly live: Json | undefined
  /** Whether the pull request is what changes it. Else the deploy would do it anyway: it meets what is there. */
  readonly ours: boolean
  /** The base has another value than both the cluster and the pull request: two intents for one place. */
  readonly contested: boolean
  /** What happens here and why, in one sentence. */
  readonly text: string
  readonly confidence: Confidence
  /** The message with which the deploy will fail. */
  readonly conflict?: string
  /** The out-of-band change that it meets, as a check of the base tells it: an id among the target's `findings`. */
  readonly finding?: string
  /** Why nobody needs to look at it on its own. */
  readonly folded?: 'version-label' | 'checksum' | 'unstable' | 'definition'
}
/** What a pull request changes, by its files and by what they render. */
export type PreviewKind = 'values' | 'templates' | 'dependencies' | 'image' | 'definitions' | 'manifests' | 'new chart' | 'removed chart'
export type Preview = {
  /** The one sentence that a reviewer needs. */
  readonly headline: string
  readonly kinds: readonly PreviewKind[]
  /** The files of this target that the pull request changes, from the repository's root. */
  readonly files: readonly string[]
  /** `base`: no cluster could be read, so the base stands in for it, and no out-of-band change can be seen. */
  readonly against: 'cluster' | 'base'
  /** Those that matter most first. */
  readonly changes: readonly PreviewChange[]
  readonly counts: { readonly [prospect in Prospect]: number }
  /** Each object that the deploy changes, as YAML: `desired` as it will be, `live` as it is now. Redacted. */
  readonly views: readonly ObjectView[]
  /** The open issues of this target whose drift the pull request codifies, and whether all of it. Set where issues can be read. */
  readonly issues?: readonly { readonly number: number; readonly url: string; readonly whole: boolean }[]
}
export type IssueNews = {
  readonly action: 'none' | 'filed' | 'updated' | 'closed' | 'reopened' | 'unchanged' | 'waiting' | 'capped' | 'left-alone' | 'failed'
  /** The issue that it is about; null where there is none. */
  readonly number: number | null
  readonly url: string | null
  /** A sentence that says why. */
  readonly why: string
}
export type ObjectView = { readonly object: ObjectRef; readonly desired: string; readonly live: string }
export type Report = {
  readonly schemaVersion: '1'
  /** RFC 3339, UTC. */
  readonly generatedAt: string
  readonly tool: { readonly name: 'plumbline'; readonly version: string }
  /** The worst target's. */
  readonly verdict: Verdict
  readonly targets: readonly TargetReport[]
  /** What concerns the run as a whole. */
  readonly notes?: readonly Note[]
  /** Set in a preview, with the targets that the pull request leaves alone. */
  readonly pullRequest?: PullRequest & { readonly untouched: readonly string[] }
}
