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
  readonly consoleUrl: string;
}

const whenItDies = `nothing dies at once: the process dies at the NEXT call
of payments, which an order makes (the curl above, to any shape).
Without a call within 30 s the fault is gone.`;

const asleep = `No function runs yet: the first request to the cloud starts what it needs.`;

/** @returns lines of at most 80 columns */
export function startScreen(screen: Screen): string {
  const sections = [
    `${bold('One shop, side by side')}   ${dim(`ready in ${seconds(screen.readyMs)}`)}`,
    toSee(screen),
    whatRuns(screen),
    `${bold('Try')}\n${toTry(screen)}`,
    `${bold('Break payments')}   ${dim(whenItDies)}\n${toBreak(screen)}`,
    notes(screen),
  ];
  return `\n${indented(sections.join('\n\n'))}\n`;
}

/** What stands behind # stays in the browser that is given it. */
function toSee({ consoleUrl, instructorKey }: Screen): string {
  return [
    `${bold('See')}   ${consoleUrl}/#key=${instructorKey}`,
    dim('Let customers in, break something, deploy: all shapes at once.'),
    dim(`To look at only: ${consoleUrl}`),
  ].join('\n');
}

function whatRuns({ shapes, rssBytes, pssBytes }: Screen): string {
  const rows = shapes.flatMap(({ target, components }) =>
    components.map((status) => rowOf(status, target.frontDoor === status.name)),
  );
  const note = shapes.some(({ target }) => target.functions !== undefined)
    ? `\n${dim(asleep)}`
    : '';
  const sum = `${megabytes(rssBytes)} in all, with this program: the sum of each one's own (RSS)`;
  const shared =
    pssBytes === undefined ? '' : `\n${megabytes(pssBytes)} counting once what they share (PSS)`;
  return `${table(rows, [2, 3])}${note}\n${dim(sum)}${shared && dim(shared)}`;
}

function rowOf({ name, url, pid, rssBytes }: ComponentStatus, isFrontDoor: boolean): string[] {
  const indent = isFrontDoor ? '' : '  ';
  return [`${indent}${name}`, url, `pid ${pid ?? '-'}`, megabytes(rssBytes)];
}

/** Of the last shape but the cloud, whose address is long. */
function toTry({ shapes, customerKey }: Screen): string {
  const [first, last] = [shapes[0]?.baseUrl, (shapes.filter(isShort).at(-1) ?? shapes[0])?.baseUrl];
  const far = shapes.find((shape) => !isShort(shape))?.baseUrl;
  return [
    `curl '${first}/products?q=tea&limit=3'`,
    `curl ${last}/orders -H 'x-api-key: ${customerKey}' \\`,
    `  -H 'content-type: application/json' -d '{"customerId":"cus_alice",`,
    `  "lines":[{"productId":"prd_0001","quantity":1}],"cardToken":"tok_visa"}'`,
    `curl ${far ?? last}/topology`,
  ].join('\n');
}

const isShort = ({ target }: RunningTarget) => target.basePath === undefined;

/** One command for every shape that runs: what differs is what happens next. */
function toBreak({ shapes, instructorKey }: Screen): string {
  const urls = shapes.map(({ baseUrl }, at) =>
    at === 0 ? `for shop in ${baseUrl}` : `  ${baseUrl}`,
  );
  return [
    `${urls.join(' \\\n')}`,
    `do curl -X PUT $shop/chaos/payments -H 'x-api-key: ${instructorKey}' \\`,
    `  -H 'content-type: application/json' -d '{"kind":"crash"}'`,
    'done',
  ].join('\n');
}

function notes({ shapes, logFolder, demoKeys }: Screen): string {
  const rows = [
    ...shapes.map(({ baseUrl }, index) => [index === 0 ? 'Pages' : '', `${baseUrl}/docs`]),
    ...shapes.map(({ target }, index) => [
      index === 0 ? 'Logs' : '',
      `${logFolder}/${target.instance}/<component>.log`,
    ]),
    ...(demoKeys ? [['Keys', yellow('demo keys: keep this to your own machine')]] : []),
    ['Stop', 'Ctrl-C'],
  ];
  return table(rows);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
