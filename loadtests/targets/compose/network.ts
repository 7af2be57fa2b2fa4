// targets/compose/network.ts: takes a container out of its shape's network, and puts it back.
// Called by compose-platform.ts. Its own database, in another network, it still reaches.
import type { Network } from '../platform.ts';
import { componentOf, type Target } from '../targets.ts';
import { docker } from './engine.ts';
import { profileOf } from './override.ts';
import { containerOf, type Project } from './project.ts';

export function networkOf(target: Target, project: Project): Network {
  const network = `${project.name}_${profileOf(target)}`;
  return {
    async cut(name) {
      const container = containerOf(project, componentOf(target, name).name);
      await docker(['network', 'disconnect', '--force', network, container]);
    },
    async mend(name) {
      const container = containerOf(project, componentOf(target, name).name);
      if (await isIn(network, container)) return;
      // By its name the others find it.
      await docker(['network', 'connect', '--alias', name, network, container]);
    },
  };
}

async function isIn(network: string, container: string): Promise<boolean> {
  const format = `{{with index .NetworkSettings.Networks "${network}"}}in{{end}}`;
  return (await docker(['inspect', '--format', format, container])).trim() === 'in';
}
