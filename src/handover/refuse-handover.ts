import { UserError } from '../errors.ts'
import { HANDOVER_FILE, MOST_BYTES } from './model.ts'

const REMEDY = 'Let Plumbline write it, and upload it as it is.'

/**
 * What cannot be believed, as a fault.
 *
 * @param message a sentence; hostile texts in it by `show`
 * @param remedy what the person who set up the two workflows can do
 */
export function refuseHandover(message: string, remedy: string = REMEDY): UserError {
  return new UserError({ message, where: HANDOVER_FILE, remedy })
}

/** A hostile text for a sentence: quoted, without control characters, and short. */
export function show(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text)
}

/** `31 MB`, for a size that is over the bound; a tenth more says that it is. */
export function showSize(bytes: number): string {
  const megabytes = bytes / 2 ** 20
  return bytes > MOST_BYTES && megabytes < MOST_BYTES / 2 ** 20 + 1 ? `${megabytes.toFixed(2)} MB` : `${Math.round(megabytes)} MB`
}

/** The bound in words. */
export const MOST = `${MOST_BYTES / 2 ** 20} MB`
