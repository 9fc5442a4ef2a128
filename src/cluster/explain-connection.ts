import { UserError } from '../errors.ts'
import { decodeJwt } from './jwt.ts'

/** TLS failures: trying again cannot help, and skipping the check is never the remedy. */
export function isCertificateProblem(code: string): boolean {
  return /^(CERT_|ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO$|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/.test(code)
}

/** The server could not be reached: names host and cause, with the remedy that fits the cause. */
export function explainUnreachable(server: URL, failure: { readonly code: string; readonly message: string }): UserError {
  const { host, hostname } = server
  const certificate = isCertificateProblem(failure.code)
  const message = certificate
    ? `The secure connection to the API server ${host} failed: ${failure.message} (${failure.code}).`
    : `The API server ${host} cannot be reached: ${failure.message} (${failure.code}).`
  return new UserError({ message, where: 'kubeconfig', remedy: chooseRemedy(failure.code, hostname) })
}

function chooseRemedy(code: string, hostname: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `Check the host name ${hostname} in the kubeconfig's \`server\`, and that this machine can resolve it.`
  if (code === 'ECONNREFUSED') return "Check the port in the kubeconfig's `server`, and that the cluster is up."
  if (code === 'CERT_HAS_EXPIRED') return "Renew the API server's certificate, and check this machine's clock."
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Use a host name that the certificate covers, or set `tls-server-name` in the kubeconfig to one of them.'
  if (code === 'EPROTO') return "Check that the port in the kubeconfig's `server` speaks https."
  if (/^ERR_(OSSL|SSL|TLS)/.test(code))
    return 'Check `certificate-authority-data`, `client-certificate-data` and `client-key-data` in the kubeconfig: each is PEM in base64.'
  if (isCertificateProblem(code))
    return "Put the certificate of the authority that signed the server's into `certificate-authority-data` of the kubeconfig."
  if (code === 'REDIRECT')
    return "Set the kubeconfig's `server` to the API server itself; a credential is never sent on to another address."
  return 'Check that this machine may reach the API server: a private one needs a self-hosted runner, a VPN, or an entry in its list of allowed addresses.'
}

/**
 * The server refuses the credential (401). When the token tells its own end, so does the message.
 * @param token the bearer token, or null when there is none or it is not known
 */
export function explainRefusal(server: URL, token: string | null, now = Date.now()): UserError {
  const expires = token === null ? null : (decodeJwt(token)?.expires ?? null)
  const expired = expires !== null && expires < now
  const when = expired ? ` The token expired on ${new Date(expires).toISOString().replace(/\.\d+Z$/, 'Z')}.` : ''
  return new UserError({
    message: `The API server ${server.host} refuses the credential (401 Unauthorized).${when}`,
    where: 'kubeconfig',
    remedy: expired
      ? 'Make a new token (`kubectl create token`) and store it.'
      : 'Check that it belongs to this cluster and was not revoked; make a new one if so.',
  })
}
