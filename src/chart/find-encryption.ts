import { isList, isObject } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { Json } from '../model.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * Whether a values file is encrypted with SOPS (or helm-secrets, which uses it): it has SOPS's own `sops` map, or a
 * value in SOPS's form. https://getsops.io/docs/#encryption-protocol
 * @param text the file. One that is no YAML is no encrypted values file: helm tells what is wrong with it.
 */
export function findEncryption(text: string): boolean {
  try {
    return parseYaml(text, 'values').documents.some(({ value }) => hasSopsMap(value) || hasSopsValue(value))
  } catch (error) {
    if (error instanceof UserError) return false
    throw error
  }
}

function hasSopsMap(value: Json): boolean {
  return isObject(value) && isObject(value.sops) && ('mac' in value.sops || 'lastmodified' in value.sops)
}

function hasSopsValue(value: Json): boolean {
  if (typeof value === 'string') return value.startsWith('ENC[AES256_GCM,')
  if (isList(value)) return value.some(hasSopsValue)
  return isObject(value) && Object.values(value).some(hasSopsValue)
}
