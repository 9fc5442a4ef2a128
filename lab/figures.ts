// What many charts come to, in figures.

import type { ChartResult, Reported } from './model.ts'

/** The figures of one Helm version, over all charts. */
export type Figures = {
  readonly helm: 3 | 4
  readonly charts: number
  readonly failed: number
  readonly silentCharts: number
  readonly silenceAlarms: number
  readonly undeployed: number
  readonly applied: number
  readonly found: number
  readonly notApplied: number
  readonly falseAlarms: number
  readonly precision: number
  readonly recall: number
}

/** Adds up what happened with one Helm version. */
export function addUp(results: readonly ChartResult[], helm: 3 | 4): Figures {
  const ours = results.filter((result) => result.helm === helm)
  const tried = ours.filter(({ failure }) => failure === null)
  const count = (pick: (result: ChartResult) => number) => tried.reduce((sum, result) => sum + pick(result), 0)
  const applied = count(({ edits }) => edits.filter(({ notApplied }) => notApplied === null).length)
  const found = count(({ score }) => score?.found.length ?? 0)
  const falseAlarms = count(({ score }) => score?.falseAlarms.length ?? 0)
  return {
    ...{ helm, charts: tried.length, failed: ours.length - tried.length, applied, found, falseAlarms },
    silentCharts: tried.filter((result) => result.silence?.error === null && listNoise(result).length === 0).length,
    silenceAlarms: count(({ silence }) => silence?.findings.filter(({ drift }) => drift).length ?? 0),
    undeployed: count(({ silence }) => silence?.findings.filter(({ cause }) => cause === 'undeployed').length ?? 0),
    notApplied: count(({ edits }) => edits.filter(({ notApplied }) => notApplied !== null).length),
    precision: ratio(found, found + falseAlarms),
    recall: ratio(found, applied),
  }
}

/** What an untouched release must not be told: drift, what looks undeployed, and an error. */
export function listNoise({ silence }: ChartResult): readonly Reported[] {
  return (silence?.findings ?? []).filter(({ drift, cause }) => drift || cause === 'undeployed')
}

/** Whether anything was told falsely, or missed. */
export function hasFailed(results: readonly ChartResult[]): boolean {
  return results.some((result) => {
    const { score, silence, after } = result
    return (
      listNoise(result).length > 0 ||
      [silence, after].some((check) => check?.error) ||
      (score !== null && score.missed.length + score.falseAlarms.length > 0)
    )
  })
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}
