import type { Choices, Finding, ObjectRef, ProcessGap, Undecided } from '../model.ts'
import { formatPath } from '../path.ts'
import { type RedactionRules, redactPath, redactSides, type Sides } from './redact-sides.ts'
import { makeScrubber, type Scrubber, scrubStrings } from './scrub.ts'
import { isHarmlessValue } from './secrets.ts'

/**
 * The second line of defence for all that is told beside the values themselves. Whoever makes a command or a sentence takes
 * care that it holds no secret; events, audit logs and pull requests are written by others, who do not.
 */

/** Below this many characters the secrets of other places would be found by chance: `admin`, `test`. */
const SHORTEST_ELSEWHERE = 6

/**
 * What no text about a target may hold: everything that the report hides in any of its objects. What the report says anyway, such as the
 * name of the release, is left out: a password that is the same would otherwise take every command with it.
 *
 * @param findings as they were explained, not redacted yet
 */
export function makeTargetScrubber(
  {
    target,
    findings,
    sides,
  }: { readonly target: Named; readonly findings: readonly Finding[]; readonly sides: ReadonlyMap<ObjectRef, Sides> },
  rules: RedactionRules,
): Scrubber {
  const listSecrets = () => {
    const inObjects = [...sides].flatMap(([ref, { desired, live }]) => findSecretsOf(ref, [], desired, live, {}, rules))
    const inFindings = findings.flatMap(({ object, path, desired, live }) =>
      findSecretsOf(object, path, desired, live, sides.get(object) ?? {}, rules),
    )
    return [...new Set([...inObjects, ...inFindings])].filter((secret) => !isHarmlessValue(secret))
  }
  return makeScrubber(listSecrets, SHORTEST_ELSEWHERE, listNames(target, findings, [...sides.keys()]).join('\n'))
}

type Named = { readonly name: string; readonly release: string; readonly namespace: string }

function listNames(target: Named, findings: readonly Finding[], refs: readonly ObjectRef[]): readonly string[] {
  const objects = [...refs, ...findings.map(({ object }) => object)].flatMap(({ apiVersion, kind, name }) => [apiVersion, kind, name])
  const places = findings.map(({ path }) => formatPath(redactPath(path)))
  return [...new Set([target.name, target.release, target.namespace, ...objects, ...places])]
}

function findSecretsOf(
  ref: ObjectRef,
  path: Finding['path'],
  desired: Finding['desired'],
  live: Finding['live'],
  sides: Sides,
  rules: RedactionRules,
): readonly string[] {
  return redactSides(ref, path, { desired, live }, { rules, sides, as: 'json' }).secrets
}

/** Hides what is secret in what is told of a finding: its meaning, its fate and both ways back. */
export function redactTold(finding: Finding, scrubber: Scrubber): Finding {
  const { meaning, fate, choices } = finding
  const scrub = <T>(value: T) => scrubStrings(value, scrubber.sentence)
  return {
    ...finding,
    ...(meaning === undefined ? {} : { meaning: scrub(meaning) }),
    ...(fate === undefined ? {} : { fate: scrub(fate) }),
    ...(choices === undefined ? {} : { choices: redactChoices(choices, scrubber) }),
  }
}

/** Commands, edits and patches that hold a secret are left out; sentences lose it. */
export function redactChoices({ keep, revert }: Choices, scrubber: Scrubber): Choices {
  const { sentence, isOpen } = scrubber
  const { edit, patch, ...restOfKeep } = keep
  const { command, release, ...restOfRevert } = revert
  const isOpenEdit = edit !== undefined && [edit.from ?? '', edit.to].every((value) => isOpen(value) && isOpen(`${edit.key}: ${value}`))
  return {
    keep: {
      ...scrubStrings(restOfKeep, sentence),
      ...(isOpenEdit ? { edit: scrubStrings(edit, sentence) } : {}),
      ...(patch !== undefined && isOpen(patch) ? { patch } : {}),
    },
    revert: {
      ...scrubStrings(restOfRevert, sentence),
      ...(command !== undefined && isOpen(command) ? { command } : {}),
      ...(release !== undefined && isOpen(release.command) ? { release: { ...release, reason: sentence(release.reason) } } : {}),
    },
  }
}

/** Hides what is secret in what is told of a target as a whole, as `redactChoices` does. */
export function redactDecision(decision: Undecided, { sentence, isOpen }: Scrubber): Undecided {
  const { acts, circumstances, ways, gap } = decision
  const { keep, revert } = ways
  return {
    acts: acts.map(({ queries, ...act }) => ({
      ...scrubStrings(act, sentence),
      queries: queries.filter(({ where, text }) => isOpen(where) && isOpen(text)),
    })),
    circumstances: scrubStrings(circumstances, sentence),
    ways: {
      keep: { ...scrubStrings(keep, sentence), patch: keep.patch !== null && isOpen(keep.patch) ? keep.patch : null },
      revert: {
        summary: sentence(revert.summary),
        whole: revert.whole
          .filter(({ command }) => isOpen(command))
          .map((way) => ({ ...scrubStrings(way, sentence), command: way.command })),
      },
    },
    gap: gap === null ? null : redactGap(gap, { sentence, isOpen }),
  }
}

function redactGap({ rbac, policy, steps, ...rest }: ProcessGap, { sentence, isOpen }: Scrubber): ProcessGap {
  return {
    ...scrubStrings(rest, sentence),
    rbac: rbac !== null && isOpen(rbac) ? rbac : null,
    policy: policy !== null && isOpen(policy) ? policy : null,
    steps: steps.map(({ text, command }) => ({
      text: sentence(text),
      ...(command !== undefined && isOpen(command) ? { command } : {}),
    })),
  }
}
