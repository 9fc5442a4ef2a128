import { parseJsonPointer } from '../explain/ignore-path.ts'
import type { Fault, IgnorePath, IgnoreRule } from '../model.ts'
import { isRecord } from './config-faults.ts'

type Rule = Omit<IgnoreRule, 'target'>
type Locate = (steps: readonly (string | number)[]) => string
/** What all rules of one entry have in common, and where the entry stands. */
type Entry = { readonly common: Omit<Rule, 'path' | 'manager' | 'where' | 'unsupported'>; readonly place: readonly (string | number)[] }

const TEXTS = ['group', 'kind', 'name', 'namespace'] as const
const LISTS = ['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'] as const
/** Fields only: in Argo CD no entry of this list speaks of objects that are missing or extra. */
const ANY_FIELD: IgnorePath = { text: '**', steps: [{ any: 'one' }] }

/**
 * Takes over an Application's `spec.ignoreDifferences`. As in Argo CD, `group` and `kind` are globs of which a missing one
 * is the empty text (the core group), `name` and `namespace` are exact and may be left out, and every pointer and every
 * manager of an entry stands for itself. What has no equivalent here becomes a rule that says so and does nothing.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 * @see https://github.com/argoproj/argo-cd/blob/master/util/argo/normalizers/diff_normalizer.go for what is matched how
 */
export function takeOverDifferences(
  application: unknown,
  locate: Locate,
): { readonly rules: readonly Rule[] } | { readonly faults: readonly Fault[] } {
  const spec = isRecord(application) && isRecord(application.spec) ? application.spec : {}
  const metadata = isRecord(application) && isRecord(application.metadata) ? application.metadata : {}
  const entries = spec.ignoreDifferences ?? []
  const root = ['spec', 'ignoreDifferences']
  if (!Array.isArray(entries)) return { faults: [tellType('ignoreDifferences', 'a list', locate(root))] }
  const faults = entries.flatMap((entry: unknown, index) => checkEntry(entry, [...root, index], locate))
  if (faults.length > 0) return { faults }
  const reason = `ignoreDifferences of Application ${String(metadata.name ?? '')}`.trim()
  return { rules: entries.flatMap((entry, index) => takeOverEntry(entry, reason, [...root, index], locate)) }
}

function checkEntry(entry: unknown, place: readonly (string | number)[], locate: Locate): readonly Fault[] {
  if (!isRecord(entry)) return [tellType('ignoreDifferences', 'a list of mappings', locate(place))]
  const texts = TEXTS.filter((key) => entry[key] !== undefined && typeof entry[key] !== 'string')
  const lists = LISTS.filter((key) => !isTextList(entry[key] ?? []))
  return [
    ...texts.map((key) => tellType(key, 'text', locate([...place, key]))),
    ...lists.map((key) => tellType(key, 'a list of texts', locate([...place, key]))),
  ]
}

function takeOverEntry(entry: { readonly [key: string]: unknown }, reason: string, place: Entry['place'], locate: Locate): readonly Rule[] {
  const [group, kind, name, namespace] = TEXTS.map((key) => (typeof entry[key] === 'string' && entry[key] !== '' ? entry[key] : null))
  const common = { kind: kind ?? '', group: group ?? '', name: name ?? null, namespace: namespace ?? null, reason, expires: null }
  const build = (key: (typeof LISTS)[number], parts: (text: string) => Pick<Rule, 'path' | 'manager' | 'unsupported'>) =>
    listTexts(entry[key]).map((text, index): Rule => {
      const own = parts(text)
      return { ...common, ...own, unsupported: findUnsupported(common) ?? own.unsupported, where: locate([...place, key, index]) }
    })
  const rules = [
    ...build('jsonPointers', takePointer),
    ...build('jqPathExpressions', takeExpression),
    ...build('managedFieldsManagers', takeManager),
  ]
  if (rules.length > 0) return rules
  const unsupported = 'The entry has neither jsonPointers nor managedFieldsManagers, so it ignores nothing in Argo CD either.'
  return [{ ...common, path: null, manager: null, unsupported, where: locate(place) }]
}

function takePointer(pointer: string): Pick<Rule, 'path' | 'manager' | 'unsupported'> {
  const read = parseJsonPointer(pointer)
  if (!('message' in read)) return { path: read.path, manager: null, unsupported: null }
  return { path: { text: pointer, steps: [] }, manager: null, unsupported: `${read.message} It ignores nothing in Argo CD either.` }
}

function takeExpression(text: string): Pick<Rule, 'path' | 'manager' | 'unsupported'> {
  const unsupported =
    'jqPathExpressions are not supported: write it as a rule with a `path` under `ignore`, such as `containers[name=app].image`.'
  return { path: { text, steps: [] }, manager: null, unsupported }
}

function takeManager(manager: string): Pick<Rule, 'path' | 'manager' | 'unsupported'> {
  const unsupported = hasWildcard(manager)
    ? 'Argo CD takes managers by their very names, without wildcards, so it ignores nothing there either.'
    : null
  return { path: ANY_FIELD, manager, unsupported }
}

function findUnsupported({ kind, group, name, namespace }: Pick<Rule, 'kind' | 'group' | 'name' | 'namespace'>): string | null {
  if (kind === '') return 'It names no kind, so it ignores nothing in Argo CD either.'
  if (hasWildcard(name ?? '') || hasWildcard(namespace ?? '')) {
    return 'Argo CD takes name and namespace without wildcards, so it ignores nothing there either.'
  }
  // Argo CD's globs know more than `*` and `?`.
  return /[[\]{}\\!]/.test(`${kind}${group}`) ? 'Of wildcards in kind and group, only `*` and `?` are supported here.' : null
}

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text)
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function listTexts(value: unknown): readonly string[] {
  return isTextList(value) ? value : []
}

function tellType(key: string, expected: string, where: string): Fault {
  return {
    message: `\`${key}\` is not ${expected}.`,
    where,
    remedy: 'Write it as Argo CD reads it; see its documentation of `ignoreDifferences`.',
  }
}
