/** Verdict, advice, timeline, findings, things to copy. */
export const STYLE_PARTS = `.badge{display:inline-block;margin:0 0 .5rem;padding:.05rem .5rem;border:1px solid currentColor;border-radius:.25rem;font-size:.8125rem;font-weight:650}
.badge.drifted,.badge.error{color:var(--red);background:var(--red-well)}
.badge.incomplete{color:var(--amber);background:var(--amber-well)}
.badge.in-sync{color:var(--green);background:var(--green-well)}
.facts>div{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:0 1rem;padding:.2rem 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.facts dd>*:first-child{margin-top:0}
.verdict .facts{margin-top:1rem;font-size:.9375rem}
.way .facts>div{grid-template-columns:4.5rem minmax(0,1fr)}
.contents{margin-top:1.25rem;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.contents li{margin:0}
.contents a{display:inline-block;padding:.25rem 0}
.note{padding:.5rem .75rem;border-left:3px solid var(--amber);background:var(--amber-well);max-width:none}
.lean b{font-size:1.0625rem}
.headline{font-size:1.125rem;line-height:1.45}
.deadline{padding:.5rem .75rem;border-left:3px solid var(--amber);background:var(--amber-well);max-width:none;font-weight:650}
.timeline{list-style:none;margin-top:1rem;padding:0}
.timeline li{position:relative;display:grid;grid-template-columns:10.5rem minmax(0,1fr);gap:0 2.25rem;margin:0;padding:.4rem 0}
.timeline .at{text-align:right;font-variant-numeric:tabular-nums;font-size:.875rem;line-height:1.7}
.timeline .at .age{display:block;line-height:1.3}
.timeline li::before{content:"";position:absolute;left:11.6rem;top:0;bottom:0;border-left:2px solid var(--line)}
.timeline li:first-child::before{top:1rem}
.timeline li:last-child::before{bottom:auto;height:1rem}
.timeline li::after{content:"";position:absolute;left:calc(11.6rem - 5px);top:.8rem;width:12px;height:12px;border:2px solid var(--soft);border-radius:50%;background:var(--page)}
.timeline .deploy::after{border-color:var(--link);background:var(--link);border-radius:2px}
.timeline .change::after{border-color:var(--red);background:var(--red);border-radius:1px;transform:rotate(45deg) scale(.9)}
.timeline .now::after{border-color:var(--text);background:var(--text)}
.timeline .check::after{border-color:var(--text)}
.passed{display:block;margin-bottom:.15rem;color:var(--soft);font-size:.875rem;font-style:italic}
.timeline li:has(.passed)::after{top:2.2rem}
.timeline li:has(.passed) .at{padding-top:1.4rem}
.timeline li:last-child:has(.passed)::before{height:2.4rem}
.untimed{margin-top:.75rem;padding:.25rem .75rem .5rem;border:1px dashed var(--line);border-radius:.375rem}
.finding{margin-top:1rem;padding:1rem;border:1px solid var(--line);border-radius:.5rem}
.name{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:0 1rem}
.name p{margin:0}
.path{margin-top:.15rem}
.severity{font-weight:650;color:var(--soft)}
.severity{padding:0 .35rem;border:1px solid currentColor;border-radius:.25rem;font-size:.8125rem}
.severity.high{color:var(--red)}
.severity.medium{color:var(--amber)}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.5rem}
.sides>div{padding:.35rem .75rem .5rem;border-radius:.375rem}
.sides dt{font-size:.8125rem;color:var(--text)}
.sides dd{margin:0}
.sides .old{background:var(--red-well)}
.sides .new{background:var(--green-well)}
.absent{font-style:italic}
.lines{padding:.5rem .75rem;background:var(--well);border-radius:.375rem}
.lines del{background:var(--red-well)}
.lines ins{background:var(--green-well)}
.fate.blocks-deploy{color:var(--red)}
.fate.reverted{color:var(--amber)}
.health.healthy{color:var(--green)}
.health.progressing{color:var(--amber)}
.health.degraded{color:var(--red)}
.ways{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem 2rem;margin-top:1rem}
.finding .ways{padding-top:1rem;border-top:1px solid var(--line)}
.copyable{border:1px solid var(--line);border-radius:.375rem;background:var(--well);overflow:hidden}
.copyable figcaption{display:flex;align-items:center;justify-content:space-between;gap:.5rem;min-height:2.5rem;padding:0 .25rem 0 .75rem;border-bottom:1px solid var(--line);font-size:.8125rem;color:var(--soft)}
.copyable pre{margin:0;padding:.6rem .75rem}
.copyable pre span{white-space:nowrap}
.copyable>.small{margin:0;padding:0 .75rem .6rem}
.tools{display:flex;flex:none;gap:.25rem}
.copy,.tool{display:inline-flex;align-items:center;justify-content:center;min-width:5rem;min-height:2rem;padding:0 .5rem;border:1px solid transparent;border-radius:.25rem;background:none;color:var(--link);font:inherit;text-decoration:none;cursor:pointer}
.copy:hover,.tool:hover{border-color:var(--line);background:var(--page)}
.copy{visibility:hidden}
.scripted .copy{visibility:visible}
details{margin-top:.75rem}
summary{padding:.35rem 0;cursor:pointer;color:var(--link)}
.folded{padding:.25rem 0 .5rem}
.other{padding:.75rem 0;border-bottom:1px solid var(--line)}
.act{margin-top:1rem}
.absence{margin-top:.75rem}
.overview,.list{width:100%;border-collapse:collapse}
.overview th,.overview td,.list th,.list td{padding:.5rem .5rem .5rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}
.overview thead th,.list thead th{color:var(--soft);font-size:.8125rem}
.overview+.target,.note+.target{margin-top:2.5rem}
.overview .badge{margin:0;white-space:nowrap}
.overview .count{text-align:right;font-variant-numeric:tabular-nums}
@media (max-width:44rem){
h1{font-size:1.375rem}
.copyable figcaption{min-height:2.75rem}
.copy,.tool{min-height:2.75rem;min-width:4.75rem}
summary{padding:.65rem 0}
.contents a{padding:.6rem 0}
.contents{gap:0 1.25rem}
.ways{grid-template-columns:minmax(0,1fr)}
.facts>div{grid-template-columns:6.25rem minmax(0,1fr);gap:0 .75rem}
.facts dt{font-size:.875rem;line-height:1.7}
.way .facts>div{grid-template-columns:4rem minmax(0,1fr)}
.sides{grid-template-columns:1fr}
.finding{padding:.85rem .75rem}
.timeline li{grid-template-columns:minmax(0,1fr);padding:.4rem 0 .4rem 1.75rem}
.timeline .at{text-align:left}
.timeline .at .age{display:inline;margin-left:.35rem}
.timeline .what{order:2}
.timeline li::before{left:.4rem}
.timeline li::after{left:calc(.4rem - 5px)}
.list thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.list tr,.list th,.list td{display:block;border:0;padding:.1rem 0}
.list tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
.list td::before{content:attr(data-label) ": ";color:var(--soft)}
.list th{font-weight:650}
.overview th,.overview td{padding-right:.35rem}
.overview thead th{white-space:nowrap;font-size:.75rem}
.facts>div:has(figure){grid-template-columns:minmax(0,1fr)}
}
`
