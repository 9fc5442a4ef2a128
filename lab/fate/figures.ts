import { nameOf } from '../refs.ts'
import { type FateResult, type JudgedFinding, listWrong } from './model.ts'

/** What several upgrades came to. */
export function addUpFates(results: readonly FateResult[]): { readonly [figure: string]: number } {
  const judged = results.flatMap((result) => result.judged)
  const count = (next: string) => judged.filter(({ fate }) => fate.next === next).length
  const sum = (pick: (result: FateResult) => number) => results.reduce((total, result) => total + pick(result), 0)
  return {
    upgrades: results.filter(({ failure }) => failure === null).length,
    failures: results.filter(({ failure }) => failure !== null).length,
    edits: sum(({ edits }) => edits),
    judged: judged.length,
    right: judged.length - sum((result) => listWrong(result).length),
    reverted: count('reverted'),
    kept: count('kept'),
    blocks: count('blocks-deploy'),
    none: count('none'),
    unjudged: sum(({ unjudged }) => unjudged),
    rightMessages: sum(({ rightMessages }) => rightMessages),
    wrongMessages: sum(({ wrongMessages }) => wrongMessages.length),
  }
}

/** One line for an upgrade, and one for each thing that was foretold wrongly. */
export function describeFates(result: FateResult): readonly string[] {
  const { chart, helms, delivery, failure, edits, judged, wrongMessages, rightMessages, unjudged, seconds } = result
  const head = `${chart} helm ${helms.join(', ')} (${seconds.toFixed(0)} s):`
  if (failure !== null) return [`${head} FAILED ${failure.slice(0, 600)}`]
  const wrong = listWrong(result)
  return [
    `${head} ${delivery}, ${edits} edits, ${judged.length - wrong.length}/${judged.length} fates right, ${unjudged} not judged, ${rightMessages} messages right, ${wrongMessages.length} wrong`,
    ...wrong.map(describeWrong),
    ...wrongMessages.map(({ foretold, helm }) => `  MESSAGE ${foretold === null ? `not foretold: ${helm}` : `not given: ${foretold}`}`),
  ]
}

/** A wrong fate, for people. */
export function describeWrong({ object, path, change, cause, fate, actual, saw }: JudgedFinding): string {
  return `  WRONG ${nameOf(object)} ${path} (${change}, ${cause}): foretold ${fate.next} (${fate.conflict ?? fate.reason}), became ${actual}: ${saw.slice(0, 500)}`
}
