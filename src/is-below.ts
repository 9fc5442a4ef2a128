/**
 * Whether a path of a repository is another one or lies below it.
 *
 * @param path with slashes, from the repository's root, as `folder` is
 * @param folder a file or a folder; empty for the whole repository
 */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}
