/** Loaded before the entry (`node --import`): makes the process believe that it is the time in PLUMBLINE_TEST_NOW. */
const now = Date.parse(process.env.PLUMBLINE_TEST_NOW ?? '')
if (!Number.isNaN(now)) {
  const RealDate = Date
  const offset = now - RealDate.now()
  globalThis.Date = class extends RealDate {
    constructor(...args: readonly [] | readonly [value: number | string | Date]) {
      super(...((args.length === 0 ? [RealDate.now() + offset] : args) as [number]))
    }
    static override now(): number {
      return RealDate.now() + offset
    }
  } as DateConstructor
}
