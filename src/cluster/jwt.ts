import type { Json } from '../model.ts'
import { toObject, toText } from '../shapes.ts'

/** What a token says of itself. Nothing here is verified; it only serves better messages. `expires` in milliseconds since 1970. */
export type TokenClaims = { readonly expires: number | null; readonly subject: string | null }

/** Reads the claims of a JSON Web Token (RFC 7519); null when the token is not one, since tokens may be opaque. */
export function decodeJwt(token: string): TokenClaims | null {
  const payload = token.split('.')[1]
  if (payload === undefined || token.split('.').length !== 3) return null
  try {
    const claims = toObject(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Json)
    return { expires: typeof claims.exp === 'number' ? claims.exp * 1000 : null, subject: toText(claims.sub) }
  } catch {
    return null
  }
}
