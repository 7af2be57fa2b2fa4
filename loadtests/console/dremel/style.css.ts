// dremel/style.css.ts: what this page adds to the style of the reports.
// Used by page.ts; colours are those of the reports, dark and light.

export const dremelCss = `
main{max-width:80rem;padding-top:clamp(1rem,2.2vw,2rem)}
h1{margin-bottom:.4rem}
h2{margin-bottom:.5rem}
h3{margin:2rem 0 .5rem}
.lead{max-width:none;margin:0 0 1rem;color:var(--quiet)}
#lesson section{margin-top:1.25rem}
h2+.caption{max-width:none;margin-bottom:1rem}
#lesson section+section{margin-top:3.25rem}
fieldset{border:0;margin:0;padding:0;min-width:0}
.options{display:flex;flex-wrap:wrap;gap:.5rem}
.about{margin:.5rem 0 0;color:var(--quiet)}
input{accent-color:var(--s0);margin:0}
button{font:inherit;color:inherit;background:var(--panel);border:2px solid var(--line);border-radius:.4rem;padding:.4rem 1rem;cursor:pointer}
button:hover{border-color:var(--quiet)}
button[aria-pressed=true]{border-color:var(--s0);font-weight:600}
button[aria-disabled=true]{color:var(--quiet);cursor:default;border-style:dashed}
:focus-visible{outline:3px solid var(--s0);outline-offset:2px}
.controls{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center}
.controls input{flex:1 1 8rem;min-width:6rem;height:2rem}
.count{color:var(--quiet);white-space:nowrap}
.why{margin:.75rem 0;min-height:3em;max-width:none;font-size:1.1rem;line-height:1.5;overflow-wrap:anywhere}
.why b{color:var(--s1)}
.why b:first-child{color:inherit;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.95em;margin-right:.35em}
.panes{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,7fr);gap:1.25rem}
.pane{border:1px solid var(--line);border-radius:.4rem;padding:.75rem;height:min(34rem,62vh);overflow:auto;margin:0;min-width:0}
.result .panes{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.result .pane{height:auto;max-height:34rem}
pre.pane{background:none;overflow-wrap:normal;white-space:pre;font-size:.9rem;line-height:1.45}
.lines{list-style:none;margin:0;padding:0;font:.9rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.lines li{padding:0 .4rem 0 calc(.4rem + var(--depth) * 1.1rem);border-radius:.25rem;overflow-wrap:anywhere}
.lines span{color:var(--quiet)}
.lines .group span{color:var(--ink);font-weight:700}
.lines .missing{color:var(--quiet);font-style:italic}
.now{--mark:color-mix(in srgb,var(--s1) 18%,transparent)}
.lines .now,.stripe tr.now{background:var(--mark);box-shadow:inset 3px 0 var(--s1)}
.lines .now span{color:var(--ink)}
.stripes{display:grid;grid-template-columns:repeat(auto-fill,minmax(12.5rem,1fr));gap:.75rem;align-items:start}
.stripe{border:1px solid var(--line);font-size:.85rem;table-layout:fixed}
.stripe caption{padding:.1rem 0 .15rem;overflow-wrap:anywhere;font-size:.9rem;line-height:1.3}
.stripe.now{border-color:var(--s1)}
.stripe th,.stripe td{padding:.1rem .45rem;overflow-wrap:anywhere;vertical-align:top}
.stripe thead th{font-size:.8rem;background:var(--panel)}
.stripe th+th,.stripe td+td{width:1.9rem;text-align:center;border-left:1px solid var(--line)}
.stripe .none{color:var(--quiet);font-style:italic}
.stripe .later{visibility:hidden}
.presets{display:flex;flex-wrap:wrap;gap:.5rem;margin-bottom:1rem}
.fields{columns:4 14rem;column-gap:2rem}
.fields fieldset{break-inside:avoid;margin-bottom:1rem}
.fields legend{font-weight:700;padding:0}
.fields label{display:grid;grid-template-columns:auto 1fr auto;gap:.5em;align-items:center;padding:.1rem 0;cursor:pointer;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.fields small,.file small{color:var(--quiet)}
.file{display:grid;grid-template-columns:9rem 1fr;gap:.15rem 1rem;align-items:baseline;padding:.6rem 0;border-top:1px solid var(--line)}
.file>:nth-child(n+3){grid-column:2}
.read{color:var(--quiet)}
.read b{color:var(--ink);font-size:1.15rem}
.gauge .total{height:1.1rem;border:1px solid var(--quiet);min-width:3px}
.fill{background:var(--s0)}
.gauge .fill{height:100%}
.map{display:flex;gap:1px;height:.7rem;margin-top:.35rem}
.map i{flex:1 0 0;min-width:0;background:var(--line)}
.map .fill{background:var(--s0);min-width:2px}
.files>.caption{margin-top:.75rem}
.times thead td{border:0}
.times thead .right{white-space:normal}
.times .now{font-weight:700;box-shadow:inset 0 -3px var(--s0)}
.machine{display:block;max-width:100%;height:auto;margin:auto}
.machine text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink)}
.machine rect{fill:var(--panel);stroke:var(--quiet)}
.machine .end rect{stroke-width:3}
.machine .way{fill:none;stroke:var(--quiet);stroke-width:1.6}
.machine marker path{fill:var(--quiet)}
.machine .back .way{stroke:var(--s1)}
.machine .back text{fill:var(--s1);font-weight:700}
footer p{max-width:52rem}
@media screen and (max-width:48rem){
.panes,.result .panes{grid-template-columns:minmax(0,1fr)}
.pane{height:16rem;padding:.5rem}
.why{min-height:6em}
.stripes{grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.5rem}
.times th,.times td{padding-right:.5rem;min-width:0}
.times tbody th{font-weight:400}
.file{grid-template-columns:1fr}
.file>:nth-child(n+3){grid-column:1}
}
`;
