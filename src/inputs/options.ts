/**
 * The Action's inputs: how each is written and what it is when it is not given.
 * `text` is one value, `list` takes commas or new lines, `lines` takes new lines only.
 * action.yml declares the same names and defaults; a test keeps the two in step.
 */
export const actionInputs = {
  mode: { type: 'text', default: 'auto' },
  config: { type: 'text', default: '.github/plumbline.yml' },
  kubeconfig: { type: 'text', default: '' },
  'kube-context': { type: 'text', default: '' },
  live: { type: 'text', default: '' },
  chart: { type: 'text', default: '' },
  manifests: { type: 'text', default: '' },
  name: { type: 'text', default: '' },
  release: { type: 'text', default: '' },
  namespace: { type: 'text', default: '' },
  values: { type: 'list', default: '' },
  // A comma is part of helm's own syntax (`a={x,y}`, `a=1\,2`, `a=1,b=2`), so it cannot separate expressions.
  set: { type: 'lines', default: '' },
  'deploy-time-values': { type: 'list', default: '' },
  'helm-version': { type: 'text', default: '' },
  'helm-checksum': { type: 'text', default: '' },
  dependencies: { type: 'text', default: 'auto' },
  // action.yml: the job's own token.
  token: { type: 'text', default: '' },
  // No default here or in action.yml: one would override the config file in every run.
  'persist-runs': { type: 'text', default: '' },
  'persist-minutes': { type: 'text', default: '' },
  labels: { type: 'list', default: 'drift' },
  assignees: { type: 'list', default: '' },
  'max-opened-issues': { type: 'text', default: '10' },
  'fail-on': { type: 'list', default: 'never' },
  state: { type: 'text', default: 'cache' },
  'allow-public': { type: 'text', default: 'false' },
  'fingerprint-key': { type: 'text', default: '' },
  'audit-log': { type: 'text', default: '' },
  'report-dir': { type: 'text', default: '' },
  'dry-run': { type: 'text', default: 'false' },
  'preview-all': { type: 'text', default: 'false' },
} as const satisfies { readonly [name: string]: { readonly type: 'text' | 'list' | 'lines'; readonly default: string } }

export type ActionInput = keyof typeof actionInputs
export type TextOption = { [N in ActionInput]: (typeof actionInputs)[N]['type'] extends 'text' ? N : never }[ActionInput] | 'kube-version'
export type ListOption = Exclude<ActionInput, TextOption> | 'api-versions'

/** What a person gave, whether as Action inputs or as flags: trimmed, nothing empty, nothing checked yet. */
export type Given = {
  readonly source: 'action' | 'command-line'
  readonly texts: { readonly [N in TextOption]?: string }
  readonly lists: { readonly [N in ListOption]?: readonly string[] }
}

/** An option as the person writes it: `kube-context` in a workflow, `--kube-context` on the command line. */
export function nameOption(given: Given, option: TextOption | ListOption): string {
  return given.source === 'action' ? option : `--${option}`
}

/** Splits a list input at commas and new lines; trims, drops what is empty. */
export function splitList(text: string): string[] {
  return trimAll(text.split(/[\n,]/))
}

/** Splits a list input at new lines only; trims, drops what is empty. */
export function splitLines(text: string): string[] {
  return trimAll(text.split('\n'))
}

function trimAll(items: readonly string[]): string[] {
  return items.map((item) => item.trim()).filter((item) => item !== '')
}
