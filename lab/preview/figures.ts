import { nameOf } from '../refs.ts'
import type { PreviewResult, Wrong } from './model.ts'

/** What several pull requests came to: every prospect judged, and how often it was right. */
export function addUpPreviews(results: readonly PreviewResult[]): { readonly [figure: string]: number } {
  const judged = results.flatMap((result) => result.judged)
  const sum = (pick: (result: PreviewResult) => number) => results.reduce((total, result) => total + pick(result), 0)
  const prospects = Object.fromEntries(
    [...Map.groupBy(judged, ({ change }) => change.prospect)].map(([prospect, own]) => [prospect, own.length]),
  )
  return {
    deploys: results.filter(({ failure }) => failure === null).length,
    byHand: sum(({ edits }) => edits.hand),
    inGit: sum(({ edits }) => edits.git),
    judged: judged.length,
    right: judged.filter(({ wrong }) => wrong === null).length,
    contested: judged.filter(({ change }) => change.contested).length,
    ...prospects,
    unjudged: sum(({ unjudged }) => unjudged),
    untold: sum(({ untold }) => untold.length),
  }
}

/** One line for a pull request, and one for each thing that was told wrongly or not at all. */
export function describePreview(result: PreviewResult): readonly string[] {
  const { chart, helms, failure, edits, judged, unjudged, untold, seconds } = result
  const head = `${chart} helm ${helms.join(', ')} (${seconds.toFixed(0)} s):`
  if (failure !== null) return [`${head} FAILED ${failure.slice(0, 600)}`]
  const wrong = listWrong(result)
  return [
    `${head} ${edits.hand} edits by hand, ${edits.git} in Git, ${judged.length - wrong.length}/${judged.length} changes right, ${unjudged} not judged, ${untold.length} not told`,
    ...wrong.map((one) => describeWrong(one)),
    ...untold.map((one) => describeWrong(one, 'UNTOLD')),
  ]
}

/** What was told wrongly. */
export function listWrong({ judged }: PreviewResult): readonly Wrong[] {
  return judged.flatMap(({ wrong }) => wrong ?? [])
}

/** A mistake, for people. */
export function describeWrong({ object, path, said, saw }: Wrong, what = 'WRONG'): string {
  return `  ${what} ${nameOf(object)} ${path}: said ${said}; saw ${saw.slice(0, 600)}`
}
