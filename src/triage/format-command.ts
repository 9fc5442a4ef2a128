import type { Command, Mistyped, Which } from './model.ts'
import { formatEnd } from './parse-end.ts'

/** A command as it is best written, on one line. A reason in it is hostile. */
export function formatCommand(command: Exclude<Command, Mistyped>): string {
  if (command.type === 'help' || command.type === 'recheck') return `/drift ${command.type}`
  if (command.type === 'unaccept') return `/drift unaccept${formatWhich(command.which)}`
  return `/drift accept${formatWhich(command.which)} ${formatEnd(command.end)} because ${command.because}`
}

function formatWhich(which: Which): string {
  return which === 'only' ? '' : ` ${which === 'all' ? 'all' : which.join(' ')}`
}
