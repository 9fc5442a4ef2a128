import { setsDebug } from './debug.ts'
import { findDirection } from './direction.ts'
import { AMOUNT } from './scales.ts'
import type { MeaningRule, Subject } from './subject.ts'

/** A label by itself, or the whole map of them. */
const isSelectedLabel = ({ path, live, desired, surroundings }: Subject) => {
  const last = path.at(-1)
  const name = last !== undefined && 'field' in last ? last.field : ''
  if (name !== 'labels') return surroundings.isSelected(name)
  const maps = [live, desired].filter((one) => one !== null && typeof one === 'object')
  return maps.some((map) => Object.keys(map as object).some((label) => surroundings.isSelected(label)))
}

/** Stored data, configuration, and what is said about objects. */
export const DATA_RULES: readonly MeaningRule[] = [
  {
    pattern: 'configuration-changed',
    title: 'secret changed',
    path: /^(data|stringData|type)\b/,
    kinds: ['Secret'],
    ...{
      severity: 'high',
      area: 'security',
      reason: 'it may be a credential or a certificate, and another one may let nobody in, or somebody else',
    },
  },
  {
    pattern: 'configuration-changed',
    title: 'debug flag',
    path: /^data\b/,
    kinds: ['ConfigMap'],
    when: setsDebug,
    ...{
      severity: 'medium',
      area: 'configuration',
      reason: 'debug output may slow the application down and log what should not be logged',
    },
  },
  {
    pattern: 'configuration-changed',
    title: 'config edited',
    neutral: 'configuration changed',
    path: /^(data|binaryData|stringData)\b/,
    ...{ severity: 'medium', area: 'configuration', reason: 'the application reads it: at once, or when its pods start anew' },
  },
  {
    pattern: 'storage-changed',
    title: 'volume claim grown',
    path: /^spec\.(volumeClaimTemplates\[\]\.spec\.)?resources\.requests\.storage$/,
    when: (subject) => findDirection(subject, AMOUNT) === 'up',
    ...{ severity: 'medium', area: 'data', reason: 'a claim cannot shrink again, so a deploy that asks for less is refused' },
  },
  {
    pattern: 'storage-changed',
    title: 'what becomes of the data changed',
    path: /^(reclaimPolicy$|spec\.(persistentVolumeReclaimPolicy$|persistentVolumeClaimRetentionPolicy\b))/,
    ...{ severity: 'high', area: 'data', reason: 'it decides whether the data is deleted together with its claim' },
  },
  {
    pattern: 'storage-changed',
    title: 'storage changed',
    path: /^spec\.volumeClaimTemplates\b/,
    ...{ severity: 'medium', area: 'data', reason: 'it decides where the data of new pods is kept' },
  },
  {
    pattern: 'storage-changed',
    title: 'storage changed',
    path: /^spec\b/,
    kinds: ['PersistentVolumeClaim', 'PersistentVolume'],
    ...{ severity: 'medium', area: 'data', reason: 'it decides where and how the data is kept' },
  },
  {
    pattern: 'storage-changed',
    title: 'storage class changed',
    kinds: ['StorageClass', 'VolumeSnapshotClass'],
    path: /^(?!metadata\b)/,
    ...{ severity: 'medium', area: 'data', reason: 'it decides where and how new claims keep their data' },
  },
  {
    pattern: 'definition-changed',
    title: 'definition of a kind changed',
    path: /^spec\b/,
    kinds: ['CustomResourceDefinition'],
    ...{ severity: 'high', area: 'data', reason: 'objects of this kind may lose fields, or be refused' },
  },
  {
    pattern: 'metadata-changed',
    title: 'finalizers changed',
    path: /(^|\.)metadata\.finalizers\b/,
    ...{ severity: 'medium', area: 'data', reason: 'when the object is deleted, it may stay for good, or go without its clean-up' },
  },
  {
    pattern: 'owner-changed',
    title: 'owner of the object changed',
    path: /^metadata\.ownerReferences\b/,
    ...{ severity: 'high', area: 'data', reason: 'an object is deleted together with its owner' },
  },
  {
    pattern: 'metadata-changed',
    title: 'label changed by which pods are selected',
    path: /(^|\.template\.)metadata\.labels\b/,
    when: (subject) => /\.template\./.test(subject.text) && isSelectedLabel(subject),
    ...{ severity: 'high', area: 'traffic', reason: 'a selector goes by this label, so pods may get no requests any more' },
  },
  {
    pattern: 'metadata-changed',
    title: 'annotation of a way in changed',
    path: /^metadata\.annotations\b/,
    kinds: ['Service', 'Ingress', 'Gateway', 'HTTPRoute'],
    ...{ severity: 'medium', area: 'traffic', reason: 'the controller that serves it may go by annotations' },
  },
  {
    pattern: 'metadata-changed',
    title: 'labels of the pods changed',
    path: /\.template\.metadata\.labels\b/,
    ...{ severity: 'low', area: 'configuration', reason: 'no known selector goes by it, but the pods were replaced for it' },
  },
  {
    pattern: 'metadata-changed',
    title: 'annotations of the pods changed',
    path: /\.template\.metadata\.annotations\b/,
    ...{ severity: 'low', area: 'configuration', reason: 'tools in the cluster may go by it, and the pods were replaced for it' },
  },
  {
    pattern: 'metadata-changed',
    title: 'label changed',
    path: /(^|\.)metadata\.labels\b/,
    ...{ severity: 'low', area: 'cosmetic', reason: 'labels tell about an object, and change nothing it does by themselves' },
  },
  {
    pattern: 'metadata-changed',
    title: 'annotation changed',
    path: /(^|\.)metadata\.annotations\b/,
    ...{ severity: 'low', area: 'cosmetic', reason: 'annotations tell about an object, and change nothing it does by themselves' },
  },
]
