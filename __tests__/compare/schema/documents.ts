import type { JsonObject } from '../../../src/model.ts'

/** How controller-gen marks what was a `resource.Quantity` in Go. */
export const QUANTITY = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  'x-kubernetes-int-or-string': true,
}

/** A schema with everything that structural schemas can say. */
export const THING_SPEC = {
  type: 'object',
  default: {},
  properties: {
    replicas: { type: 'integer', default: 2 },
    strategy: { type: 'object', default: { steps: [{}] }, properties: { steps: { type: 'array', items: { type: 'object' } } } },
    update: {
      type: 'object',
      default: {},
      properties: { mode: { type: 'string', default: 'Auto' }, waves: { type: 'array', items: { type: 'object' } } },
    },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        required: ['port'],
        properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
      },
    },
    zones: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    args: { type: 'array', items: { type: 'string' } },
    selector: {
      type: 'object',
      'x-kubernetes-map-type': 'atomic',
      properties: { matchLabels: { type: 'object', additionalProperties: { type: 'string' } } },
    },
    storage: QUANTITY,
    limits: { type: 'object', additionalProperties: QUANTITY },
    maxUnavailable: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
    timeout: { type: 'string', format: 'duration' },
    caBundle: { type: 'string', format: 'byte' },
    values: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    loose: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { known: { type: 'boolean' } } },
    closed: { type: 'object' },
    template: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
  },
} satisfies JsonObject

/** What the API server answers at /openapi/v3/apis/example.com/v1, less its paths. */
export function makeDocument(spec: JsonObject, group = 'example.com'): JsonObject {
  const gvk = { group, version: 'v1', kind: 'Thing' }
  return {
    openapi: '3.0.0',
    components: {
      schemas: {
        'com.example.v1.Thing': {
          type: 'object',
          'x-kubernetes-group-version-kind': [gvk],
          properties: {
            apiVersion: { type: 'string' },
            kind: { type: 'string' },
            metadata: { allOf: [{ $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' }], default: {} },
            spec,
            status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          },
        },
        'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': { type: 'object', properties: { name: { type: 'string' } } },
        'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions': {
          type: 'object',
          'x-kubernetes-group-version-kind': [gvk, { ...gvk, kind: 'DeleteOptions' }],
        },
      },
    },
  }
}

/** The definition of the same kind, as somebody saved or renders it. */
export function makeDefinition(spec: JsonObject | null, group = 'example.com'): JsonObject {
  const schema = spec === null ? {} : { schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `things.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: [{ name: 'v1', served: true, storage: true, ...schema }],
    },
  }
}
