// deploy/kinds/events.ts: AWS::Events::Rule with a rate: a function that is called every so often.
// In the table of kinds.ts.
import { randomUUID } from 'node:crypto';
import { accountId, parseFunctionName, region } from '../../lambda/arn.ts';
import { type Kinds, optionalText, parts, text } from '../resource.ts';
import { CannotDeploy } from '../template.ts';

export const eventsKinds: Kinds = {
  'AWS::Events::Rule': {
    takes: ['Description', 'Name', 'ScheduleExpression', 'State', 'Targets'],
    make(resource, { cloud }) {
      const name = optionalText(resource, 'Name') ?? resource.defaultName;
      const arn = `arn:aws:events:${region}:${accountId}:rule/${name}`;
      const everyMs = periodMs(text(resource, 'ScheduleExpression'));
      const targets = parts(resource, 'Targets').map((target) => ({
        functionName: parseFunctionName(text(target, 'Arn')).name,
        input: optionalText(target, 'Input'),
      }));
      const run = () => {
        for (const { functionName, input } of targets)
          cloud.lambda.invokeAsync(functionName, input ?? scheduledEvent(arn));
      };
      const isOff = optionalText(resource, 'State') === 'DISABLED';
      const running = isOff ? undefined : cloud.schedule(everyMs, run);
      return {
        ref: name,
        attributes: { Arn: arn },
        remove: () => running?.close(),
      };
    },
  },
};

const unitsMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** `rate(1 minute)`, `rate(5 minutes)`: one is singular, as AWS wants it. */
function periodMs(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d+) ([a-z]+?)(s?)\)$/.exec(expression) ?? [];
  const unitMs = unitsMs[unit];
  if (unitMs !== undefined && Number(count) > 0 && (plural === '') === (count === '1'))
    return Number(count) * unitMs;
  throw new CannotDeploy(
    expression.startsWith('cron(')
      ? `${expression} is not simulated: use a rate, such as rate(1 minute).`
      : 'Parameter ScheduleExpression is not valid.',
  );
}

/** What EventBridge sends when the target has no input of its own. */
function scheduledEvent(ruleArn: string): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [ruleArn],
    detail: {},
  });
}
