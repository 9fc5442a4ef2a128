/** Digits that an id is shown with; more where two begin alike. Git shows its commits so. */
const FEWEST = 7

/** The shortest beginnings by which ids can be told apart, of at least 7 characters: what a person types to name a finding. */
export function shortenIds(ids: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set(ids)].toSorted()
  return new Map(
    sorted.map((id, index) => {
      const shared = Math.max(countShared(id, sorted[index - 1]), countShared(id, sorted[index + 1]))
      return [id, id.slice(0, Math.max(FEWEST, shared + 1))]
    }),
  )
}

/** How many characters two texts begin with alike. */
function countShared(id: string, other = ''): number {
  const end = [...id].findIndex((character, index) => character !== other[index])
  return end < 0 ? id.length : end
}
