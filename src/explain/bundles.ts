import type { Json } from '../model.ts'

/** Where Kubernetes keeps the certificates by which it trusts a webhook or an extension API server. */
const BUNDLE = /(?:^|\.)(?:clientConfig\.caBundle|spec\.caBundle)$/

/**
 * Whether a certificate bundle was filled in that the chart leaves to an injector (reference row 53): absent, empty, a
 * line feed or another stand-in that holds no certificate. A bundle that the chart gives is compared like anything else.
 *
 * @param pattern the path without list keys
 */
export function isFilledBundle(pattern: string, desired: Json | undefined, live: Json | undefined): boolean {
  return BUNDLE.test(pattern) && holdsCertificate(live) && !holdsCertificate(desired)
}

function holdsCertificate(value: Json | undefined): boolean {
  return typeof value === 'string' && Buffer.from(value, 'base64').toString('latin1').includes('BEGIN CERTIFICATE')
}
