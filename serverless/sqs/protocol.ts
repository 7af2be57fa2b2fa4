// sqs/protocol.ts: AWS JSON 1.0: a request to an action, and its result or its error to an answer.
// Called by server.ts. "Making Query API requests using AWS JSON protocol in Amazon SQS".
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { actions } from './actions.ts';
import { SqsError } from './errors.ts';
import { type Input, isObject } from './parameters.ts';
import type { Sqs } from './sqs.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Simulated: signatures, credentials and policies are not looked at. Signed or not, every request
 * is taken for one of the account 000000000000.
 * @param body undefined when it was too large to be read
 * @returns an answer in any case; what nobody expected is told on stderr, and is a 500
 */
export async function answer(
  sqs: Sqs,
  headers: IncomingHttpHeaders,
  body: Buffer | undefined,
  gone: AbortSignal,
): Promise<Answer> {
  try {
    const name = actionName(headers['x-amz-target']);
    return answerOf(200, await callAction(sqs, name, parse(body), gone));
  } catch (error) {
    if (error instanceof SqsError) return errorAnswer(error);
    console.error('SQS:', error);
    return errorAnswer(
      new SqsError('InternalFailure', 'The request failed for an unknown reason.'),
    );
  }
}

/** @throws SqsError */
export async function callAction(
  sqs: Sqs,
  name: string,
  input: Input,
  gone: AbortSignal,
): Promise<object> {
  const action = actions.get(name);
  if (action === undefined)
    throw new SqsError('InvalidAction', `The action ${name} is not valid for this endpoint.`);
  return action(sqs, input, gone);
}

function actionName(target: string | string[] | undefined): string {
  if (target === undefined)
    throw new SqsError(
      'InvalidAction',
      'The request names no action: send AWS JSON 1.0 with X-Amz-Target: AmazonSQS.<Action>. ' +
        'The query protocol is not supported here.',
    );
  const [, name = String(target)] = /^AmazonSQS\.(\w+)$/.exec(String(target)) ?? [];
  return name;
}

function parse(body: Buffer | undefined): Input {
  if (body === undefined)
    throw new SqsError('RequestEntityTooLarge', 'The request body is too large.');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new SqsError('SerializationException', 'The request body is not valid JSON.');
  }
  if (!isObject(value))
    throw new SqsError('SerializationException', 'The request body must be a JSON object.');
  return value;
}

function errorAnswer(error: SqsError): Answer {
  const fault = error.isSenderFault ? 'Sender' : 'Receiver';
  return answerOf(
    error.status,
    { __type: error.type, message: error.message },
    { 'x-amzn-query-error': `${error.queryCode};${fault}` },
  );
}

function answerOf(
  status: number,
  result: object,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = Buffer.from(JSON.stringify(result));
  return {
    status,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(body.length),
      'x-amzn-requestid': randomUUID(),
      ...headers,
    },
    body,
  };
}
