// browser/main.tsx: the console in the browser: connects to the stream and draws.
// Bundled by page-files.ts.
import 'uplot/dist/uPlot.min.css';
import '../../base.css';
import './style.css';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Controls } from './controls.tsx';
import { Happenings } from './happenings.tsx';
import { Head } from './head.tsx';
import { Legend } from './legend.tsx';
import { isInstructor } from './orders.ts';
import { ShapePanel } from './shape-panel.tsx';
import { listen, useKnown } from './store.ts';

function Page() {
  const { state, seconds, live } = useKnown();
  const [instructor, setInstructor] = useState(false);
  const [feature, setFeature] = useState('orders');
  useEffect(() => {
    const ask = () => void isInstructor().then(setInstructor);
    ask();
    // The instructor's link, pasted where the page is open already.
    window.addEventListener('hashchange', ask);
    return () => window.removeEventListener('hashchange', ask);
  }, []);
  if (state === null) return <p class="waiting">Waiting for the lab …</p>;
  return (
    <>
      <Head state={state} live={live} instructor={instructor} />
      <main>
        <Happenings state={state} />
        <div class="shapes">
          {state.shapes.map((shape) => (
            <ShapePanel
              key={shape.name}
              shape={shape}
              state={state}
              seconds={seconds.get(shape.name) ?? []}
              everything={[...seconds.values()].flat()}
              feature={feature}
              onFeature={setFeature}
            />
          ))}
        </div>
        <Legend />
        <Controls state={state} instructor={instructor} />
      </main>
    </>
  );
}

const root = document.querySelector('#console');
if (root !== null) render(<Page />, root);
listen('/stream');
