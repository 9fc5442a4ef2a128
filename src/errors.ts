import type { Fault } from './model.ts'

/**
 * Something a person can mend: bad input, an unreachable server, a chart that does not render.
 * Carries one or more faults, since all faults of an input are told at once.
 */
export class UserError extends Error {
  readonly faults: readonly Fault[]

  /**
   * @param faults what happened, where, and what to do; at least one
   */
  constructor(...faults: readonly [Fault, ...Fault[]]) {
    super(faults.map((fault) => formatFault(fault)).join('\n'))
    this.name = 'UserError'
    this.faults = faults
  }
}

/** One fault as one line: `where: what happened. What to do.` */
export function formatFault(fault: Fault): string {
  const where = fault.where === null ? '' : `${fault.where}: `
  return `${where}${fault.message} ${fault.remedy}`.trim()
}
