import { join } from 'node:path'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { Finding } from '../model.ts'
import { keyOfRef } from '../refs.ts'
import type { KeepTools } from './keep-tools.ts'
import { showFile } from './patch.ts'
import { placeInTemplate } from './place-in-template.ts'

export type FoundPlace = { readonly file: string; readonly line: number | null; readonly isFixed: boolean }

/** Where the template of a finding's object writes the field; null where not even the template is known. */
export function placeFinding(
  { desired }: DecisionInput,
  { chart, templates, workspace }: KeepTools,
  { object, path }: Finding,
): FoundPlace | null {
  const template = desired.find(({ ref }) => keyOfRef(ref) === keyOfRef(object))?.template ?? null
  // Helm names a template by its chart's name first.
  const name = template?.replace(/^[^/]+\//, '')
  const text = name === undefined ? undefined : templates.get(name)
  if (chart === null || name === undefined || text === undefined) return null
  const place = placeInTemplate(text, object.kind, path)
  return { file: showFile(join(chart, name), workspace), line: place?.line ?? null, isFixed: place?.isFixed === true }
}
