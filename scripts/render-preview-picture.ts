/**
 * Draws the comment on a pull request as `docs/images/preview.png`, for the docs: `npm run preview-picture`.
 *
 * The text is the one that the test on the real control plane got for an image bump on a release that is applied on the server.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderMarkdown } from '../__tests__/report/render-page.ts'
import packageJson from '../package.json' with { type: 'json' }
import { photograph } from './issue-picture/photograph.ts'
import { shrinkPng } from './issue-picture/shrink-png.ts'
import { STYLE } from './issue-picture/style.ts'

const root = join(import.meta.dirname, '..')
const PICTURE = join(root, 'docs/images/preview.png')

const comment = await readFile(join(root, '__tests__/e2e/golden/preview-bump-helm4.md'), 'utf8')
const text = comment
  .replace(/^<!--.*-->\n/, '')
  .replace('Plumbline 0.0.0, TIME', `Plumbline ${packageJson.version}`)
  .replaceAll(/, TIME/g, '')
const folder = await mkdtemp(join(tmpdir(), 'plumbline-preview-picture-'))
try {
  const page = join(folder, 'comment.html')
  await writeFile(
    page,
    `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${STYLE}</style>
<main><p class="state"><b>github-actions</b> <span class="bot">bot</span> commented</p>
<article>${renderMarkdown(text)}</article></main>`,
  )
  await writeFile(PICTURE, shrinkPng(await photograph(page, { width: 390, scale: 2, folder })))
} finally {
  await rm(folder, { recursive: true, force: true })
}
