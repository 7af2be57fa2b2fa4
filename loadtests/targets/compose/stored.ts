// targets/compose/stored.ts: asks a component's PostgreSQL, from inside its container: nothing is published.
// Called by compose-platform.ts.
import { CannotStart } from '../cannot-start.ts';
import type { Stored } from '../platform.ts';
import { componentOf, type Target } from '../targets.ts';
import { docker } from './engine.ts';
import { databaseOf } from './override.ts';
import { containerOf, type Project } from './project.ts';

export function storedInPostgres(target: Target, project: Project): Stored {
  return {
    engine: 'PostgreSQL',
    target,
    async query(name, sql) {
      const component = componentOf(target, name);
      if (!component.hasDatabase)
        throw new CannotStart(`${name} of ${target.name} stores nothing.`);
      const asJson = `SELECT coalesce(json_agg(row), '[]') FROM (${sql}) AS row`;
      const psql = ['psql', '--no-psqlrc', '--username', 'shop', '--tuples-only', '--no-align'];
      const container = containerOf(project, databaseOf(component));
      return JSON.parse(await docker(['exec', container, ...psql, '--command', asJson]));
    },
  };
}
