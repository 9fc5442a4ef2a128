import { type FieldTree, isLeaf, readKey } from '../../compare/managed-fields.ts'
import type { Path, PathStep, Scalar } from '../../model.ts'

/**
 * The paths that a fieldsV1 tree records, in the order in which the API server lists them: what stands at one level first,
 * then level by level what is below.
 */
export function listMembers(tree: FieldTree, at: Path = []): readonly Path[] {
  const children = Object.entries(tree).flatMap(([name, node]): { path: Path; node: FieldTree }[] => {
    const step = readStep(name)
    return step === null ? [] : [{ path: [...at, step], node }]
  })
  const members = children.filter(({ node }) => isLeaf(node) || '.' in node).map(({ path }) => path)
  return [...members, ...children.flatMap(({ path, node }) => listMembers(node, path))]
}

function readStep(name: string): PathStep | null {
  const rest = name.slice(2)
  if (name.startsWith('f:')) return { field: rest }
  if (name.startsWith('i:')) return { index: Number(rest) }
  if (name.startsWith('v:')) return { value: JSON.parse(rest) as Scalar }
  const key = name.startsWith('k:') ? readKey(rest) : null
  return key === null ? null : { key }
}
