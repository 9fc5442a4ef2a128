import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** GitHub's extensions, without the filter that takes out scripts: what it would take out must not be there to begin with. */
const { exit: { htmlFlowData: _flow, htmlTextData: _text, ...exit } = {}, ...others } = gfmHtml()

/** What GitHub makes of a text, before it takes out what is dangerous. */
export function renderMarkdown(text: string): string {
  const htmlExtensions = [{ ...others, exit }]
  return micromark(text, { allowDangerousHtml: true, allowDangerousProtocol: true, extensions: [gfm()], htmlExtensions })
}

/** Elements that our texts are made of, with the attributes that each may have. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...{ a: ['href'], code: ['class'], blockquote: [], br: [], details: [], h3: [], li: [], p: [], pre: [], small: [], strong: [] },
  ...{ summary: [], ul: [], wbr: [] },
}
const VOID = new Set(['br', 'wbr'])

/** A text as a reader of the page sees it, outside of code. */
type Seen = { readonly faults: readonly string[]; readonly prose: string }

/**
 * What is alive in a page that should not be: elements, attributes and links that are not ours, tags that do not match,
 * mentions and references. The lists say what was found; empty ones that there was nothing.
 */
export function findLife(html: string, links: readonly string[]): readonly string[] {
  const { faults, prose } = readTags(html, links)
  const living = [/@[\w-]/g, /#\d/g, /\bGH-\d/gi, /\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b/g]
  return [...faults, ...living.flatMap((pattern) => [...prose.matchAll(pattern)].map(([found]) => `in prose: ${found}`))]
}

function readTags(html: string, links: readonly string[]): Seen {
  const faults: string[] = []
  const open: string[] = []
  let prose = ''
  for (const [whole, tag, close, name = '', attributes = ''] of html.matchAll(/(<(\/?)([a-z][a-z0-9-]*)([^<>]*)>)|[^<]+|</gi)) {
    if (tag === undefined) {
      if (whole === '<') faults.push(`no element: ${html.slice(html.indexOf(whole), 40)}`)
      else if (!open.includes('code')) prose += decode(whole)
      continue
    }
    if (close === '/') {
      const last = open.pop()
      if (last !== name) faults.push(`</${name}> closes <${last}>`)
    } else {
      if (!VOID.has(name)) open.push(name)
      faults.push(...judgeElement(name, attributes.replace(/\/$/, ''), links))
    }
    if (name !== 'wbr') prose += '\n'
  }
  return { faults: [...faults, ...open.map((name) => `<${name}> stays open`)], prose }
}

function judgeElement(name: string, attributes: string, links: readonly string[]): readonly string[] {
  const allowed = ALLOWED[name]
  if (allowed === undefined) return [`<${name}>`]
  const pairs = [...attributes.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)]
  return pairs.flatMap(([, attribute = '', value = '']) => {
    if (!allowed.includes(attribute)) return [`<${name} ${attribute}>`]
    if (attribute === 'href' && !links.includes(decode(value))) return [`link to ${value}`]
    return attribute === 'class' && !/^language-(diff|yaml|sh)$/.test(value) ? [`class ${value}`] : []
  })
}

function decode(html: string): string {
  return html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&amp;/g, '&')
}
