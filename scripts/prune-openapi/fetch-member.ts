import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The text of one file of a package on npm, whose archive npm checks against the registry's checksum. */
export function fetchMember(name: string, member: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'description-'))
  try {
    const archive = execFileSync('npm', ['pack', name, '--silent', '--pack-destination', folder], { encoding: 'utf8' }).trim()
    return execFileSync('tar', ['-xzOf', join(folder, archive), member], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
