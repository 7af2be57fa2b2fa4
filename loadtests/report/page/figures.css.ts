// report/page/figures.css.ts: how charts are laid out and drawn.
// Used by style.css.ts; strokes keep their width however far a drawing is stretched.
import { outcomes } from '../../load/outcome.ts';
import { seriesColours } from '../looks.ts';

const outcomeFills = outcomes.map((outcome) => `.o-${outcome}{fill:var(--${outcome})}`).join('');
const seriesTones = seriesColours.map((_, at) => `.s${at}{--c:var(--s${at})}`).join('');

export const figureCss = `
.figure{margin:2.5rem 0 0}
h2+.figure{margin-top:1.25rem}
.figure .caption{margin-bottom:.9rem}
.legend li{display:flex;align-items:center;gap:.45em}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.6rem;margin:0 0 1rem;padding:0;font-size:.95rem}
.sample{flex:none;width:2.2em;height:1.1em;overflow:visible}
.plot{display:block;width:100%;overflow:visible}
.plot svg{overflow:visible}
.plot text{font-size:.85rem;fill:var(--quiet)}
.plot .y{text-anchor:end;transform:translate(-.5em,.35em)}
.plot .x{text-anchor:middle;transform:translate(0,1.35em)}
.grid{stroke:var(--line);stroke-width:1}
.line{fill:none;stroke:var(--c);stroke-width:2.5;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.line.predicted{stroke-dasharray:7 5;stroke-width:2}
.whisker{stroke:var(--c);stroke-width:3}
use{fill:var(--c);stroke:var(--paper);stroke-width:1.2}
.ink{--c:var(--ink)}
${seriesTones}${outcomeFills}
.panels{display:grid;grid-template-columns:repeat(var(--columns),minmax(0,1fr));gap:1.75rem 2rem;max-width:calc(40rem * var(--columns))}
.panel{padding-right:1rem;min-width:0}
.panel .plot{height:15rem;margin-left:calc(var(--gutter) * .85 + .9rem);width:calc(100% - var(--gutter) * .85 - .9rem)}
.axis{margin:0 0 .7rem;font-size:.85rem;line-height:1.3;color:var(--quiet)}
.axis.below{margin:1.75rem 0 0;text-align:right}
.forest{display:grid;grid-template-columns:minmax(9rem,18rem) minmax(0,1fr) max-content;column-gap:1.5rem}
.forest .label{padding:.35rem 0;line-height:1.25;font-weight:600;align-self:center}
.forest .label small{display:block;font-weight:400;color:var(--quiet);font-size:.85rem}
.forest .value{align-self:center;text-align:right}
.forest .value *{white-space:nowrap;display:inline-block}
.track{position:relative;min-height:3.4rem}
.track .plot{position:absolute;inset:0;height:100%}
.forest .foot{height:1.6rem}
.forest .axis{margin:.2rem 0 0;text-align:right}
.neutral{stroke:var(--ink);stroke-width:1.5}
.predicted:not(.line){fill:var(--s2);fill-opacity:.16}
.edge{stroke:var(--s2);stroke-width:2;stroke-dasharray:4 3}
.aa{fill:var(--ink);fill-opacity:.24}
.multiples{display:grid;grid-template-columns:8rem repeat(var(--shapes),minmax(0,1fr));gap:1.2rem 4.2rem;margin:.75rem 0 2rem;align-items:start}
.timelines h4{margin:1.5rem 0 .4rem}
.multiples h5{align-self:center;line-height:1.25;overflow-wrap:anywhere;font-weight:600;padding-bottom:1.4rem}
.head strong{font-size:1.15rem;overflow-wrap:anywhere;line-height:1.2}
.key{margin:.1rem 0 0;font-size:.85rem;line-height:1.35;color:var(--quiet)}
.key span{display:block}
.key i{font-style:normal;white-space:nowrap}
.key b{color:var(--ink)}
.strip .plot{height:4.6rem;margin-top:.6rem}
.strip .below{margin:1.35rem 0 0;font-size:.85rem;line-height:1.3;color:var(--quiet)}
.strip .below b{display:none}
.ground{fill:var(--panel)}
.fault{fill:var(--ink);fill-opacity:.13}
.cap{stroke:var(--ink);stroke-width:5}
.strip .edge{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:none}
.number{text-anchor:middle;transform:translate(0,-.55em)}
.band{fill:var(--degraded);opacity:.32}
.p99{fill:none;stroke:var(--degraded);stroke-width:1;vector-effect:non-scaling-stroke}
.p50{fill:none;stroke:var(--ink);stroke-width:2.5;vector-effect:non-scaling-stroke}
@media screen and (max-width:60rem){
.panels{grid-template-columns:repeat(auto-fit,minmax(min(100%,19rem),1fr))}
.multiples{grid-template-columns:repeat(var(--shapes),minmax(0,1fr));gap:.4rem 3rem;padding-left:2.6rem}
.multiples .head,.multiples h5{grid-column:1/-1;margin-left:-2.6rem;padding:0}
.multiples h5{margin-top:.5rem}
.corner{display:none}
.strip .below b{display:inline;color:var(--ink)}
.minor{display:none}
.forest{grid-template-columns:minmax(0,1fr) fit-content(60%);grid-auto-flow:row dense}
.track,.forest .foot{grid-column:1/-1;min-height:2.4rem}
.track{margin-bottom:.6rem}
.forest .label{grid-column:1}
.forest .axis{grid-column:1/-1}
.forest>span{display:none}
}
@media screen and (max-width:40rem){
.multiples{grid-template-columns:repeat(var(--few),minmax(0,1fr))}
}
`;
