import type { Note, Target } from '../model.ts'
import { actionInputs, type Given, nameOption } from './options.ts'
import { readList, type Settings } from './settings.ts'

/**
 * Names what is accepted and checked but does nothing yet, where it was set to something else than its default.
 * When a later version uses one, its line goes.
 *
 * @returns notes of kind `input-without-effect`, one per input or key
 */
export function noteWithoutEffect(given: Given, settings: Settings, targets: readonly Target[]): Note[] {
  const texts = (['max-opened-issues', 'state', 'fingerprint-key', 'audit-log'] as const).filter((option) => {
    return given.texts[option] !== undefined && given.texts[option] !== actionInputs[option].default
  })
  const lists = (['labels', 'assignees'] as const).filter((option) => {
    return readList(given, option).join() !== actionInputs[option].default
  })
  const named = [...texts, ...lists, ...(settings.allowPublic ? (['allow-public'] as const) : [])].map((option) =>
    nameOption(given, option),
  )
  const keys = [
    ...(targets.some((target) => target.persistRuns !== 2) ? ['persist-runs'] : []),
    ...(targets.some((target) => target.persistMinutes !== 0) ? ['persist-minutes'] : []),
  ]
  return [...named, ...keys].map((name) => ({ kind: 'input-without-effect', message: explain(name) }))
}

function explain(name: string): string {
  switch (name) {
    case 'audit-log':
      return '`audit-log` has no effect yet: this version names the tool that wrote a value, not the person.'
    case 'fingerprint-key':
      return '`fingerprint-key` has no effect yet: this version identifies a redacted value by who wrote it and when.'
    default:
      return `\`${name}\` has no effect yet: this version reports drift but files no issues and keeps nothing between runs.`
  }
}
