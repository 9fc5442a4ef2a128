/** How the issue about what cannot be checked names a workflow whose inputs are at fault. */
export function nameInputs(runsUrl: string | null): string {
  const file = /\/workflows\/([^/?]+)/.exec(runsUrl ?? '')?.[1]
  return `inputs of ${file ?? 'the workflow'}`
}
