import { getAt, setAt } from '../../compare/json.ts'
import { toPattern } from '../../compare/pattern.ts'
import type { DesiredObject, Finding, JsonObject, RevertChoice } from '../../model.ts'
import { quoteShell } from '../../quote.ts'
import { markAsHelms } from '../helm-marks.ts'
import { type Context, LONGEST } from './context.ts'
import { renderAlone } from './from-render.ts'
import { writeJson } from './json-text.ts'
import { flag, kubectl, nameObject, rawPath } from './kubectl.ts'
import { tellDeleting, tellMaking } from './object-costs.ts'

/** How an object that somebody deleted is made again: that one alone, as the release would have made it. */
export function makeAgain({ object: ref }: Finding, context: Context): RevertChoice {
  const desired = context.desiredOf(ref)
  const name = `${ref.kind} ${ref.name}`
  if (desired === undefined) return { summary: `Make ${name} again, by deploying the release.` }
  const costs = tellMaking(ref, desired.object)
  const source = writeInline(desired, context) ?? writePiped(desired, context)
  if (source === null) return { summary: `Make ${name} again by deploying the release: what is in it cannot stand in a command.`, costs }
  const { words, guard } = chooseMaker(context.input.delivery)
  const recorded = context.input.delivery.startsWith('helm-') ? ', recorded as made by helm' : ''
  const later = source.includes(LATER) ? ' Annotations that change with each render get their value from the next deploy.' : ''
  const summary = `Make ${name} again as Git has it${recorded}.${later}`
  return {
    summary,
    command: `${source} | ${kubectl(context.place, ref.namespace, ...words, '--filename=-')}`,
    guard,
    restartsPods: false,
    costs,
  }
}

/**
 * By the request that the deployer itself sends, under its name: so a later deploy finds the object as if it had never been
 * gone. Of the other deployers it is not known here how they write.
 */
function chooseMaker(delivery: string): { readonly words: readonly string[]; readonly guard: string } {
  if (delivery === 'helm-server-side') {
    return {
      words: ['apply', '--server-side', '--field-manager=helm'],
      guard: 'It refuses if somebody has made it again with other values.',
    }
  }
  const manager = delivery === 'helm-client-side' ? ['--field-manager=helm'] : []
  return { words: ['create', ...manager], guard: 'It refuses if somebody has made it again.' }
}

/** Stands for what changes with each render, such as the checksum of a random password: a command must not change with it. */
const LATER = 'set-by-the-next-deploy'

/**
 * The object in the command itself. Not where a part of it is secret, or is not settled by Git alone, except for
 * annotations: an object works without the right ones.
 */
function writeInline({ ref, object: rendered, unstable, fromCrds }: DesiredObject, { input }: Context): string | null {
  if (unstable.some(({ path }) => !/(^|\.)metadata\.annotations\./.test(toPattern(path)))) return null
  const fill = (value: string | undefined) =>
    unstable.reduce<JsonObject>((rest, { path }) => setAt(rest, path, value) as JsonObject, rendered)
  const object = fill(LATER)
  // What stands in for a value is no secret, though its annotation may be called one.
  if (input.isSecret({ object: ref, path: [], desired: fill(undefined), live: undefined })) return null
  const marked = input.delivery.startsWith('helm-') && !fromCrds ? markAsHelms(object, input.target) : object
  const text = `printf '%s\\n' ${quoteShell(writeJson(marked))}`
  return text.length > LONGEST ? null : text
}

function writePiped(desired: DesiredObject, { input }: Context): string | null {
  const render = renderAlone(input, desired)
  if (render === null || !input.delivery.startsWith('helm-')) return render
  const { release, namespace } = input.target
  const annotations = [`meta.helm.sh/release-name=${release}`, `meta.helm.sh/release-namespace=${namespace}`].map(quoteShell).join(' ')
  const local = '--local --filename=- --output=yaml'
  return `${render} | kubectl label ${local} app.kubernetes.io/managed-by=Helm | kubectl annotate ${local} ${annotations}`
}

/** How an object that Git does not have is taken away. kubectl's own `delete` has no guard; the API has one. */
export function takeAway({ object: ref }: Finding, { place, liveOf }: Context): RevertChoice {
  const live = liveOf(ref)
  const costs = tellDeleting(ref)
  const summary = `Delete ${ref.kind} ${ref.name}, which Git does not have.`
  const [uid, path] = [textAt(live, 'uid'), rawPath(ref, place.info)]
  if (uid === null || path === null) {
    return {
      summary,
      command: kubectl(place, ref.namespace, 'delete', nameObject(ref, place.info), '--wait=false'),
      restartsPods: false,
      costs,
    }
  }
  // A status changes the version all the time, and says nothing about a person.
  const version = live?.status === undefined ? textAt(live, 'resourceVersion') : null
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Background',
    preconditions: { uid, ...(version === null ? {} : { resourceVersion: version }) },
  }
  const remove = kubectl(place, null, 'delete', flag('raw', path), '--filename=-')
  return {
    summary,
    command: `printf '%s\\n' ${quoteShell(writeJson(options))} | ${remove}`,
    guard: `It refuses if it is another object of that name by now${version === null ? '' : ', or if anything in it has changed since'}.`,
    restartsPods: false,
    costs,
  }
}

function textAt(live: JsonObject | undefined, field: string): string | null {
  const value = getAt(live, [{ field: 'metadata' }, { field }])
  return typeof value === 'string' && value !== '' ? value : null
}
