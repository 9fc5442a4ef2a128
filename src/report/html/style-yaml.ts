/** The side-by-side view: two columns, and one below the other on a phone. */
export const STYLE_YAML = `.yaml{border:1px solid var(--line);border-radius:.375rem;overflow:hidden}
.yaml table{width:100%;margin:0;table-layout:fixed;border-collapse:collapse}
.yaml th{padding:.3rem .5rem;border-bottom:1px solid var(--line);text-align:left;font-size:.8125rem;font-weight:400;color:var(--soft);background:var(--well)}
.yaml col.number{width:2.75rem}
.yaml td{padding:0 .5rem;vertical-align:top;font:.8125rem/1.6 var(--mono)}
.yaml td code{font:inherit;white-space:pre-wrap}
.yaml .number{padding-right:.25rem;text-align:right;color:var(--soft);user-select:none}
.yaml .line{position:relative;padding-left:1.25rem}
.yaml .old{background:var(--red-well)}
.yaml .new{background:var(--green-well)}
.yaml .line.old::before,.yaml .line.new::before{position:absolute;left:.4rem;color:var(--soft)}
.yaml .line.old::before{content:"-"}
.yaml .line.new::before{content:"+"}
.yaml .none{background:var(--well)}
.yaml mark{color:inherit;border-radius:2px}
.yaml .old mark{background:var(--red-mark)}
.yaml .new mark{background:var(--green-mark)}
.yaml td:nth-child(3){border-left:1px solid var(--line)}
.yaml .gap{margin:0;border:solid var(--line);border-width:1px 0;background:var(--well)}
.yaml p.gap,.yaml .gap summary{max-width:none;padding:.35rem .75rem;font-size:.8125rem}
.yaml p.gap{color:var(--soft)}
.yaml .gap:first-child{border-top:0}
.yaml .gap:last-child{border-bottom:0}
.yaml .gap table{background:var(--page)}
@media (max-width:44rem){
.yaml thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.yaml table,.yaml tbody{display:block}
.yaml tr{display:grid;grid-template-columns:2.25rem minmax(0,1fr)}
.yaml .number{padding-left:.25rem}
.yaml .same td:nth-child(n+3),.yaml .none{display:none}
.yaml td:nth-child(3){border-left:0}
}
`
