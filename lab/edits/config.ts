import { at, isMap, look } from '../places.ts'
import { declaredTexts, type EditKind, edit, writeOne } from './kind.ts'

const DATA = at('data')

/** Edits of configuration. */
export const configEdits: readonly EditKind[] = [
  edit('config-key-add', ['ConfigMap'], () => writeOne(at(DATA, 'lab-extra.conf'), 'verbose = true\n')),
  edit('config-key-change', ['ConfigMap'], (target, random) => {
    const key = random.pick(declaredTexts(target, DATA))
    return key === undefined ? null : writeOne(at(DATA, key), `${String(look(target.live, at(DATA, key)))}\n# changed by hand\n`)
  }),
  edit('config-key-remove', ['ConfigMap'], (target, random) => {
    const key = random.pick(declaredTexts(target, DATA))
    return key === undefined ? null : writeOne(at(DATA, key), undefined)
  }),
  edit('config-immutable', ['ConfigMap', 'Secret'], ({ live }) => (live.immutable === true ? null : writeOne(at('immutable'), true))),
  edit(
    'secret-key-change',
    ['Secret'],
    ({ live, declared }, random) => {
      const data = isMap(live.data) ? live.data : {}
      const isDeclared = (key: string) => [declared.data, declared.stringData].some((map) => isMap(map) && map[key] !== undefined)
      const key = random.pick(Object.keys(data).filter(isDeclared))
      return key === undefined || live.type === 'kubernetes.io/tls' ? null : writeOne(at(DATA, key), encode('changed-by-hand'))
    },
    2,
  ),
  edit('secret-key-add', ['Secret'], () => writeOne(at(DATA, 'lab-extra'), encode('added-by-hand')), 2),
  edit(
    'secret-key-remove',
    ['Secret'],
    ({ live, declared }, random) => {
      const data = isMap(live.data) ? live.data : {}
      const key = random.pick(Object.keys(data).filter((name) => isMap(declared.data) && declared.data[name] !== undefined))
      return key === undefined ? null : writeOne(at(DATA, key), undefined)
    },
    2,
  ),
  edit('automount', ['ServiceAccount'], ({ live }) =>
    writeOne(at('automountServiceAccountToken'), live.automountServiceAccountToken === false),
  ),
  edit('account-pull-secret', ['ServiceAccount'], () =>
    // An atomic list, for all that its strategic merge key is the name.
    writeOne(at('imagePullSecrets', { name: 'lab-registry' }), { name: 'lab-registry' }, { orAt: [at('imagePullSecrets')] }),
  ),
]

function encode(text: string): string {
  return Buffer.from(text).toString('base64')
}
