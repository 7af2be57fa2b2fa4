// report/page.css.ts: how the page looks: paper and ink, few colours, large enough for the back row.
// Used by html.ts; sizes in rem, so that the browser's own zoom and text size work.
import { chartCss } from './charts.css.ts';
import { outcomeLooks } from './palette.ts';

const lightTheme = `--paper:#fdfcf9;--ink:#1c1b19;--quiet:#625f59;--line:#d9d5cb;--panel:#f3f1ea;--good:#1d6b4f;--bad:#a8330a;--alarm:#8f1414;
--l1:#fbe6cf;--l2:#f6c291;--l3:#ee9a55;--l4:#e0701f;--on-heat:#1c1b19`;
const darkTheme = `--paper:#14161a;--ink:#eceae4;--quiet:#a9a69e;--line:#3a3d43;--panel:#1d2026;--good:#7fd0ac;--bad:#ff9d6b;--alarm:#b3261e;
--l1:#33261b;--l2:#54351a;--l3:#804715;--l4:#a85310;--on-heat:#fff`;

/** The whole style sheet; nothing in it comes from a result. */
export function pageCss(): string {
  return `:root{color-scheme:light dark;${lightTheme};${outcomeColours('light')}}
@media (prefers-color-scheme:dark){:root{${darkTheme};${outcomeColours('dark')}}}
@media print{:root{color-scheme:light;${lightTheme};${outcomeColours('light')}}}
${frameCss}${tableCss}${chartCss}${narrowCss}`;
}

function outcomeColours(theme: 'light' | 'dark'): string {
  return Object.entries(outcomeLooks)
    .map(([outcome, look]) => `--${outcome}:${look[theme]}`)
    .join(';');
}

const frameCss = `
*{box-sizing:border-box}
html{font-size:clamp(16px,.55vw + 11.5px,22px);-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:84rem;margin:0 auto;padding:clamp(1rem,4vw,3.5rem)}
h1,h2,.question{font-family:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif}
h1{font-size:clamp(1.5rem,1rem + 1.9vw,2.3rem);line-height:1.2;font-weight:600;margin:0 0 1rem;max-width:40em;text-wrap:balance;overflow-wrap:anywhere}
h2{font-size:1.6rem;line-height:1.2;font-weight:600;margin:0 0 .5rem}
h3{font-size:1rem;margin:2rem 0 .5rem}
section{margin-top:3.5rem}
.question{text-wrap:balance;font-size:1.2rem;font-style:italic;color:var(--quiet);margin:.75rem 0 0;max-width:46rem}
.caption{max-width:46rem;margin:0 0 1.25rem;color:var(--quiet)}
.badge{margin:0;color:var(--good);font-weight:600}
.invalid{background:var(--alarm);color:#fff;padding:1rem 1.25rem;margin-bottom:1.5rem;font-size:1.15rem}
.invalid p,.invalid ul{margin:0}
.invalid strong{display:block;font-size:1.5em;line-height:1.2}
.invalid~h1{color:var(--quiet)}
.held .mark,.notes .held{color:var(--good)}
.failed .mark,.notes .failed,.bad{color:var(--bad)}
.quiet{color:var(--quiet)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.notes{margin:0;padding-left:1.2rem;max-width:52rem;overflow-wrap:anywhere}
.shapes,.scores{display:grid;gap:2rem 3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,32rem),1fr));align-items:start}
pre{margin:0 0 1rem;padding:.75rem 1rem;background:var(--panel);overflow-wrap:anywhere;white-space:pre-wrap;font-size:1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;margin:0;overflow-wrap:anywhere}
dt{color:var(--quiet)}
dd{margin:0}
a{color:inherit}
`;

const tableCss = `
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--quiet);padding-bottom:.5rem}
caption strong{display:block;color:var(--ink);font-size:1.2rem}
th{font-weight:400;text-align:left}
thead th{color:var(--quiet);vertical-align:bottom;padding:.25rem .5rem}
.findings td,.killed td,.killed th{padding:.5rem 1rem .5rem 0;border-top:1px solid var(--line);vertical-align:top}
.findings thead th,.killed thead th{padding-left:0;border:0}
.findings .mark{font-size:1.3rem;line-height:1.15;font-weight:700;width:2rem}
.findings td:last-child{font-weight:600}
.killed{max-width:60rem}
.killed tbody th,.matrix tbody th{font-weight:600}
.killed small{color:var(--quiet)}
.matrix{table-layout:fixed}
.matrix .crashed{width:7.6rem;padding-left:0}
.matrix .feature{position:relative;height:6rem;padding:0;font-size:.9rem}
.matrix .feature span{position:absolute;left:42%;bottom:.4rem;line-height:1;transform-origin:0 100%;transform:rotate(-42deg)}
.matrix tbody th{padding:0 .4rem 0 0;overflow-wrap:anywhere}
.matrix td,.swatch{background-color:var(--heat,transparent);color:var(--on,var(--quiet));border:2px solid var(--paper)}
.matrix td{height:3.4rem;text-align:center;line-height:1.15;padding:.1rem;background-image:linear-gradient(currentColor,currentColor);background-repeat:no-repeat;background-position:0 100%;background-size:var(--share) 4px;white-space:nowrap}
.matrix b{display:block;font-size:1.1rem}
.matrix small{font-size:.85rem}
.matrix i{font-style:normal;font-size:1.3rem}
.l1{--heat:var(--l1);--on:var(--on-heat)}.l2{--heat:var(--l2);--on:var(--on-heat)}.l3{--heat:var(--l3);--on:var(--on-heat)}.l4{--heat:var(--l4);--on:var(--on-heat)}
.own{outline:2px solid var(--ink);outline-offset:-3px}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:1rem 0 0;padding:0;color:var(--quiet);font-size:.9rem}
.legend b{color:var(--ink)}
.legend svg,.swatch{display:inline-block;width:1.1em;height:1.1em;vertical-align:-.15em;text-align:center;border:0}
.swatch{line-height:1.1;font-weight:700}
.l0.swatch,.lnone.swatch{height:auto;vertical-align:baseline}
.score th,.score td{padding:.3rem 0 .3rem 1rem;border-top:1px solid var(--line);text-align:right;white-space:nowrap}
.score thead th,.score thead td{border:0}
.score tbody th,.score thead th:first-child{text-align:left;padding-left:0}
.score small{color:var(--quiet);padding-right:.4em}
.dense{font-size:.88rem}
.dense th,.dense td{padding-left:.6rem}
.scroll{overflow-x:auto;margin:0}
`;

const narrowCss = `
@media (max-width:40rem){
section{margin-top:2.5rem}
.matrix .crashed{width:6.3rem}
.matrix .feature{height:7rem}
.matrix .feature span{left:50%;transform:rotate(-90deg) translate(0,.5em)}
.matrix tbody th{font-size:.8rem;letter-spacing:-.01em;padding:0}
.unit{display:none}
.killed{table-layout:fixed;font-size:.9rem;overflow-wrap:anywhere}
.killed th:first-child{width:6.3rem;font-size:.8rem;letter-spacing:-.01em;padding-right:0;overflow-wrap:anywhere}
.matrix td{height:2.9rem}
.matrix b{font-size:1rem}
.matrix small{font-size:.75rem}
.score th,.score td{padding-left:.5rem;font-size:.9rem}
.score tbody th{white-space:normal}
.scores .score small{display:block;padding:0}
.findings td{padding-right:.6rem}
dl{grid-template-columns:1fr}
dd{margin-bottom:.4rem}
}
@media print{
html{font-size:11px}
main{padding:0}
section{margin-top:2rem}
table,figure,.multiples,pre{break-inside:avoid}
h2,h3,.caption,.legend{break-after:avoid}
}
`;
