/**
 * Gives a function that runs tasks, at most `max` at a time, first come first served.
 * @param max how many may run at once, at least 1
 */
export function limitConcurrency(max: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (task) => {
    if (running >= max) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // The place is handed on rather than freed, so that no newcomer slips in between.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
