// report/charts.css.ts: how the small multiples are laid out and drawn.
// Used by page.css.ts; strokes keep their width however far a drawing is stretched.
import { outcomes } from '../load/outcome.ts';

const outcomeFills = outcomes.map((outcome) => `.o-${outcome}{fill:var(--${outcome})}`).join('');

export const chartCss = `
.multiples{display:grid;grid-template-columns:9.5rem repeat(var(--shapes),minmax(0,1fr));gap:.55rem 3.4rem;margin-top:1rem}
.multiples h3{margin:0;align-self:center;line-height:1.25;overflow-wrap:anywhere}
.multiples h3 small{display:block;font-weight:400;color:var(--quiet);font-size:.85rem}
.head{display:flex;flex-direction:column;justify-content:space-between}
.head strong{font-size:1.2rem;overflow-wrap:anywhere;line-height:1.2}
.marks{position:relative;height:5.6rem}
.marks span{position:absolute;bottom:0;font-size:.85rem;line-height:1;white-space:nowrap;transform-origin:0 100%;transform:rotate(-42deg) translate(.15rem,0)}
.multiples figure{position:relative;margin:0;padding-bottom:1.35rem}
.multiples figure svg{display:block;width:100%;height:4.4rem;background:var(--panel)}
.latencies figure svg{height:5.6rem}
.multiples figcaption{position:absolute;right:0;bottom:0;font-size:.85rem;line-height:1.35;color:var(--quiet)}
.scale{position:absolute;left:0;top:0;height:4.4rem;width:0}
.latencies .scale{height:5.6rem}
.scale span{position:absolute;right:.35rem;transform:translateY(-50%);font-size:.75rem;line-height:1;color:var(--quiet);white-space:nowrap}
.ticks{position:relative;height:1.4rem;border-top:1px solid var(--quiet);margin-top:-.2rem}
.ticks span{position:absolute;top:.2rem;transform:translateX(-50%);font-size:.85rem;color:var(--quiet);white-space:nowrap}
.ticks span:first-child{transform:none}
${outcomeFills}
.crash{fill:none;stroke:var(--ink);stroke-width:1.5;vector-effect:non-scaling-stroke}
.away{fill:var(--ink);opacity:.16}
.grid{fill:none;stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.band{fill:var(--degraded);opacity:.32}
.p99{fill:none;stroke:var(--degraded);stroke-width:1;vector-effect:non-scaling-stroke}
.p50{fill:none;stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}
@media (max-width:60rem){
.multiples{grid-template-columns:repeat(var(--shapes),minmax(0,1fr));gap:.4rem .9rem}
.multiples h3{grid-column:1/-1;margin-top:.6rem}
.multiples h3 small{display:inline;margin-left:.6em}
.corner,.scale,.minor{display:none}
.marks span{transform:rotate(-90deg) translate(.2rem,.4em)}
.marks{height:7rem}
.head strong{font-size:1rem}
.multiples figcaption{font-size:.75rem;position:static}
.multiples figure{padding:0}
}
`;
