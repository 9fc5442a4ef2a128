import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import { expect } from 'vitest'
import type { Report } from '../../src/model.ts'

// ajv-formats is CommonJS: its function is the default export's `default` for TypeScript and the default export for Node.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8')) as object
const validate = addFormats(
  new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }),
).compile<Report>(schema)

/** Reads the JSON report that a run wrote, and holds it against the schema that is shipped. */
export function readReport(file: string): Report {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
  expect(validate(report) ? [] : validate.errors).toEqual([])
  return report as Report
}
