/**
 * Writes schema/config.schema.json, which editors use, from the schema that checks the config file. A test keeps the
 * two in step. Run by `npm run schema`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeConfigSchema } from '../src/inputs/config-schema.ts'

const file = join(import.meta.dirname, '../schema/config.schema.json')
writeFileSync(file, `${JSON.stringify(describeConfigSchema(), null, 2)}\n`)
