import { findBuiltInSchema } from '../../../src/compare/schema/built-in.ts'
import type { Schema } from '../../../src/compare/schema/schema.ts'

/** The schema at a place: `spec.containers[].ports`; `[]` is any element of a list, `*` any value of a map. */
export function at(root: Schema | null | undefined, pattern: string): Schema | undefined {
  const steps = pattern.replaceAll('[]', '.[]').split('.')
  return steps.reduce<Schema | undefined>((schema, step) => (step === '[]' ? schema?.items : schema?.field(step)), root ?? undefined)
}

/** The same of a built-in kind, `apps/v1/Deployment spec.replicas`. */
export function atBuiltIn(text: string): Schema | undefined {
  const [name = '', pattern = ''] = text.split(' ')
  const slash = name.lastIndexOf('/')
  return at(findBuiltInSchema({ apiVersion: name.slice(0, slash), kind: name.slice(slash + 1) }), pattern)
}
