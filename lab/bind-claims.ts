import type { ObjectRef } from '../src/model.ts'
import type { Kube } from './kube.ts'
import { at, look } from './places.ts'

const CLASS = 'lab-standard'
const NO_PROVISIONER = 'kubernetes.io/no-provisioner'

/** Gives the cluster a default storage class whose claims may grow, as most clusters have one. */
export async function addStorageClass(kube: Kube): Promise<void> {
  const metadata = { name: CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }
  const body = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata,
    provisioner: NO_PROVISIONER,
    allowVolumeExpansion: true,
  }
  await kube.call('POST', '/apis/storage.k8s.io/v1/storageclasses?fieldManager=lab', body)
}

/** Plays the provisioner: a volume for each claim of the release that waits for one. */
export async function bindClaims(refs: readonly ObjectRef[], kube: Kube): Promise<void> {
  const claims = refs.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  await Promise.all(
    claims.map(async ({ name, namespace, ...rest }) => {
      const live = (await kube.get({ ...rest, name, namespace })) ?? undefined
      const storage = look(live, at('spec', 'resources', 'requests', 'storage'))
      // With it the binder acts at once, and not when it next looks at everything.
      const uid = look(live, at('metadata', 'uid')) ?? ''
      const storageClassName = String(look(live, at('spec', 'storageClassName')) ?? '')
      const { body } = await kube.call('GET', `/apis/storage.k8s.io/v1/storageclasses/${storageClassName}`)
      if (storage === undefined || look(body, at('provisioner')) !== NO_PROVISIONER) return
      const spec = {
        ...{ capacity: { storage }, accessModes: look(live, at('spec', 'accessModes')) ?? [], storageClassName },
        ...{
          hostPath: { path: '/lab' },
          persistentVolumeReclaimPolicy: 'Delete',
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
        },
      }
      await kube.call('POST', '/api/v1/persistentvolumes?fieldManager=lab', {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `${namespace}-${name}` },
        spec,
      })
    }),
  )
}
