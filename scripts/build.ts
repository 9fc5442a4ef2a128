/**
 * Bundles the Action (`dist/index.js`) and the command line (`dist/cli.js`) with ncc, reproducibly: the same source gives
 * the same bytes. Run by `npm run build`; CI rebuilds and compares. With a folder as argument, which must not exist yet, the
 * bundles go there and `dist/` stays as it is: the benchmark measures the current source so.
 */
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import ncc from '@vercel/ncc'

const root = join(import.meta.dirname, '..')
const elsewhere = process.argv[2]
const dist = elsewhere === undefined ? join(root, 'dist') : resolve(elsewhere)

process.on('uncaughtException', (error) => {
  // Node would show the line of ncc that threw, which is the whole of ncc.
  console.error(error.message)
  process.exit(1)
})

await markPure('@kubernetes/client-node', ['./dist/polyfill.js'])
for (const name of ['core', 'http-client', 'exec', 'io', 'tool-cache']) await markPure(`@actions/${name}`, false)
if (elsewhere === undefined) await rm(dist, { recursive: true, force: true })
// Without `recursive` it throws where something is already: only dist itself is ever emptied.
await mkdir(dist)
await bundle('src/main.ts', 'index.js')
await bundle('src/cli.ts', 'cli.js', '#!/usr/bin/env node\n')
await writeFile(join(dist, 'package.json'), '{ "type": "module" }\n')

/**
 * These packages do not say that importing them has no effect, so a bundler keeps all of them: 1,370 generated models of
 * the Kubernetes client (20 MB), and an HTTP client behind every use of the Action toolkit. What has an effect is named.
 */
async function markPure(name: string, sideEffects: readonly string[] | false): Promise<void> {
  const path = join(root, 'node_modules', name, 'package.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as object
  await writeFile(path, `${JSON.stringify({ ...manifest, sideEffects }, null, 2)}\n`)
}

async function bundle(entry: string, file: string, head = ''): Promise<void> {
  const { code, assets } = await ncc(join(root, entry), { cache: false, license: `${file}.licenses.txt`, sourceMap: false, quiet: true })
  const text = code.startsWith('#!') ? code.slice(code.indexOf('\n') + 1) : code
  // Both bundles would write chunks of the same names, one over the other's.
  const nameChunk = (name: string) => name.replace(/\.index\.js$/, `.${file}`)
  await writeFile(join(dist, file), head + text.replaceAll('".index.js"', `".${file}"`))
  for (const [name, asset] of Object.entries(assets)) {
    if (name !== 'package.json') await writeFile(join(dist, nameChunk(name)), asset.source)
  }
  if (head !== '') await chmod(join(dist, file), 0o755)
  const files = await readdir(dist)
  console.log(`${file}: ${((head.length + text.length) / 1e6).toFixed(2)} MB, with ${files.length} files in dist`)
}
