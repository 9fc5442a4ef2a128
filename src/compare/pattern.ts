import type { Path } from '../model.ts'

/** A path without its list keys, as the schema tables write it: `spec.template.spec.containers[].image`. */
export function toPattern(path: Path): string {
  return path.reduce((text, step) => ('field' in step ? (text === '' ? step.field : `${text}.${step.field}`) : `${text}[]`), '')
}

/** `apps/v1/Deployment`: how the schema tables name a kind. */
export function toKindName(ref: { readonly apiVersion: string; readonly kind: string }): string {
  return `${ref.apiVersion}/${ref.kind}`
}
