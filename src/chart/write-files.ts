import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { UserError } from '../errors.ts'

/** A file of a commit; the content of a symbolic link is where it leads. */
export type CommitFile = { readonly path: string; readonly isLink: boolean; readonly content: Buffer }

/** A chart is a few hundred files; beyond this it is something else that an old commit would fill the disk with. */
export const MAX_FILES = 20_000
export const MAX_BYTES = 64 * 1024 * 1024
export const TOO_MUCH = `holds more than ${MAX_FILES} files or 64 MB`

/**
 * Writes files of a commit into a folder. What is there already stays as it is.
 * @param refuse makes the error for what a commit must not hold
 * @returns where the links lead if the repository were all there is, relative to it
 * @throws what `refuse` makes, for a path that no file can have
 */
export async function writeFiles(
  files: readonly CommitFile[],
  folder: string,
  refuse: (message: string) => UserError,
): Promise<readonly string[]> {
  // Links come last, so that no file is ever written through one.
  for (const file of files.toSorted((a, b) => Number(a.isLink) - Number(b.isLink))) {
    await writeOne(file, folder, refuse).catch((error: NodeJS.ErrnoException) => {
      // A name that is too long, a file where a folder should be: trees are not checked for what a file system can hold.
      throw error instanceof UserError ? error : refuse(`holds a file that cannot be written (${error.code ?? error.name})`)
    })
  }
  return files.filter(({ isLink }) => isLink).map(resolveLink)
}

/** Where a link leads, relative to the repository, which it cannot leave this way. */
function resolveLink({ path, content }: CommitFile): string {
  return posix.resolve('/', posix.dirname(path), content.toString('utf8')).slice(1)
}

async function writeOne({ path, isLink, content }: CommitFile, folder: string, refuse: (message: string) => UserError): Promise<void> {
  if (!isPlainPath(path)) throw refuse('holds a path that no file can have')
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  if ((await realpath(dirname(file))) !== dirname(file)) throw refuse('holds a file behind a symbolic link')
  // Written before: a path of one round may be wanted again in the next.
  if (isLink) await symlink(content.toString('utf8'), file).catch(ignoreExisting)
  else await writeFile(file, content, { flag: 'wx' }).catch(ignoreExisting)
}

/** Trees are not checked when they are fetched; `.git` in any spelling is what a checkout never writes. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every(isPlainName)
}

function isPlainName(name: string): boolean {
  if (process.platform === 'win32' && /[\\:]/.test(name)) return false
  return name !== '' && name !== '.' && name !== '..' && !name.includes('\0') && name.toLowerCase() !== '.git'
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
