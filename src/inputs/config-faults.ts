import type * as z from 'zod'
import { configSchema, controllerSchema, defaultsSchema, ignoreSchema, targetSchema } from './config-schema.ts'
import type { Problem } from './rules.ts'
import { suggest } from './suggest.ts'

type Step = string | number
/** A fault in the config file, placed by its path; `atKey` when the key itself is at fault, not its value. */
export type ConfigProblem = Problem & { readonly path: readonly Step[]; readonly atKey: boolean }

/** Remedies for required keys that are missing. */
const missing: { readonly [key: string]: string } = {
  version: 'Add `version: 1` at the top.',
  reason: 'Say why the difference is right; the report shows it.',
  manager: 'Give the field manager, as `kubectl get ... --show-managed-fields` shows it.',
}

/**
 * Says in plain words what zod found, with the remedy.
 *
 * @param issue one of zod's issues
 * @param raw the whole content of the config file
 * @returns one problem, or one for each unknown key
 */
export function describeIssue(issue: z.core.$ZodIssue, raw: unknown): ConfigProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      return { path: [...path, key], atKey: true, message: 'this key is not known.', remedy: suggest(key, listKnownKeys(path)) }
    })
  }
  return [{ path, atKey: false, ...explain(issue, path, raw) }]
}

/** `targets[0].persist-runs` */
export function formatConfigPath(path: readonly Step[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('')
}

function explain(issue: z.core.$ZodIssue, path: readonly Step[], raw: unknown): Problem {
  const value = readPath(raw, path)
  if (issue.code === 'custom') return { message: issue.message, remedy: String(issue.params?.remedy ?? '') }
  if (value === undefined) return { message: 'is missing.', remedy: missing[String(path.at(-1))] ?? 'Add it.' }
  if (value === null) return { message: 'has no value.', remedy: 'Give it a value, or remove the key.' }
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue.expected, value)
    case 'invalid_value':
      return {
        message: `is ${show(value)}.`,
        remedy: `Write ${issue.values.map(show).join(' or ')}: that is what this version of Plumbline reads.`,
      }
    case 'too_small':
      return { message: `${show(value)} is too small.`, remedy: `Give at least ${issue.minimum}.` }
    case 'too_big':
      return { message: `${show(value)} is too big.`, remedy: `Give at most ${issue.maximum}.` }
    default:
      return { message: `${issue.message}.`, remedy: 'See schema/config.schema.json for what is allowed.' }
  }
}

function explainType(expected: string, value: unknown): Problem {
  const found = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a mapping' : show(value)
  switch (expected) {
    case 'string':
      return {
        message: `is ${found}, where text is expected.`,
        remedy: typeof value === 'object' ? 'Write one value.' : `Put it in quotes: '${value}'.`,
      }
    case 'array':
      return { message: `is ${found}, where a list is expected.`, remedy: 'Write one item per line, each beginning with `- `.' }
    case 'object':
      return { message: `is ${found}, where keys with values are expected.`, remedy: 'Write `key: value` lines, indented below it.' }
    default:
      return { message: `is ${found}, where a whole number is expected.`, remedy: 'Write it in digits, without quotes.' }
  }
}

function listKnownKeys(path: readonly Step[]): string[] {
  const schemas = { defaults: defaultsSchema, targets: targetSchema, ignore: ignoreSchema, controllers: controllerSchema }
  const section = Object.entries(schemas).find(([name]) => name === path[0])?.[1] ?? configSchema
  return Object.keys(section.shape)
}

function readPath(raw: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>((value, step) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined), raw)
}

/** True for a mapping of the config file. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  return typeof value === 'string' ? `the text \`${value}\`` : `\`${String(value)}\``
}
