import type { ApiResource } from '../model.ts'
import { groupOf } from '../refs.ts'

/** The URL path of a group and version: `/api/v1`, `/apis/apps/v1`. */
export function pathOfVersion(apiVersion: string): string {
  return groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`
}

/** The URL path of the OpenAPI document of a group and version. */
export function pathOfOpenApi(apiVersion: string): string {
  return `/openapi/v3${pathOfVersion(apiVersion)}`
}

/** The URL path of all objects of a kind, in one namespace or (null) in the whole cluster. */
export function pathOfCollection(resource: ApiResource, namespace: string | null): string {
  const scope = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  return `${pathOfVersion(resource.apiVersion)}${scope}/${resource.resource}`
}

/** The URL path of one object. */
export function pathOfObject(resource: ApiResource, namespace: string | null, name: string): string {
  return `${pathOfCollection(resource, namespace)}/${encodeURIComponent(name)}`
}

const SEGMENT = '[^/?#]+'
const NAMED = `${SEGMENT}(/${SEGMENT})?`
const READABLE = new RegExp(
  `^(/version|(/openapi/v3)?/api(/${SEGMENT})?|(/openapi/v3)?/apis(/${SEGMENT}/${SEGMENT})?|(/api/${SEGMENT}|/apis/${SEGMENT}/${SEGMENT})/(namespaces/${SEGMENT}/${NAMED}|${NAMED}))(\\?[^#]*)?$`,
)

/**
 * True for the paths this program may GET: version, discovery, schemas, collections and objects; never a subresource.
 * A GET is not always a read: `nodes/NAME/proxy` and `pods/NAME/exec` run commands over GET
 * (https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes).
 */
export function isReadablePath(path: string): boolean {
  return READABLE.test(path) && !/\/\.{1,2}(\/|\?|$)/.test(path) && !/[?&]watch=/.test(path)
}
