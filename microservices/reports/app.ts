// reports/app.ts: the reports service: one feature, its own database.
// Called by server.ts; tests build it too.
import { createService } from '@lab/chassis/service.ts';
import type { Database } from '@lab/shared/runtime/database.ts';
import type { Logger } from '@lab/shared/runtime/log.ts';
import type { FastifyInstance } from 'fastify';
import { type Books, booksOf } from './books.ts';
import type { ReportsConfig } from './config.ts';
import * as controller from './controller.ts';
import { journalBeside } from './journal.ts';
import { reportsRoutes } from './routes.ts';

/** The database and the feature; its controller behind its fault switch. */
export interface Shop {
  db: Database;
  books: Books;
  reports: typeof controller;
}

export function createApp(config: ReportsConfig, db: Database, log: Logger): FastifyInstance {
  const books = booksOf(db, journalBeside(config.DATABASE_URL));
  return createService({
    component: 'reports',
    title: 'the books.',
    config,
    log,
    controller,
    db,
    dependencies: { database: () => db.ping() },
    // GET /reports/revenue  GET /reports/top-products  POST /reports/events
    routes: (app, reports) => reportsRoutes(app, { db, books, reports }),
    entry: import.meta.url,
  });
}
