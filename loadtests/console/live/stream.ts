// live/stream.ts: server-sent events to every page that looks, the same bytes to all.
// Called by live-server.ts; a page that reads too slowly is let go, and connects anew by itself.
import type { ServerResponse } from 'node:http';
import type { StreamEvents } from './live-state.ts';

export interface Stream {
  /** @param first what a page that has just come needs to draw all of it */
  join(page: ServerResponse, first: Partial<StreamEvents>): void;
  send<Name extends keyof StreamEvents>(name: Name, event: StreamEvents[Name]): void;
  readonly pages: number;
  close(): void;
}

/** What a page may leave unread: some minutes of events. */
const MOST_UNREAD_BYTES = 4_000_000;

export function createStream(): Stream {
  const pages = new Set<ServerResponse>();
  const write = (page: ServerResponse, text: string) => {
    if (page.writableLength > MOST_UNREAD_BYTES) page.destroy();
    else page.write(text);
  };
  return {
    join(page, first) {
      page.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      // The browser tries again after so many milliseconds, when this server is gone.
      write(page, 'retry: 1000\n\n');
      for (const [name, event] of Object.entries(first)) write(page, eventText(name, event));
      pages.add(page);
      page.once('close', () => pages.delete(page));
    },
    send(name, event) {
      if (pages.size === 0) return;
      const text = eventText(name, event);
      for (const page of pages) write(page, text);
    },
    get pages() {
      return pages.size;
    },
    close() {
      for (const page of pages) page.destroy();
    },
  };
}

const eventText = (name: string, event: unknown) =>
  `event: ${name}\ndata: ${JSON.stringify(event)}\n\n`;
