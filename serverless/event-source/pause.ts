// event-source/pause.ts: a wait that ends early when the mapping closes.
// Called by deliver.ts between two attempts and by event-source.ts after an error.

export function pause(ms: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      closing.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    closing.addEventListener('abort', end);
    if (closing.aborted) end();
  });
}
