// chassis/reader-ways.ts: two ways to run a small program beside this one: as a thread, or as a process.
// Called by reader-keeper.ts; the program, reader.ts, is another entry of the zip.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Question, Told } from '../reader.ts';

/** One life of the program. */
export interface Reader {
  ask(question: Question): void;
  /** Whatever it does: it only reads. A process ends at once, a thread when its statement has. */
  end(): void;
}

/** Hears of it; `ended` is called once, also when it could not be started. */
export interface Listener {
  told(message: Told): void;
  ended(reason: string): void;
}

/** Each starts the program with the flags and the environment of this process. */
export const ways = { worker: asThread, process: asProcess };

function asThread(program: URL, { told, ended }: Listener): Reader {
  const thread = program.pathname.endsWith('.ts') ? fromSource(program) : new Worker(program);
  let reason: string | undefined;
  thread.on('message', told);
  thread.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  thread.once('exit', (code) => ended(reason ?? `exit code ${code}`));
  return {
    ask: (question) => thread.postMessage(question),
    end: () => void thread.terminate(),
  };
}

/** A thread does not inherit from `tsx` how to read TypeScript; it is told before anything else. */
function fromSource({ href }: URL): Worker {
  const text = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    .then(({ register }) => (register(), import(${JSON.stringify(href)})))`;
  return new Worker(text, { eval: true });
}

/** Its channel closes when this process ends, however that ends, and it ends with its channel. */
function asProcess(program: URL, { told, ended }: Listener): Reader {
  const child = fork(fileURLToPath(program));
  child.on('message', told);
  child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
  child.on('error', ({ message }) => {
    if (child.pid === undefined) ended(message);
  });
  return {
    // What cannot be sent to one that is ending is refused when it has ended.
    ask: (question) => void child.send(question, () => {}),
    end: () => void child.kill('SIGKILL'),
  };
}
