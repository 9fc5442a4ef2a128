import { isObject } from '../../compare/json.ts'
import { addsDebugFlag, opensDebugger, setsDebug } from './debug.ts'
import { compareImages, isMoving } from './images.ts'
import type { MeaningRule } from './subject.ts'

const ENV = /ontainers\[\]\.env(From)?\b/
const COMMAND = /ontainers\[\]\.(command|args)\b/
const IMAGE = /ontainers\[\]\.image$/

const DEBUG = {
  title: 'debug flag',
  severity: 'medium',
  area: 'configuration',
  reason: 'debug output may slow the application down and log what should not be logged',
} as const
const DEBUGGER = {
  title: 'remote debugger',
  severity: 'high',
  area: 'security',
  reason: 'whoever reaches a debugger’s port can run code inside the container',
} as const

/** What a workload runs and how much of it. */
export const WORKLOAD_RULES: readonly MeaningRule[] = [
  {
    pattern: 'restart',
    title: 'restart requested',
    path: /\.template\.metadata\.annotations\..*restartedAt$/,
    ...{ severity: 'info', area: 'availability', reason: 'it replaced the pods once and changes nothing in them' },
  },
  {
    pattern: 'scaled',
    title: 'scaled to zero',
    path: /^spec\.replicas$/,
    when: ({ live }) => live === 0,
    ...{ severity: 'high', area: 'availability', reason: 'no pod is left to do the work' },
  },
  {
    pattern: 'scaled',
    title: 'scaled outside the bounds of the autoscaler',
    path: /^spec\.replicas$/,
    when: ({ live, surroundings }) => {
      const bounds = surroundings.findBounds()
      return bounds !== null && typeof live === 'number' && (live < bounds.min || live > bounds.max)
    },
    ...{ severity: 'medium', area: 'capacity', reason: 'the autoscaler allows another number, and will bring it back into its bounds' },
  },
  {
    pattern: 'scaled',
    title: 'manual scaling',
    neutral: 'number of replicas changed',
    path: /^spec\.replicas$/,
    ...{ severity: 'medium', area: 'capacity', reason: 'it changes how much load the application can carry' },
  },
  { pattern: 'env-injected', ...DEBUGGER, path: /ontainers\[\]\.env(\[\])?$/, change: 'added', when: opensDebugger },
  { pattern: 'env-injected', ...DEBUG, path: /ontainers\[\]\.env(\[\])?$/, change: 'added', when: setsDebug },
  {
    pattern: 'env-injected',
    title: 'environment variable added',
    path: /ontainers\[\]\.env(\[\])?$/,
    change: 'added',
    ...{ severity: 'medium', area: 'configuration', reason: 'it may change what the application does, and Git does not know it' },
  },
  { pattern: 'env-changed', ...DEBUGGER, path: ENV, when: opensDebugger },
  { pattern: 'env-changed', ...DEBUG, path: ENV, when: setsDebug },
  {
    pattern: 'env-changed',
    title: 'environment variable removed',
    path: /ontainers\[\]\.env(\[\])?$/,
    change: 'removed',
    ...{ severity: 'medium', area: 'configuration', reason: 'the application falls back to a default, or fails when it starts' },
  },
  {
    pattern: 'env-changed',
    title: 'environment changed',
    path: ENV,
    ...{ severity: 'medium', area: 'configuration', reason: 'it may change what the application does' },
  },
  {
    pattern: 'image-changed',
    title: 'image from another registry',
    path: IMAGE,
    when: ({ desired, live }) => compareImages(desired, live) === 'registry',
    ...{ severity: 'high', area: 'security', reason: 'the code comes from a place that Git does not name' },
  },
  {
    pattern: 'image-changed',
    title: 'another image',
    path: IMAGE,
    when: ({ desired, live }) => compareImages(desired, live) === 'repository',
    ...{ severity: 'high', area: 'security', reason: 'other software runs than Git names' },
  },
  {
    pattern: 'image-changed',
    title: 'image with a moving tag',
    path: IMAGE,
    when: ({ desired, live }) => isMoving(live) && !isMoving(desired),
    ...{
      severity: 'high',
      area: 'availability',
      reason: 'which code runs depends on when a pod starts, and nobody can tell it afterwards',
    },
  },
  {
    pattern: 'image-changed',
    title: 'image hotfix',
    neutral: 'other version of the image',
    path: IMAGE,
    ...{ severity: 'high', area: 'availability', reason: 'another build of the application runs than Git names' },
  },
  {
    pattern: 'pull-policy-changed',
    title: 'pull policy changed',
    path: /ontainers\[\]\.imagePullPolicy$/,
    ...{ severity: 'low', area: 'availability', reason: 'it decides only whether a starting pod asks the registry again' },
  },
  {
    pattern: 'container-injected',
    title: 'init container added',
    path: /\.?initContainers(\[\])?$/,
    change: 'added',
    when: ({ live }) => !(isObject(live) && live.restartPolicy === 'Always'),
    ...{ severity: 'high', area: 'security', reason: 'code that nobody reviewed runs before the application, with the same access' },
  },
  {
    pattern: 'container-injected',
    title: 'sidecar added',
    path: /ontainers(\[\])?$/,
    change: 'added',
    ...{ severity: 'high', area: 'security', reason: 'code that nobody reviewed runs beside the application, with the same access' },
  },
  {
    pattern: 'container-removed',
    title: 'container removed',
    path: /ontainers(\[\])?$/,
    change: 'removed',
    ...{ severity: 'high', area: 'availability', reason: 'a part of the application does not run any more' },
  },
  { pattern: 'command-changed', ...DEBUGGER, path: COMMAND, when: opensDebugger },
  { pattern: 'command-changed', ...DEBUG, path: COMMAND, when: addsDebugFlag },
  {
    pattern: 'command-changed',
    title: 'command changed',
    path: COMMAND,
    ...{ severity: 'high', area: 'availability', reason: 'the container runs something else, or runs it in another way' },
  },
]
