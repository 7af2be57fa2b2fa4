// experiments/blast-radius/blows.ts: what is broken, where: logical roles only, the same in every shape.
// Read by blast-radius.ts, which deals them out, and by the figures, which list them in this order.
import type { Fault } from '@lab/shared/contract/chaos.ts';
import { type Feature, features } from '@lab/shared/contract/operation.ts';
import { componentFor, type Role } from '../../lab/bindings.ts';
import { switchOn } from '../../lab/fault-switch.ts';
import type { Blow } from '../../lab/trial.ts';
import { nowMs } from '../../targets/life.ts';
import type { Platform, RunningTarget } from '../../targets/platform.ts';
import { strikeDead } from './deadly.ts';

export interface BlowPlan extends Blow {
  readonly role: Role;
  readonly kind: Fault['kind'] | 'kill' | 'database-kill' | 'cut';
  /** What it needs of the platform; nothing unless said. */
  readonly needs?: 'databases' | 'network';
  /** How long it goes on whatever is taken back, ms: what stands still hears of nothing. */
  readonly lastsMs: number;
  /** Whether the process ends by it. */
  readonly fatal: boolean;
  /** Part of the short run as well: on every platform, or on one. */
  readonly quick: boolean | Platform['name'];
  /** Part of the A/A arm. */
  readonly twin: boolean;
}

/** The role that most faults are given to: in the middle of a checkout, and rarely asked directly. */
const VICTIM = 'payments';
/** Longer than any hold: each fault is taken back by the trial, not by its own clock. */
const durationMs = 60_000;

/** They make calls wait, and healing ends the wait: left on longer than any customer has patience. */
const waits: readonly Fault['kind'][] = ['slow-query', 'db-lock', 'pool'];
const WAIT_HOLD_MS = 2000;

/** Faults of a handler first, then those that end or stop a process, then the database's. */
const onVictim: readonly (readonly [fault: Fault, fatal: boolean, quick: BlowPlan['quick']])[] = [
  [{ kind: 'exception', durationMs }, false, true],
  [{ kind: 'error', durationMs }, false, false],
  [{ kind: 'wrong', durationMs }, false, false],
  [{ kind: 'crash', durationMs }, true, true],
  [{ kind: 'rejection', durationMs }, true, false],
  // In a container it meets the container's limit, which is worth a look every time.
  [{ kind: 'leak', leakMb: 16, durationMs }, true, 'compose'],
  // Longer than any customer waits, else it would only be slow. The switch is off before the loop ends:
  // one endless loop, not one for each call that queues behind it.
  [{ kind: 'hang', hangMs: 2500, durationMs: 900 }, false, true],
  // SQLite runs in its caller's process and stops it as a loop would: one query, for the same reason.
  [{ kind: 'slow-query', queryMs: 2000, durationMs: 900 }, false, false],
  [{ kind: 'db-lock', lockMs: 2500, durationMs: 2500 }, false, false],
  [{ kind: 'pool', holdMs: 2500, durationMs: 2500 }, false, false],
];

export const blows: readonly BlowPlan[] = [
  ...onVictim.map(([fault, fatal, quick]) => blowOf(VICTIM, fault, fatal, quick)),
  ...features
    .filter((feature) => feature !== VICTIM)
    .map((feature) => blowOf(feature, { kind: 'crash', durationMs }, true, true)),
  killOf('kill in gateway', 'gateway', 'kill', () => 'gateway'),
  {
    ...killOf('database kill in payments', VICTIM, 'database-kill', databaseUnder),
    needs: 'databases',
  },
  {
    name: 'network cut in payments',
    role: VICTIM,
    kind: 'cut',
    needs: 'network',
    lastsMs: 0,
    fatal: false,
    quick: true,
    twin: false,
    async strike(running) {
      const atMs = nowMs();
      await running.network?.cut(ownerOf(running, VICTIM));
      return atMs;
    },
    revert: async (running) => running.network?.mend(ownerOf(running, VICTIM)),
  },
];

/** @param victim names what gets a SIGKILL */
function killOf(
  name: string,
  role: Role,
  kind: BlowPlan['kind'],
  victim: (running: RunningTarget) => string,
): BlowPlan {
  return {
    name,
    role,
    kind,
    lastsMs: 0,
    fatal: true,
    quick: true,
    twin: false,
    async strike(running) {
      const atMs = nowMs();
      running.kill(victim(running));
      return atMs;
    },
  };
}

function ownerOf({ target }: RunningTarget, role: Role): string {
  return componentFor(target, role)?.name ?? role;
}

/** The database server of whatever runs the victim. */
function databaseUnder(running: RunningTarget): string {
  const owner = ownerOf(running, VICTIM);
  const server = running.databases.find(({ name }) => name.startsWith(owner));
  if (server === undefined) throw new Error(`${owner} has no database server.`);
  return server.name;
}

/** Features whose requests need the role: what a fault in it may reach where nothing else is shared. */
export function featuresNeeding(role: Role): readonly Feature[] {
  if (role === 'gateway') return features;
  const needs: readonly Role[] = ['catalog', 'inventory', 'payments'];
  return features.filter(
    (feature) => feature === role || (feature === 'orders' && needs.includes(role)),
  );
}

/** Of the process that met it: a crash comes with the next call, a leak fills the heap first. */
const CRASH_MS = 400;
const LEAK_MS = 4000;
/** Five times the memory, and each of up to four processes answers its part of the calls alone. */
const FUNCTION_LEAK_MS = 15_000;

function patienceMs({ kind }: Fault, { target }: RunningTarget): number {
  if (kind !== 'leak') return CRASH_MS;
  return target.functions === undefined ? LEAK_MS : FUNCTION_LEAK_MS;
}

function blowOf(role: Feature, fault: Fault, fatal: boolean, quick: BlowPlan['quick']): BlowPlan {
  return {
    name: `${fault.kind} in ${role}`,
    role,
    kind: fault.kind,
    lastsMs: lengthOf(fault),
    fatal,
    quick,
    ...(waits.includes(fault.kind) && { holdMs: WAIT_HOLD_MS }),
    twin: role === VICTIM && (fault.kind === 'crash' || fault.kind === 'exception'),
    async strike(running) {
      if (fatal) return strikeDead(running, role, fault, patienceMs(fault, running));
      const atMs = nowMs();
      await switchOn(running.baseUrl, role, fault);
      return atMs;
    },
  };
}

/** From the first call, which comes within milliseconds; `pool` leaves the event loop free to heal. */
function lengthOf(fault: Fault): number {
  if (fault.kind === 'hang') return fault.hangMs;
  if (fault.kind === 'slow-query') return fault.queryMs;
  return fault.kind === 'db-lock' ? fault.lockMs : 0;
}
