// screen/cloud-screen.ts: the screen of `npm run deploy:local`: where the shop is, and what can be seen.
// Pure; called by commands/deploy-local.ts once everything is deployed.
import { DEMO_CUSTOMER_KEY } from '@lab/shared/runtime/config.ts';
import { bold, dim, seconds, table, yellow } from '../commands/lib/format.ts';

export interface CloudScreen {
  readonly invokeUrl: string;
  readonly sqsUrl: string;
  readonly lambdaUrl: string;
  readonly customerKey: string;
  readonly instructorKey: string;
  /** From the start of this program, without an installation that came first. */
  readonly readyMs: number;
  /** Both relative to the current folder. */
  readonly dataFolder: string;
  readonly logFolder: string;
}

export function cloudScreen(screen: CloudScreen): string {
  const sections = [
    `${bold('The shop as functions, in a cloud on this machine')}   ${dim(`deployed in ${seconds(screen.readyMs)}`)}`,
    table([
      ['invoke URL', bold(screen.invokeUrl)],
      ['x-api-key', customerKeyOf(screen)],
    ]),
    `${bold('Try')}   ${dim('no function runs before it is called: the first call of each is cold')}\n${toTry(screen)}`,
    `${bold('Look at')}\n${toSee(screen)}`,
    dim('Ctrl-C stops everything; databases and queues stay (--fresh forgets them).'),
  ];
  return `\n${sections.join('\n\n').replaceAll(/^(?=.)/gm, '  ')}\n`;
}

function customerKeyOf({ customerKey }: CloudScreen): string {
  const isPublic = customerKey === DEMO_CUSTOMER_KEY;
  return `${customerKey}${isPublic ? `   ${yellow('public: for this machine only')}` : ''}`;
}

function toTry({ invokeUrl, customerKey }: CloudScreen): string {
  return [
    `URL=${invokeUrl}`,
    "curl $URL'/products?q=tea&limit=3'",
    `curl $URL/orders -H 'x-api-key: ${customerKey}' \\`,
    `  -H 'content-type: application/json' -d '{"customerId":"cus_alice",`,
    `  "lines":[{"productId":"prd_0001","quantity":1}],"cardToken":"tok_visa"}'`,
    `npm run sdk -- --from $URL`,
  ].join('\n');
}

function toSee({ sqsUrl, lambdaUrl, instructorKey, dataFolder, logFolder }: CloudScreen): string {
  return table([
    ['API page', '$URL/docs'],
    ['the parts, as they are', '$URL/topology'],
    ['faults', `$URL/chaos with x-api-key: ${instructorKey}`],
    ['log of each function', `${logFolder}/shop-orders.log`],
    ['databases', `${dataFolder}/orders.db`],
    ['queues', `aws --endpoint-url ${sqsUrl} sqs list-queues`],
    ['functions', `aws --endpoint-url ${lambdaUrl} lambda list-functions`],
  ]);
}
