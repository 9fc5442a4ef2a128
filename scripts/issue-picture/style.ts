/** A stylesheet of our own, with the measures and colours of GitHub's light theme on a phone. */
export const STYLE = `
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.5 Helvetica, Arial, "Liberation Sans", sans-serif }
main { width: 390px; padding: 14px }
h1 { font-size: 20px; line-height: 1.25; font-weight: 600; margin: 0 0 10px; overflow-wrap: anywhere }
h1 .number { color: #59636e; font-weight: 300 }
h3 { font-size: 16px; line-height: 1.25; font-weight: 600; margin: 20px 0 12px }
p, ul, pre, details { margin: 0 0 12px }
ul { padding-left: 20px }
li + li { margin-top: 4px }
a { color: #0969da; text-decoration: none }
small { font-size: 85% }
code { font: 85% "Liberation Mono", Menlo, Consolas, monospace; background: #818b981f; border-radius: 6px; padding: .2em .4em;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; overflow-wrap: anywhere }
pre { background: #f6f8fa; border-radius: 6px; padding: 12px; overflow: hidden }
pre code { background: none; padding: 0 }
table { border-collapse: collapse; margin: 0 0 12px }
th, td { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left }
summary { cursor: pointer }
.state { font-size: 12px; color: #59636e }
.open { background: #1f883d; color: #fff; border-radius: 2em; padding: 4px 10px; font-weight: 600 }
.bot { border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 6px }
.label { background: #fbca04; color: #1f2328; border-radius: 2em; padding: 1px 8px; font-weight: 600 }
article { border: 1px solid #d1d9e0; border-radius: 6px; padding: 14px; overflow-wrap: anywhere }
article > :last-child { margin-bottom: 0 }
`
