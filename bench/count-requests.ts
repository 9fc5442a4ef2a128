import { open, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readAuditEntries } from '../__tests__/cluster/audit.ts'
import type { ControlPlane } from '../__tests__/cluster/control-plane.ts'
import type { Requests } from './model.ts'

/**
 * Begins to count the requests of one user, by the API server's audit log.
 * @param folder for a temporary file
 * @returns a function that ends it and gives the requests by verb
 */
export async function countRequests(plane: ControlPlane, user: string, folder: string): Promise<() => Promise<Requests>> {
  const start = (await stat(plane.auditLog)).size
  return async () => {
    // An answer is written down right after it was given.
    await sleep(300)
    // Only what came since: the log of a whole run has hundreds of megabytes.
    const part = join(folder, 'audit-part.log')
    await writeFile(part, await readFrom(plane.auditLog, start))
    const entries = await readAuditEntries(part, user)
    await rm(part)
    const counts: { [verb: string]: number } = {}
    for (const { resource, verb } of entries) {
      const name = resource === '' ? 'discovery' : verb
      counts[name] = (counts[name] ?? 0) + 1
    }
    return counts
  }
}

async function readFrom(path: string, start: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer } = await file.read(Buffer.alloc(size - start), 0, size - start, start)
    return buffer
  } finally {
    await file.close()
  }
}
