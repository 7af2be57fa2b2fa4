// report/page/style.css.ts: how the page looks: paper and ink, few colours, large enough for the back row.
// Used by page.ts; sizes in rem, so that the browser's own zoom and text size work.
import { seriesColours } from '../looks.ts';
import { outcomeLooks } from '../palette.ts';
import { figureCss } from './figures.css.ts';
import { tableCss } from './tables.css.ts';

type Theme = 'light' | 'dark';

const themes: Readonly<Record<Theme, string>> = {
  light: `--paper:#fdfcf9;--ink:#1c1b19;--quiet:#5f5c56;--line:#dcd8ce;--panel:#f4f2ec;--good:#1d6b4f;--bad:#a8330a;--open:#6b4e00;--alarm:#8f1414;
--l1:#fbe6cf;--l2:#f6c291;--l3:#ee9a55;--l4:#d9631b;--on-heat:#1c1b19`,
  dark: `--paper:#14161a;--ink:#eceae4;--quiet:#aaa79f;--line:#3a3d43;--panel:#1d2026;--good:#7fd0ac;--bad:#ff9d6b;--open:#e3c552;--alarm:#b3261e;
--l1:#33261b;--l2:#54351a;--l3:#804715;--l4:#b25812;--on-heat:#fff`,
};

/** The whole style sheet; nothing in it comes from a result. */
export function pageStyle(): string {
  return `:root{color-scheme:light dark;${colours('light')}}
@media (prefers-color-scheme:dark){:root{${colours('dark')}}}
@media print{:root{color-scheme:light;${colours('light')}}}
${frameCss}${tableCss}${figureCss}${printCss}`;
}

function colours(theme: Theme): string {
  const outcomes = Object.entries(outcomeLooks).map(([name, look]) => `--${name}:${look[theme]}`);
  const series = seriesColours.map(
    ([light, dark], at) => `--s${at}:${theme === 'light' ? light : dark}`,
  );
  return [themes[theme], ...outcomes, ...series].join(';');
}

const frameCss = `
*{box-sizing:border-box}
html{font-size:clamp(16px,.55vw + 11.5px,22px);-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:72rem;margin:0 auto;padding:clamp(1rem,4vw,3.5rem)}
h1,h2,.question,.prediction,.formula{font-family:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif}
h1{font-size:clamp(1.5rem,1rem + 1.9vw,2.4rem);line-height:1.2;font-weight:600;margin:0 0 1rem;max-width:40em;text-wrap:balance;overflow-wrap:anywhere}
h1.second{font-size:clamp(1.4rem,1rem + 1.4vw,1.9rem)}
h2{font-size:1.5rem;line-height:1.2;font-weight:600;margin:0 0 .75rem}
h3{font-size:1.15rem;line-height:1.3;margin:0 0 .25rem}
h4{font-size:1rem;margin:0}
h5{font-size:1rem;font-weight:400;margin:0}
section,footer{margin-top:3.25rem}
section section{margin-top:0}
.scroll+h3{margin-top:2rem}
article+article{margin-top:5rem;border-top:3px solid var(--ink);padding-top:2.5rem}
.overview+article{margin-top:4rem;border-top:3px solid var(--ink);padding-top:2.5rem}
.over{margin:0 0 .75rem;color:var(--quiet)}
.code{display:inline-block;font-weight:700;color:var(--paper);background:var(--ink);padding:0 .5em;margin-right:.4em}
.signs{display:flex;flex-wrap:wrap;gap:.4rem 1.4rem;margin:0;align-items:center}
.badge{display:inline-block;border:2px solid currentColor;border-radius:2em;padding:.05em .8em;font-weight:700}
.badge i,.sign i{font-style:normal;font-weight:700}
.sign{font-weight:600;white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}.quiet{color:var(--quiet)}
.question{text-wrap:balance;font-size:1.25rem;font-style:italic;color:var(--quiet);margin:1.25rem 0 0;max-width:46rem}
.facts{margin:.5rem 0 0;color:var(--quiet)}
.prediction{font-size:1.2rem;line-height:1.45;margin:0 0 1rem;max-width:46rem}
.formula{font-size:1.3rem;font-style:italic;margin:0 0 1.25rem;padding:.4rem 0 .4rem 1.25rem;border-left:4px solid var(--line);overflow-wrap:anywhere}
.caption{max-width:46rem;margin:0 0 1.25rem;color:var(--quiet)}
.alarm{background:var(--alarm);color:#fff;padding:1rem 1.25rem;margin-bottom:1.5rem;font-size:1.15rem}
.alarm p,.alarm ul{margin:0}
.alarm strong{display:block;font-size:1.5em;line-height:1.2}
.alarm~h1{color:var(--quiet)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.notes{margin:0;padding-left:1.2rem;max-width:52rem;overflow-wrap:anywhere}
.bear{margin-top:1rem}
.verdict-lines{list-style:none;margin:2rem 0 0;padding:0}
.verdict-lines li{padding:.9rem 0;border-top:1px solid var(--line)}
.verdict-lines a{display:grid;grid-template-columns:3.4rem 1fr;align-items:baseline;text-decoration:none;font-size:1.1rem;line-height:1.4}
.verdict-lines a b{display:block}
.verdict-lines a:hover b{text-decoration:underline}
.verdict-lines .code{justify-self:start}
.verdict-lines .signs{margin:.35rem 0 0 3.4rem}
pre{margin:0 0 1rem;padding:.75rem 1rem;background:var(--panel);overflow-wrap:anywhere;white-space:pre-wrap;font-size:1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.5rem;margin:0;overflow-wrap:anywhere;max-width:60rem}
dt{color:var(--quiet)}
dd{margin:0}
a{color:inherit}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--s0);outline-offset:2px}
.download{font-weight:700}
details{margin-top:1rem}
summary{cursor:pointer;color:var(--quiet);padding:.25rem 0}
details[open]>summary{margin-bottom:.5rem}
@media screen and (max-width:40rem){
section,footer{margin-top:2.5rem}
article+article,.overview+article{margin-top:3rem;padding-top:1.5rem}
.question,.prediction{font-size:1.1rem}
dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.5rem}
.verdict-lines a{grid-template-columns:1fr;gap:.3rem}
.verdict-lines .signs{margin-left:0}
}
`;

const printCss = `
@media print{
html{font-size:11px}
main{padding:0;max-width:none}
section,footer{margin-top:2rem}
table,figure .panel,.strip,.forest,pre,.box{break-inside:avoid}
h2,h3,h4,h5,.caption,.legend,.head{break-after:avoid}
details::details-content{content-visibility:visible;height:auto}
}
`;
