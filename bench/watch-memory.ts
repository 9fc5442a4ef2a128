import { readdirSync, readFileSync } from 'node:fs'
import type { Peak } from './model.ts'

/** How often the processes are looked at. VmHWM never falls, so only growth within the last interval can be missed. */
const INTERVAL_MS = 20

/**
 * Watches how much memory a process and all its descendants ever held, each by itself, from `/proc` (Linux).
 * @param pid the process at the top
 * @returns a function that ends the watch and gives the largest process of each program name
 */
export function watchMemory(pid: number): () => readonly Peak[] {
  const seen = new Map<number, Peak>()
  const timer = setInterval(() => look(pid, seen), INTERVAL_MS)
  return () => {
    clearInterval(timer)
    const largest = new Map<string, number>()
    for (const { name, bytes } of seen.values()) largest.set(name, Math.max(bytes, largest.get(name) ?? 0))
    return [...largest].map(([name, bytes]) => ({ name, bytes }))
  }
}

function look(pid: number, seen: Map<number, Peak>): void {
  try {
    const peak = readPeak(pid)
    // The latest look replaces the one before: until a new process runs its program it is a copy of its parent.
    if (peak !== null) seen.set(pid, peak)
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
      for (const child of children.split(' ').filter((text) => text !== '')) look(Number(child), seen)
    }
  } catch (error) {
    // It ended while it was looked at.
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error
  }
}

/** Null for a process that has ended and waits for its parent: it has no memory any more. */
function readPeak(pid: number): Peak | null {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kilobytes === undefined) return null
  // The name in `status` is that of the main thread, which a program may change, as Node does.
  const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? ''
  // Empty for a moment while a program takes the place of another.
  return program === '' ? null : { name: program.slice(program.lastIndexOf('/') + 1), bytes: Number(kilobytes) * 1024 }
}
