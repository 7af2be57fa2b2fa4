// browser/which-shapes.tsx: in all shapes at once, or in those that are ticked.
// Used by the controls that do something to shapes.
import { useState } from 'preact/hooks';
import type { LiveState } from '../live-state.ts';

export function useShapes({ shapes }: LiveState) {
  const [left, setLeft] = useState<readonly string[]>([]);
  const names = shapes.map(({ name }) => name);
  const chosen = names.filter((name) => !left.includes(name));
  const toggle = (name: string) =>
    setLeft(left.includes(name) ? left.filter((one) => one !== name) : [...left, name]);
  const boxes = (
    <p class="ticks">
      {names.map((name) => (
        <label key={name}>
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
          {name}
        </label>
      ))}
    </p>
  );
  return { chosen, boxes };
}
