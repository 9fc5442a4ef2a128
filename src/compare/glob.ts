const compiled = new Map<string, RegExp>()

/**
 * Matches a name or a path against a glob of which only `*` (any text) and `?` (any one character) are special:
 * brackets, dots and slashes occur in paths and stand for themselves, which file-globbing libraries cannot express.
 */
export function matchesGlob(glob: string, text: string): boolean {
  let expression = compiled.get(glob)
  if (expression === undefined) {
    const source = glob
      .replace(/[\\^$+.()|{}[\]]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    expression = new RegExp(`^${source}$`, 's')
    compiled.set(glob, expression)
  }
  return expression.test(text)
}
