import { isObject, isSame } from '../compare/json.ts'
import type { Choices, Finding, Json, JsonObject, ObjectRef, Path } from '../model.ts'
import { type RedactionRules, redactPath, redactSides, type Sides } from './redact-sides.ts'
import { redactChoices } from './redact-told.ts'
import { makeScrubber, type Scrubber, scrubStrings } from './scrub.ts'

export type { RedactionRules, Sides } from './redact-sides.ts'

/** Below this many characters a secret would be found by chance in every sentence. */
const SHORTEST_TO_SEARCH = 4

/**
 * Hides what is secret in a finding, on both sides alike. A side that is secret as a whole becomes `{"redacted": true}`;
 * inside maps, lists and texts only the secret parts go. `equal` then tells whether the sides were the same. Sentences
 * and commands that quote the secret lose it too.
 *
 * @param sides both whole objects, if at hand: they tell whether `args[1]` is the value of a `--password` in `args[0]`
 */
export function redactFinding(finding: Finding, rules: RedactionRules, sides: Sides = {}): Finding {
  const redacted = redactSides(finding.object, finding.path, finding, { rules, sides, as: 'json' })
  const path = redactPath(finding.path)
  if (redacted.secrets.length === 0) return path === finding.path ? finding : { ...finding, path }
  const scrubber = makeScrubber(() => redacted.secrets, SHORTEST_TO_SEARCH)
  return {
    ...finding,
    path,
    desired: redacted.desired,
    live: redacted.live,
    equal: isSame(finding.desired, finding.live),
    because: scrubber.sentence(finding.because),
    ...(finding.fate === undefined ? {} : { fate: scrubStrings(finding.fate, scrubber.sentence) }),
    ...(finding.choices === undefined ? {} : { choices: scrubChoices(finding.choices, redacted.secrets, scrubber) }),
  }
}

/**
 * Whether the report would hide the value, or a part of it. What is derived from such a value (an id, a command) would
 * tell about it.
 */
export function isSecretValue(ref: ObjectRef, path: Path, value: Json | undefined, rules: RedactionRules, sides: Sides = {}): boolean {
  if (value === undefined) return false
  return redactSides(ref, path, { desired: undefined, live: value }, { rules, sides, as: 'json' }).secrets.length > 0
}

/** Hides what is secret in one object, as text that fits into YAML: `(redacted)`. */
export function redactObject(object: JsonObject, rules: RedactionRules): JsonObject {
  return redactObjects(object, undefined, rules).desired ?? {}
}

/**
 * Hides what is secret in both sides of a view. A secret that is the same on both sides reads `(redacted)` on both; one
 * that is not reads `(redacted, differs)` on the live side, so that a difference of the two texts still shows it.
 */
export function redactObjects(desired: JsonObject | undefined, live: JsonObject | undefined, rules: RedactionRules): Sides {
  const redacted = redactSides(describeObject(live ?? desired ?? {}), [], { desired, live }, { rules, sides: {}, as: 'text' })
  return {
    ...(isObject(redacted.desired) ? { desired: redacted.desired } : {}),
    ...(isObject(redacted.live) ? { live: redacted.live } : {}),
  }
}

/** An object that does not say what it is gets the rules of a Secret. */
function describeObject(object: JsonObject): ObjectRef {
  const kind = typeof object.kind === 'string' ? object.kind : 'Secret'
  const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : 'v1'
  return { apiVersion, kind, namespace: null, name: '' }
}

/** A secret that is too short to be searched for takes the commands with it, whatever they hold. */
function scrubChoices(choices: Choices, secrets: readonly string[], scrubber: Scrubber): Choices {
  if (secrets.every((secret) => secret.length >= SHORTEST_TO_SEARCH)) return redactChoices(choices, scrubber)
  const { restartsPods } = choices.revert
  return {
    keep: { summary: scrubber.sentence(choices.keep.summary) },
    revert: { summary: scrubber.sentence(choices.revert.summary), ...(restartsPods === undefined ? {} : { restartsPods }) },
  }
}
