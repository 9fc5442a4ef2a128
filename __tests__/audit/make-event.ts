/** Events of audit.k8s.io/v1 as the API server writes them, for tests. */

type Fields = { readonly [name: string]: unknown }

/** A successful `kubectl set env` on Deployment/web in `shop`, with whatever is given in its place. */
export function makeAuditEvent(more: Fields = {}): Fields {
  return {
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', stage: 'ResponseComplete', verb: 'patch' },
    auditID: crypto.randomUUID(),
    requestURI: '/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=kubectl-set',
    user: { username: 'jane@example.com', groups: ['system:authenticated'] },
    sourceIPs: ['10.0.0.7'],
    userAgent: 'kubectl/v1.34.5 (linux/amd64) kubernetes/abcdef0',
    objectRef: { resource: 'deployments', namespace: 'shop', name: 'web', apiGroup: 'apps', apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: 200 },
    ...{ requestReceivedTimestamp: '2026-11-23T14:50:36.120000Z', stageTimestamp: '2026-11-23T14:50:36.150000Z' },
    ...more,
  }
}
