import { basename } from 'node:path'
import type { AuditEvent } from '../explain/acts/audit-event.ts'
import type { Note } from '../model.ts'
import { findAuditFiles, readText } from './audit-files.ts'
import { readEvent, type Wanted } from './read-event.ts'
import { splitEvents } from './split-events.ts'

export type AuditLogRequest = {
  /** A file or a folder, absolute. */
  readonly path: string
  /** Absolute: links inside of it must not lead out of it. */
  readonly workspace: string
  /** The namespaces of the targets. Changes of objects without a namespace are always kept. */
  readonly namespaces: readonly string[]
  /** RFC 3339: what is older is not kept; null: all. */
  readonly since: string | null
  /** RFC 3339: what claims to be later was dated by another clock. */
  readonly now: string
}
export type AuditLog = {
  /** In the order of their arrival; null where nothing could be read, so that nobody takes it for a log without changes. */
  readonly events: readonly AuditEvent[] | null
  readonly notes: readonly Note[]
  /** RFC 3339: the first and the last request in the log, of whatever kind; null where there is none. */
  readonly span: { readonly from: string; readonly to: string } | null
}

/** So many changes are kept, the newest: some 50 MB at most. */
const MOST_EVENTS = 50_000
/** Milliseconds by which clocks may differ before it is told. */
const CLOCKS_DIFFER = 120_000

/**
 * Reads an audit log and keeps the changes that can matter. What is wrong with it costs notes, never the run: the report
 * stands without it. Memory does not grow with the log.
 */
export async function readAuditLog(request: AuditLogRequest): Promise<AuditLog> {
  const found = await findAuditFiles(request.path, request.workspace).catch((error: unknown) => describeError(error))
  if (typeof found === 'string') return { events: null, notes: [noteUnreadable(basename(request.path), found)], span: null }
  const collector = startCollecting({ namespaces: new Set(request.namespaces), since: request.since })
  const notes: Note[] = found.refused.map((path) => noteUnreadable(basename(path), 'it is a link that leads out of the folder'))
  let readable = 0
  for (const file of found.files) {
    const failure = await readFile(file, collector).catch((error: unknown) => describeError(error))
    if (failure === null) readable += 1
    else notes.push(noteUnreadable(basename(file), failure))
  }
  if (found.files.length === 0 && notes.length === 0) notes.push(noteUnreadable(basename(request.path), 'the folder has no files'))
  const { events, span, seen, ...rest } = collector.finish()
  if (span !== null && Date.parse(span.to) > Date.parse(request.now) + CLOCKS_DIFFER) notes.push(noteFuture(span.to))
  notes.push(...rest.notes)
  if (readable > 0 && seen === 0) notes.push(noteEmpty(basename(request.path)))
  return { events: seen === 0 ? null : events, notes, span }
}

/** Null when all of it was read. */
async function readFile(file: string, collector: Collector): Promise<string | null> {
  for await (const { line, text } of splitEvents(readText(file))) collector.take(text, file, line)
  return null
}

type Collector = ReturnType<typeof startCollecting>

function startCollecting(wanted: Wanted) {
  // The same event may be in two files, where one was copied while it was written.
  const changes = new Map<string, AuditEvent>()
  let [seen, broken, dropped] = [0, 0, 0]
  let firstBroken = ''
  let [from, to] = ['', '']
  return {
    take(text: string | null, file: string, line: number): void {
      const read = text === null ? ({ is: 'broken' } as const) : readEvent(text, wanted)
      if (read.is === 'broken') {
        broken += 1
        if (firstBroken === '') firstBroken = `${basename(file)}:${line}`
        return
      }
      seen += read.time === null ? 0 : 1
      if (read.time !== null && (from === '' || read.time < from)) from = read.time
      if (read.time !== null && read.time > to) to = read.time
      if (read.is === 'other') return
      changes.set(read.id, read.event)
      if (changes.size < 2 * MOST_EVENTS) return
      const newest = [...changes].toSorted(([, a], [, b]) => b.received.localeCompare(a.received)).slice(0, MOST_EVENTS)
      dropped += changes.size - newest.length
      changes.clear()
      for (const [id, event] of newest) changes.set(id, event)
    },
    finish() {
      const events = [...changes.values()].toSorted((a, b) => a.received.localeCompare(b.received))
      const notes: Note[] = []
      if (broken > 0) notes.push(noteBroken(broken, firstBroken))
      if (dropped > 0) notes.push(noteDropped(events[0]?.received ?? ''))
      return { events, notes, seen, span: from === '' ? null : { from, to } }
    },
  }
}

function describeError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = ERRORS[code]
  return known ?? `it cannot be read (${code === '' ? 'unknown error' : code})`
}
const ERRORS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  Z_DATA_ERROR: 'its compressed data is broken',
  Z_BUF_ERROR: 'its compressed data ends too early',
}

function noteUnreadable(file: string, why: string): Note {
  return {
    kind: 'audit-log-unreadable',
    message: `\`audit-log\`: ${file} was not read: ${why}. Who made a change is told only as far as the rest of the log tells.`,
  }
}

function noteEmpty(file: string): Note {
  const message = `\`audit-log\`: ${file} has no events of audit.k8s.io/v1, so it tells nobody’s name. Give what the API server writes with --audit-log-path, or its webhook sends.`
  return { kind: 'audit-log-empty', message }
}

function noteBroken(count: number, first: string): Note {
  const [subject, verb] = count === 1 ? ['1 entry', 'is'] : [`${count} entries`, 'are']
  return {
    kind: 'audit-log-broken',
    message: `\`audit-log\`: ${subject} ${verb} no event that can be read, the first at ${first}. A change told in one of them has no name.`,
  }
}

function noteDropped(since: string): Note {
  return {
    kind: 'audit-log-cut',
    message: `\`audit-log\`: it has more changes than are kept in memory; those before ${since} were left out.`,
  }
}

function noteFuture(to: string): Note {
  const message = `\`audit-log\`: it goes on until ${to}, which is still to come: its clock is not this machine’s, so names that are told by the time of a change are less certain.`
  return { kind: 'audit-log-clock', message }
}
