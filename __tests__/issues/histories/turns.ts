/**
 * Lets several runs take turns, one step at a time: a step is a request's way to GitHub, an answer's way back, or the store.
 * Whose turn it is, is decided only when every run that still goes on waits, so that the same choices give the same history.
 */
export class Turns {
  readonly #waiting: { readonly run: number; readonly go: () => void }[] = []
  readonly #live = new Set<number>()
  readonly #choices: readonly number[]
  #turn = 0

  /** @param choices whose turn it is, modulo those who wait; from the start again when they end */
  constructor(runs: readonly number[], choices: readonly number[]) {
    for (const run of runs) this.#live.add(run)
    this.#choices = choices
  }

  /** Waits for a turn. */
  wait(run: number): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ run, go })
      this.#next()
    })
  }

  /** A run has ended, or is killed: the others do not wait for it any longer. */
  leave(run: number): void {
    this.#live.delete(run)
    for (let index = this.#waiting.length - 1; index >= 0; index--) if (this.#waiting[index]?.run === run) this.#waiting.splice(index, 1)
    this.#next()
  }

  #next(): void {
    const runs = [...this.#live].filter((run) => this.#waiting.some((one) => one.run === run))
    if (runs.length === 0 || runs.length < this.#live.size) return
    const run = runs[(this.#choices[this.#turn % this.#choices.length] ?? 0) % runs.length]
    this.#turn += 1
    const index = this.#waiting.findIndex((one) => one.run === run)
    const [chosen] = this.#waiting.splice(index, 1)
    chosen?.go()
    // A run may have asked two things at once: that the one is answered brings nobody to wait anew.
    const turn = this.#turn
    setImmediate(() => {
      if (this.#turn === turn) this.#next()
    })
  }
}
