// references/settings.ts: what a reference server is told by its environment.
// Read by the references beside it; set by servers.ts.

/** TCP port on 127.0.0.1. */
export const port = Number(process.env.PORT);
/** Absolute path of the SQLite file that the measured server made. */
export const databaseFile = process.env.DATABASE_FILE ?? '';
/** Absolute path of better_sqlite3.node: a bundle cannot look for it by itself. */
export const sqliteAddon = process.env.SQLITE_ADDON ?? '';
/** For example http://127.0.0.1:4001. */
export const upstream = process.env.UPSTREAM ?? '';
/** Of the stub that stalls: how long an answer takes, how long a stall lasts, and how often it comes. */
export const stub = {
  serviceMs: Number(process.env.SERVICE_MS ?? 0),
  stallMs: Number(process.env.STALL_MS ?? 0),
  everyMs: Number(process.env.STALL_EVERY_MS ?? 0),
};
/** Absolute path of a folder with handler.mjs: what functions run. */
export const codeFolder = process.env.CODE_FOLDER ?? '';
/** Absolute path of a folder for what the chain has done; it is made and deleted by the chain. */
export const doneFolder = process.env.DONE_FOLDER ?? '';
/** Absolute path of a folder that exists and is empty. */
export const dataFolder = process.env.DATA_FOLDER ?? '';
