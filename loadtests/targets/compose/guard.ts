// targets/compose/guard.ts: sees to it that no container outlives the harness, however that ends.
// Called by compose-platform.ts, once a running target.
import { lastWill } from '@lab/shared/runtime/last-will.ts';
import { watchCommands } from './engine.ts';
import type { Project } from './project.ts';

// As for processes: a shell whose pipe ends when the harness does, SIGKILL included. It ends the
// commands that were under way first, which would go on creating; what the engine had been asked for
// by then comes into being a moment later, so it looks again.
const script = `while read -r line; do groups=$line; done
[ "$groups" = over ] && exit
for group in $groups; do kill -9 "-$group"; done 2>/dev/null
label="label=com.docker.compose.project=$0"
for look in 1 2 3 4 5; do
docker ps -aq --filter "$label" | xargs -r docker rm -fv
docker network ls -q --filter "$label" | xargs -r docker network rm
docker volume ls -q --filter "$label" | xargs -r docker volume rm
sleep 1
done`;

export function guardContainers({ name }: Pick<Project, 'name'>): { end(): void } {
  const will = lastWill(script, name);
  const unwatch = watchCommands((groups) => will.write(`${groups.join(' ')}\n`));
  return {
    end() {
      unwatch();
      will.end('over\n');
    },
  };
}
