import { STYLE_PARTS } from './style-parts.ts'
import { STYLE_PRINT } from './style-print.ts'
import { STYLE_YAML } from './style-yaml.ts'

const LIGHT = `--page:#fff;--text:#1b1f24;--soft:#57606a;--line:#d5dae0;--well:#f5f7f9;--link:#0a58ca;
--red:#a4161a;--red-well:#fdeeee;--red-mark:#f8c9c9;--green:#0f5c2e;--green-well:#eaf6ee;--green-mark:#b5e2c4;
--amber:#7a4a00;--amber-well:#fff6e0`
const DARK = `--page:#14171b;--text:#e4e7eb;--soft:#9da7b3;--line:#343a42;--well:#1c2026;--link:#82b6ff;
--red:#ff9b94;--red-well:#321a1b;--red-mark:#6b2a2b;--green:#86dca0;--green-well:#14291b;--green-mark:#22562f;
--amber:#f0c36d;--amber-well:#2d2410`

/** The page's style; all colours keep a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3) in both schemes. */
export const STYLE = `:root{color-scheme:light dark;${LIGHT};--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
main,footer{max-width:68rem;margin:0 auto;padding:1.5rem 1rem}
h1,h2,h3,h4,h5,h6{margin:0;line-height:1.3;font-weight:650;text-wrap:balance}
h1{font-size:1.6rem}
h2{font-size:1.25rem}
h3{font-size:1.0625rem}
h4,h5,h6{font-size:1rem}
p,ul,ol,dl,pre,table,figure{margin:.5rem 0 0}
ul,ol{padding-left:1.25rem}
li+li{margin-top:.25rem}
p{max-width:72ch}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre{font:.875em/1.5 var(--mono)}
pre{white-space:pre-wrap;tab-size:4}
pre code{font-size:1em}
b{font-weight:650}
del,ins{text-decoration:none}
.small,.age,.kind,.path,footer{color:var(--soft);font-size:.875rem}
.small+*{margin-top:.5rem}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}
.target{margin-top:0}
.target+.target{margin-top:3rem;padding-top:2rem;border-top:2px solid var(--line)}
.target>section{margin-top:2.25rem;padding-top:1.25rem;border-top:1px solid var(--line)}
.target>section>:is(h3,h4):not(:first-child){margin-top:1.5rem}
footer{padding-top:0}
${STYLE_PARTS}${STYLE_YAML}${STYLE_PRINT}`
