// browser/legend.tsx: what the colours of the strips mean, and the signs below them.
// Drawn by main.tsx, once for all shapes.
import { looks, outcomes } from './looks.ts';

export function Legend() {
  return (
    <ul class="legend" aria-label="What the colours mean">
      {outcomes.map((outcome) => (
        <li key={outcome}>
          <i class={`swatch ${outcome}`} /> {outcome}: {looks[outcome].means}
        </li>
      ))}
      <li>⚡ something was broken</li>
      <li>⇪ deployed</li>
      <li>⇄ call or queue</li>
      <li>↻ restarts so far</li>
    </ul>
  );
}
