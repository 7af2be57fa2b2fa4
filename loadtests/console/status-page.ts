// console/status-page.ts: the page that shows the shapes as they are, once a second; nothing from elsewhere.
// Sent by status-server.ts.

const style = `
:root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1c1b19;--quiet:#5f5c56;--line:#dcd8ce;--panel:#f4f2ec;--good:#1d6b4f;--bad:#a8330a}
@media(prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#eceae4;--quiet:#aaa79f;--line:#3a3d43;--panel:#1d2026;--good:#7fd0ac;--bad:#ff9d6b}}
*{box-sizing:border-box}
body{margin:0;padding:2rem 1.5rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:auto}
h1{font:600 1.7rem/1.2 Georgia,serif;margin:0 0 .3rem}
h2{font-size:1.1rem;margin:0}
p{margin:.2rem 0;color:var(--quiet)}
.shapes{display:grid;gap:2rem;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));margin-top:1.5rem}
.boxes{display:grid;gap:.6rem;grid-template-columns:repeat(2,1fr);margin-top:.8rem}
.box,.room{border:2px solid var(--line);background:var(--panel);border-radius:.4rem;padding:.6rem .7rem}
.process{border-color:var(--good)}
.down{border:2px dashed var(--bad);color:var(--bad)}
.wide{grid-column:1/-1}
.room{border-width:1px;background:var(--paper)}
small{display:block;color:inherit;opacity:.8}
a{color:inherit}`;

const script = `
const sign = { up: '✓ up', down: '✗ down' };
const text = (tag, words, kind) => { const one = document.createElement(tag); one.textContent = words; if (kind) one.className = kind; return one; };
function box(part, database) {
  const one = text('div', part.name, 'box process' + (part.health === 'down' ? ' down' : ''));
  one.append(text('small', sign[part.health]));
  if (database) one.append(text('small', 'database: ' + sign[database.health]));
  return one;
}
function shape({ name, url, state, components }) {
  const section = text('section', '');
  section.append(text('h2', name));
  const words = { answers: 'answers at ', silent: '… does not answer: ', gone: '✗ nobody is there: ' };
  section.append(text('p', words[state] + url));
  const boxes = text('div', '', 'boxes');
  const find = (wanted) => components.find(({ name }) => name === wanted);
  for (const part of components.filter(({ kind }) => kind === 'process')) {
    const one = box(part, find(part.name + '-database'));
    const rooms = components.filter(({ kind, name }) => kind === 'feature' && part.dependsOn.includes(name));
    if (rooms.length > 0 || part.name === 'gateway') one.classList.add('wide');
    if (rooms.length > 0) {
      const inside = text('div', '', 'boxes');
      for (const room of rooms) inside.append(text('div', room.name, 'room'));
      one.append(inside);
    }
    boxes.append(one);
  }
  section.append(boxes);
  return section;
}
async function look() {
  const when = document.querySelector('#when');
  try {
    const shapes = await (await fetch('status.json')).json();
    document.querySelector('.shapes').replaceChildren(...shapes.map(shape));
    when.textContent = 'As of ' + new Date().toLocaleTimeString();
  } catch {
    when.textContent = 'This page’s own server does not answer.';
  }
  setTimeout(look, 1000);
}
look();`;

export const statusPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>One shop, side by side</title><style>${style}</style></head>
<body><main><h1>One shop, side by side</h1>
<p>A box is a process: what is in it lives and dies together. <span id="when"></span></p>
<div class="shapes" aria-live="polite"></div></main><script>${script}</script></body></html>
`;
