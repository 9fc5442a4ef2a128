/** How long each stage took, in the order in which stages first began. Stages of several targets are added up. */
export type Timing = { readonly stage: string; readonly milliseconds: number }
export type Stopwatch = {
  readonly measure: <T>(stage: string, work: () => Promise<T>) => Promise<T>
  readonly timings: () => readonly Timing[]
}

/** Starts a stopwatch; it uses the monotonic clock, which a change of the wall clock does not move. */
export function startStopwatch(): Stopwatch {
  const sums = new Map<string, number>()
  return {
    async measure(stage, work) {
      const start = performance.now()
      try {
        return await work()
      } finally {
        sums.set(stage, (sums.get(stage) ?? 0) + performance.now() - start)
      }
    },
    timings: () => [...sums].map(([stage, milliseconds]) => ({ stage, milliseconds })),
  }
}
