// Ends the control plane when whoever started it is gone, even by kill -9: the watchdog waits at the end of a pipe that the system
// closes then.

import { spawn } from 'node:child_process'

// A shell is on every machine, needs no memory to speak of and starts at once. "done" comes after everything was ended properly, so a
// process number that went to someone else since is not hit.
const script = `
trap "" HUP INT TERM
pids=
while read -r line; do
  [ "$line" = done ] && exit 0
  pids="$pids $line"
done
kill -9 $pids 2>/dev/null
[ -n "$1" ] && rm -rf "$1"
`

/** Watches over processes until it is dismissed. */
export interface Watchdog {
  /** Has the process ended when this one is gone. */
  guard(pid: number): void
  /** Ends the watch; to be called when all the processes are gone. */
  dismiss(): void
}

/**
 * Starts a watchdog.
 * @param temporaryFolder a folder to remove after the processes were ended, if any
 */
export function startWatchdog(temporaryFolder = ''): Watchdog {
  // Detached, so that neither Ctrl-C nor a closed terminal ends it before its time.
  const child = spawn('/bin/sh', ['-c', script, 'plumbline-watchdog', temporaryFolder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  // It may have been killed; then nobody watches, which is no reason for a test run to fail.
  child.stdin.on('error', () => {})
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref()
  return {
    guard: (pid) => void child.stdin.write(`${pid}\n`),
    dismiss: () => void child.stdin.end('done\n'),
  }
}
