/** On paper: dark on white whatever the screen has, everything unfolded, no buttons, and no finding torn apart where it fits. */
export const STYLE_PRINT = `@media print{
:root{color-scheme:light;--page:#fff;--text:#000;--soft:#444;--line:#bbb;--well:#f6f6f6;--link:#000;--red:#8c1215;--red-well:#fdeeee;--red-mark:#f8c9c9;--green:#0b4a24;--green-well:#eaf6ee;--green-mark:#b5e2c4;--amber:#5e3900;--amber-well:#fff6e0}
html{font-size:10pt}
main,footer{max-width:none;padding:0}
.copy,.tool,.contents{display:none}
.copyable figcaption{min-height:1.5rem}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none;color:var(--text);font-weight:650}
h1,h2,h3,h4,h5,summary,figcaption{break-after:avoid}
.timeline li,.sides,.copyable,.yaml tr,.act{break-inside:avoid}
.target+.target{break-before:page}
.old,.new,mark,.badge,.deadline,.note,.timeline li::after{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em}
}
`
