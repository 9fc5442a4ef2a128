import type { Given } from './options.ts'

/** The least that works, as a person would write it where they wrote the rest. */
export function showSmallest(given: Given): string {
  if (given.source === 'command-line') {
    return 'The least that works: plumbline check --chart deploy/chart --release shop --namespace production'
  }
  return [
    'The least that works:',
    '  with:',
    '    kubeconfig: ${' + '{ secrets.KUBECONFIG }}',
    '    chart: deploy/chart',
    '    release: shop',
    '    namespace: production',
  ].join('\n')
}
