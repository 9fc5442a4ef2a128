import { expect, it } from 'vitest'
import { dropPassing } from '../../src/report/steady-text.ts'

it.each([
  [
    'own ports',
    'read tcp 127.0.0.1:52622->10.0.0.1:443: reset',
    'read tcp 127.0.0.1:40001->10.0.0.1:443: reset',
    'read tcp 127.0.0.1:…->10.0.0.1:443: reset',
  ],
  [
    'own ports of IPv6',
    'read tcp [fe80::1%eth0]:52622->[::1]:443: EOF',
    'read tcp [fe80::1%eth0]:1->[::1]:443: EOF',
    'read tcp [fe80::1%eth0]:…->[::1]:443: EOF',
  ],
  [
    'times of day',
    'x509: current time 2026-11-02T08:00:00Z is after 2026-11-01T00:00:00Z',
    'x509: current time 2026-11-02T09:00:00+01:00 is after 2026-11-01T00:00:00Z',
    'x509: current time … is after 2026-11-01T00:00:00Z',
  ],
  ['temporary paths', 'open /tmp/helm-12345/charts/a.tgz: gone', 'open /tmp/helm-6/charts/a.tgz: gone', 'open /tmp/…/charts/a.tgz: gone'],
  ['process ids', 'pid 123 died', 'pid 4 died', 'pid … died'],
  ['measured times', 'no answer in 10013 ms', 'no answer in 9999.5ms', 'no answer in …'],
  ['measured seconds', 'gave up after 1m2.5s', 'gave up after 3.75s', 'gave up after …'],
])('leaves out %s', (_, one, other, rest) => {
  expect([dropPassing(one), dropPassing(other)]).toEqual([rest, rest])
})

it.each([
  'dial tcp 10.0.0.1:6443: connect: connection refused',
  'https://registry.example:5000/charts: 404',
  'exceeded the limit of 30s',
  'Chart.yaml:12: version 1.2.3 is not 1.2.4',
])('keeps %s', (text) => {
  expect(dropPassing(text)).toBe(text)
})
