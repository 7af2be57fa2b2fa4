// screen/start-screen.ts: the calm screen of `npm start`: what runs where, what to try, how to break it.
// Pure; called by commands/start.ts once everything is ready.
import { bold, dim, megabytes, seconds, table, yellow } from '../commands/lib/format.ts';
import type { ComponentStatus, RunningTarget } from '../targets/platform.ts';

export interface Screen {
  readonly shapes: readonly RunningTarget[];
  /** From the start of this program, without an installation that came first. */
  readonly readyMs: number;
  /** Of every process together, the lab's own among them; undefined where it cannot be known. */
  readonly pssBytes: number | undefined;
  readonly rssBytes: number;
  readonly instructorKey: string;
  readonly customerKey: string;
  readonly demoKeys: boolean;
  /** Relative to the current folder where that is shorter. */
  readonly logFolder: string;
}

/** @returns lines of at most 80 columns */
export function startScreen(screen: Screen): string {
  const sections = [
    `${bold('One shop, side by side')}  ${dim(`ready in ${seconds(screen.readyMs)} (after the install)`)}`,
    whatRuns(screen),
    `${bold('Try')}\n${toTry(screen).join('\n')}`,
    `${bold('Break payments')}  ${dim('it heals by itself after 30 s; only a crash is restarted')}\n${toBreak(screen)}`,
    notes(screen),
  ];
  return `\n${indented(sections.join('\n\n'))}\n`;
}

function whatRuns({ shapes, rssBytes, pssBytes }: Screen): string {
  const rows = shapes.flatMap(({ target, components }) =>
    components.map((status) => rowOf(status, target.frontDoor === status.name)),
  );
  const memory =
    pssBytes === undefined
      ? `${megabytes(rssBytes)} in all, this program included`
      : `${megabytes(pssBytes)} in all, this program included; ${megabytes(rssBytes)} if what they share is counted each time`;
  return `${table(rows, [2, 3])}\n${dim(memory)}`;
}

function rowOf({ name, url, pid, rssBytes }: ComponentStatus, isFrontDoor: boolean): string[] {
  const indent = isFrontDoor ? '' : '  ';
  return [`${indent}${name}`, url, `pid ${pid ?? '-'}`, megabytes(rssBytes)];
}

function toTry({ shapes, customerKey }: Screen): string[] {
  const [first, last] = [shapes.at(0)?.baseUrl, shapes.at(-1)?.baseUrl];
  return [
    `curl '${first}/products?q=tea&limit=3'`,
    `curl ${last}/orders -H 'x-api-key: ${customerKey}' \\`,
    `  -H 'content-type: application/json' -d '{"customerId":"cus_alice",`,
    `  "lines":[{"productId":"prd_0001","quantity":1}],"cardToken":"tok_visa"}'`,
    `curl ${last}/topology`,
  ];
}

function toBreak({ shapes, instructorKey }: Screen): string {
  return shapes
    .map(
      ({ baseUrl }) =>
        `curl -X PUT ${baseUrl}/chaos/payments -H 'x-api-key: ${instructorKey}' \\\n` +
        `  -H 'content-type: application/json' -d '{"kind":"crash"}'`,
    )
    .join('\n');
}

function notes({ shapes, logFolder, demoKeys }: Screen): string {
  const docs = shapes.map(({ baseUrl }) => `${baseUrl}/docs`).join('  ');
  const rows = [
    ['API pages', docs],
    ['Logs', `${logFolder}/<shape>/<component>.log`],
    ...(demoKeys ? [['Keys', yellow('demo keys: keep this to your own machine')]] : []),
    ['Stop', 'Ctrl-C'],
  ];
  return table(rows);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
