import type { Json } from '../../model.ts'

export type Image = { readonly repository: string; readonly registry: string; readonly tag: string | null; readonly digest: string | null }

/**
 * Takes an image's name apart as container runtimes do: the first part is a registry if it has a dot or a colon, or is
 * `localhost`; without one it is Docker Hub's.
 *
 * @returns null for what is no text
 * @see https://github.com/distribution/reference
 */
export function parseImage(value: Json | undefined): Image | null {
  if (typeof value !== 'string' || value === '') return null
  const [name = '', digest = null] = value.split('@')
  const colon = name.lastIndexOf(':')
  const hasTag = colon > name.lastIndexOf('/')
  const path = hasTag ? name.slice(0, colon) : name
  const [first = '', ...rest] = path.split('/')
  const isRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first)
  const registry = isRegistry ? first : 'docker.io'
  const within = isRegistry ? rest.join('/') : path
  const repository = registry === 'docker.io' && !within.includes('/') ? `library/${within}` : within
  return { registry, repository, tag: hasTag ? name.slice(colon + 1) : null, digest }
}

/** What distinguishes two images, where the weightiest difference counts; null when a side is no image. */
export function compareImages(desired: Json | undefined, live: Json | undefined): 'registry' | 'repository' | 'version' | null {
  const [before, after] = [parseImage(desired), parseImage(live)]
  if (before === null || after === null) return null
  if (before.registry !== after.registry) return 'registry'
  return before.repository === after.repository ? 'version' : 'repository'
}

/** Whether what an image's name stands for may change without the name: no digest, and no tag or `latest`. */
export function isMoving(value: Json | undefined): boolean {
  const image = parseImage(value)
  return image !== null && image.digest === null && (image.tag === null || image.tag === 'latest')
}
