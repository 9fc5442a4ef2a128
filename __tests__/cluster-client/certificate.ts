import { generateKeyPairSync, sign } from 'node:crypto'

/** Makes a key and a certificate signed by itself, as PEM; valid for a day. Node has no call for that, and openssl is not everywhere. */
export function makeCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // RFC 5280, the least of it: version 1 has no extensions.
  const algorithm = encode(SEQUENCE, encode(OBJECT_ID, ECDSA_WITH_SHA256))
  const name = encode(SEQUENCE, encode(SET, encode(SEQUENCE, encode(OBJECT_ID, COMMON_NAME), encode(UTF8, Buffer.from('test')))))
  const validity = encode(SEQUENCE, encodeTime(Date.now() - 3_600_000), encodeTime(Date.now() + 86_400_000))
  const signed = encode(
    SEQUENCE,
    encode(INTEGER, Buffer.of(1)),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = encode(BIT_STRING, Buffer.of(0), sign('sha256', signed, privateKey))
  const base64 = encode(SEQUENCE, signed, algorithm, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
  }
}

const [INTEGER, BIT_STRING, OBJECT_ID, UTF8, UTC_TIME, SEQUENCE, SET] = [0x02, 0x03, 0x06, 0x0c, 0x17, 0x30, 0x31] as const
/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = Buffer.from('2a8648ce3d040302', 'hex')
/** 2.5.4.3 */
const COMMON_NAME = Buffer.from('550403', 'hex')

/** One DER value: tag, length, content. */
function encode(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? Buffer.of(length) : length < 256 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.concat([Buffer.of(tag), size, content])
}

function encodeTime(time: number): Buffer {
  return encode(UTC_TIME, Buffer.from(`${new Date(time).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))
}
