/**
 * What looks like a secret, by name and by shape. Fails closed: a doubtful value is hidden. High entropy alone is no sign,
 * since digests, checksums and generated names have it too; the `redact` setting names what these rules cannot know.
 */

/** Stands for a secret inside a longer text. */
export const REDACTED_TEXT = '(redacted)'

/** Names that contain one of these hold a secret, however the words are joined: `PGPASSWORD`, `dbSecret`. */
const SECRET_WORD =
  /passw(or)?d|passphrase|secret|credential|apikey|privatekey|accesskey|authtoken|accesstoken|dockerconfigjson|dockercfg|htpasswd/
const SECRET_WORDS = new Set(['pwd', 'token', 'tokens', 'creds', 'dsn', 'authorization'])
/** Words that mean a secret only at the end of a name: `DB_PASS`, not `PASS_THROUGH`. */
const SECRET_LAST_WORDS = new Set(['pass', 'cookie', 'jwt', 'bearer', 'signature', 'sig', 'pat', 'otp', 'pin', 'salt'])
/** A last word that makes the name tell about a secret rather than hold it: `secretName`, `TOKEN_TTL`, `passwordFile`. */
const TELLS_ABOUT = new Set([
  ...['name', 'names', 'ref', 'refs', 'reference', 'file', 'files', 'filename', 'path', 'paths', 'dir', 'directory', 'mount', 'volume'],
  ...[
    'expiration',
    'expiry',
    'expires',
    'ttl',
    'lifetime',
    'timeout',
    'interval',
    'period',
    'age',
    'seconds',
    'second',
    'minutes',
    'minute',
  ],
  ...['hours', 'hour', 'days', 'day', 'ms', 'enabled', 'disabled', 'enable', 'disable', 'required', 'optional', 'type', 'kind', 'class'],
  ...[
    'policy',
    'mode',
    'provider',
    'format',
    'algorithm',
    'length',
    'size',
    'count',
    'limit',
    'max',
    'min',
    'rotation',
    'version',
    'issuer',
  ],
  ...['audience', 'audiences', 'url', 'uri', 'endpoint', 'host', 'hostname', 'port', 'server', 'namespace', 'project', 'region', 'scope'],
  ...['scopes', 'header', 'manager', 'store', 'backend', 'engine', 'prefix', 'suffix', 'template', 'field', 'label', 'annotation'],
])
/** `..._KEY` is a secret except after one of these, where it is a place in some order. */
const ORDINARY_KEY = new Set([
  ...['public', 'partition', 'primary', 'sort', 'cache', 'routing', 'foreign', 'topology', 'label', 'labels', 'annotation', 'group'],
  ...['hash', 'config', 'map', 'lookup', 'object', 'row', 'range', 'index', 'property', 'message', 'metadata', 'match', 'idempotency'],
])

const SHAPES: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/,
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,}/, // JSON Web Token, RFC 7519; the bound keeps hostile text from costing its square
  /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/, // AWS access key id
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/,
  /\bgl(?:pat|dt|rt|cbt|ptt|soat|ft|agent)-[\w-]{20,}/,
  /\bxox[a-z]-[\w-]{10,}|\bxapp-[\w-]{10,}|hooks\.slack\.com\/(?:services|workflows)\//,
  /\bdiscord(?:app)?\.com\/api\/webhooks\//,
  /\bAIza[\w-]{35}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}/, // Google
  /\b[srp]k_(?:live|test)_[0-9A-Za-z]{10,}|\bwhsec_[0-9A-Za-z]{10,}/, // Stripe
  /\bsk-[\w-]{20,}/, // OpenAI, Anthropic
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/, // SendGrid
  /\bnpm_[A-Za-z0-9]{30,}|\bpypi-[\w-]{30,}|\bdckr_pat_[\w-]{20,}|\bhv[sbr]\.[\w-]{20,}|\bdo[opr]_v1_[0-9a-f]{30,}/,
  /\bAGE-SECRET-KEY-1/,
  /\bBearer\s+[\w.~+/=-]{16,}/i,
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/(?!git@)[^\s/"'@]+@/i, // userinfo of a URL, RFC 3986 3.2.1
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/"'@:]+:(?!\d+\/)[^\s"']{0,1000}@/i, // the same with a slash or @ left raw in the password
  /^[^\s:/@"']+:[^\s@"']+@tcp\(/, // go-sql-driver DSN
]
/** `name=value`, `name: value`, `"name": "value"`, `--name value`, `<name>value<` anywhere in a line. */
const ASSIGNMENTS: readonly RegExp[] = [
  /(?<![\w.-])["']?([A-Za-z_][\w.-]*)["']?\s*(?::=|=>|=|:(?!\/\/))\s*["']?(?=([^\s"',;&}]+))/g,
  /(?<![\w-])--?([A-Za-z][\w-]+)\s+["']?(?=([^\s"'-][^\s"']*))/g,
  /<([A-Za-z_][\w.-]*)>([^<]+)</g,
]

/**
 * Whether a name (of an environment variable, a field, a flag) says that its value is a secret.
 *
 * @param isEnv a lone `KEY` is a secret as a variable, but a plain word as a field (`configMapKeyRef.key`)
 */
export function isSecretName(name: string, isEnv = false): boolean {
  const words = splitWords(name)
  const last = words.at(-1) ?? ''
  if (TELLS_ABOUT.has(last)) return false
  if (last === 'tokens' && words.some((word) => word === 'max' || word === 'min' || word === 'num')) return false
  if (words.some((word) => SECRET_WORDS.has(word) || SECRET_WORD.test(word)) || SECRET_WORD.test(words.join(''))) return true
  if (SECRET_LAST_WORDS.has(last)) return true
  if (last === 'string' && words.includes('connection')) return true
  if (last !== 'key' && last !== 'keys') return false
  return words.length === 1 ? isEnv : !ORDINARY_KEY.has(words.at(-2) ?? '')
}

/** Whether a value gives nothing away although its name sounds secret: a switch, or a reference to another variable. */
export function isHarmlessValue(value: string): boolean {
  return /^(true|false|yes|no|on|off|null|none|)$/i.test(value) || /^\$(\(\w+\)|\{\w+\}?|\w+)$/.test(value) || value === REDACTED_TEXT
}

/** Whether one line holds a secret by its shape (a known token, a key, a URL with a password) or as `secretName=value`. */
export function holdsSecret(line: string): boolean {
  if (SHAPES.some((shape) => shape.test(line))) return true
  return ASSIGNMENTS.some((form) =>
    [...line.matchAll(form)].some(([, name, value]) => isSecretName(name ?? '') && !isHarmlessValue(value ?? '')),
  )
}

/** `dbPassword`, `DB_PASSWORD`, `db-password`, `tls.key` -> lower-case words. */
function splitWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}
