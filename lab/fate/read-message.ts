import type { ObjectRef } from '../../src/model.ts'

/** The parts of helm's message about a failed upgrade: one for each object that could not be changed. */
export function splitMessage(message: string): readonly string[] {
  const start = message.indexOf('UPGRADE FAILED: ')
  return (start < 0 ? message : message.slice(start + 'UPGRADE FAILED: '.length)).trim().split(' && ')
}

/** Whether a part of helm's message is about an object, in any of the forms that Helm 3 and 4 have. */
export function isAbout(part: string, { kind, name, namespace }: ObjectRef): boolean {
  const ours = `object ${namespace ?? ''}/${name} `
  if (part.includes(ours) && part.slice(part.indexOf(ours)).startsWith(ours) && new RegExp(`, Kind=${kind}\\b`).test(part)) return true
  return (
    part.includes(`"${name}" with kind ${kind}`) || new RegExp(`\\b${kind}(\\.[a-z0-9.]+)? "${name}" (is invalid|is forbidden)`).test(part)
  )
}
