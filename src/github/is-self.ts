/** GitHub's logins ignore case. */
export function isSelf(login: string | undefined | null, self: string): boolean {
  return login?.toLowerCase() === self.toLowerCase()
}
