// runtime/lifecycle.ts: starts a process, stops it gracefully, and refuses to start in one sentence.
// Called by every server.ts.
import { BadConfig } from './config.ts';
import { UnusableDatabase } from './database.ts';

export interface Running {
  /** Stops taking requests, lets those under way finish, closes the database. */
  close(): Promise<void>;
}

/** How long requests under way may take once the process was told to stop. */
const GRACE_MS = 4000;

/**
 * Runs `start`; SIGTERM or SIGINT closes what it returned and exits 0.
 * A refusal to start (config, database, port) prints one sentence and exits 2.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    let stopping = false;
    const stop = () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), GRACE_MS).unref();
      running.close().then(() => process.exit(0), fail);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${sentence(error)}\n`);
  process.exit(2);
}

function sentence(error: unknown): string {
  if (error instanceof BadConfig || error instanceof UnusableDatabase) return error.message;
  const { code, address, hostname, port } = error as NodeJS.ErrnoException & {
    address?: string;
    hostname?: string;
    port?: number;
  };
  if (code === 'EADDRINUSE') {
    return `${address}:${port} is taken by another program: stop that one, or set PORT.`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL') {
    return `${address ?? hostname} is no address of this machine: set HOST to one, or to 0.0.0.0.`;
  }
  if (code === 'EACCES') return `${address}:${port} may not be used: set PORT to 1024 or more.`;
  return (error as Error).stack ?? String(error);
}
