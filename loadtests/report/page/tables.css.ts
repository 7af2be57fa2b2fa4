// report/page/tables.css.ts: tables, the matrix and the boxes of who is hit.
// Used by style.css.ts.

export const tableCss = `
table{border-collapse:collapse;width:100%}
caption{text-align:left;padding-bottom:.4rem;font-weight:700}
th{font-weight:400;text-align:left}
thead th{color:var(--quiet);vertical-align:bottom;font-size:.9rem}
.verdicts th,.verdicts td{padding:.7rem 1.25rem .7rem 0;border-top:1px solid var(--line);vertical-align:baseline}
.verdicts thead th{border:0;padding-top:0;padding-bottom:.3rem}
.verdicts tbody th{width:42%;font-size:1.1rem;line-height:1.35;min-width:14rem}
.verdicts td:last-child{padding-right:0;width:1%}
.verdicts .given{font-weight:600}
.verdicts .sign{font-size:1.1rem}
.verdicts .broken{white-space:normal}
.verdicts tr{color:inherit}
.must{border:1px solid currentColor;color:var(--quiet);padding:0 .4em;white-space:nowrap}
.scroll{overflow-x:auto}
.rows{width:auto;min-width:min(100%,40rem)}
.rows th,.rows td{padding:.4rem 1.75rem .4rem 0;border-top:1px solid var(--line);vertical-align:baseline}
.rows thead th{border:0}
.rows tbody th{font-weight:600}
.rows .right{text-align:right;white-space:nowrap}
.rows small{color:var(--quiet);display:block;max-width:26rem}
.dense{font-size:.9rem}
.dense th,.dense td{padding-top:.25rem;padding-bottom:.25rem}
.squares{display:flex;flex-wrap:wrap;gap:.3rem;margin:0}
.squares span{border:2px solid currentColor;width:2rem;height:2rem;line-height:1.75rem;text-align:center;font-weight:700;position:relative;margin-bottom:1.1rem}
.squares small{position:absolute;left:0;right:0;top:1.9rem;font-weight:400;color:var(--quiet);font-size:.75rem;line-height:1.2}
.groups{display:grid;gap:1.75rem 3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));align-items:start}
.matrix{table-layout:fixed}
.matrix .names{width:8rem}
.matrix .feature{position:relative;height:5.6rem;padding:0;color:var(--quiet)}
.matrix .feature span{position:absolute;left:46%;bottom:.4rem;line-height:1;white-space:nowrap;transform-origin:0 100%;transform:rotate(-42deg)}
.matrix tbody th{padding:0 .5rem 0 0;overflow-wrap:anywhere;line-height:1.2}
.matrix tbody td,.swatch{background-color:var(--heat,var(--panel));color:var(--on,var(--quiet));border:2px solid var(--paper)}
.matrix tbody td{height:3.5rem;text-align:center;line-height:1.2;padding:.1rem;background-image:linear-gradient(currentColor,currentColor);background-repeat:no-repeat;background-position:0 100%;background-size:var(--share,0) 4px;overflow-wrap:anywhere}
.matrix b{display:block;white-space:nowrap;font-size:.9rem}
.matrix small{display:block;font-size:.8rem}
.matrix i{font-style:normal;font-size:1.3rem}
.l1{--heat:var(--l1);--on:var(--on-heat);--share:25%}.l2{--heat:var(--l2);--on:var(--on-heat);--share:50%}
.l3{--heat:var(--l3);--on:var(--on-heat);--share:75%}.l4{--heat:var(--l4);--on:var(--on-heat);--share:100%}
.lnone{--heat:transparent}
.own{outline:2px solid var(--ink);outline-offset:-4px}
.swatch{display:inline-block;width:1.3em;height:1.3em;flex:none;line-height:1.1;text-align:center;border:0;font-weight:700;background-image:linear-gradient(currentColor,currentColor);background-repeat:no-repeat;background-position:0 100%;background-size:var(--share,0) 3px}
.topology{display:grid;gap:1.75rem 3rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));align-items:start}
.boxes{display:flex;flex-wrap:wrap;gap:.7rem;align-items:flex-start}
.box{border:2px solid var(--ink);padding:.6rem .7rem .4rem}
.box ul{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem;margin:0 0 .35rem;padding:0}
.box li{background:var(--panel);border:1px solid var(--line);padding:.05rem .55rem;font-weight:600}
.box small{color:var(--quiet)}
@media screen and (max-width:40rem){
.verdicts thead{display:none}
.verdicts,.verdicts tbody,.verdicts tr,.verdicts th,.verdicts td{display:block;width:auto}
.verdicts tr{border-top:1px solid var(--line);padding:.75rem 0}
.verdicts th,.verdicts td{border:0;padding:.1rem 0}
.verdicts tbody th,.verdicts td:last-child{width:auto}
.verdicts .given::before{font-weight:400;color:var(--quiet);content:"measured "}
.verdicts th+.given::before{content:"predicted "}
.rows th,.rows td{padding-right:1.1rem}
.rows td{min-width:6.5rem}
.rows .right{min-width:0}
.unit{display:none}
.matrix .names{width:6.2rem}
.matrix .feature{height:6.8rem}
.matrix .feature span{left:50%;transform:rotate(-90deg) translate(0,.5em)}
.matrix tbody th{font-size:.8rem}
.matrix tbody td{height:3rem}
.matrix b{font-size:.9rem}
.matrix small{font-size:.7rem}
}
`;
