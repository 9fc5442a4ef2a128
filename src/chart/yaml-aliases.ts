import { type Alias, isAlias, isNode, isScalar, Scalar as ScalarNode, visit } from 'yaml'

/**
 * True when so many of the nodes converted so far come from aliases that the document is an attack ("billion laughs").
 * The bounds are go-yaml's own: 99 % of a small document may come from aliases, 10 % of a very large one.
 * https://github.com/yaml/go-yaml/blob/v2.4.2/decode.go (`allowedAliasRatio`)
 */
export function isAliasBomb(decoded: number, aliased: number): boolean {
  return aliased > 100 && decoded > 1000 && aliased / decoded > allowAliasRatio(decoded)
}

function allowAliasRatio(decoded: number): number {
  const [low, high] = [400_000, 4_000_000]
  if (decoded <= low) return 0.99
  if (decoded >= high) return 0.1
  return 0.99 - (0.89 * (decoded - low)) / (high - low)
}

/**
 * Finds what each alias of a document stands for: the nearest anchor of that name before it, also where an anchor is
 * defined again later. Aliases without an anchor are left out.
 */
export function bindAliases(root: unknown): ReadonlyMap<Alias, unknown> {
  const anchors = new Map<string, unknown>()
  const targets = new Map<Alias, unknown>()
  if (!isNode(root)) return targets
  visit(root, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        if (anchors.has(node.source)) targets.set(node, anchors.get(node.source))
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node)
      }
    },
  })
  return targets
}

/** True for an unquoted `<<` key, or one tagged as merge. */
export function isMergeKey(node: unknown): boolean {
  if (!isScalar(node) || node.value !== '<<') return false
  return node.tag === 'tag:yaml.org,2002:merge' || (node.tag === undefined && node.type === ScalarNode.PLAIN)
}
