// stage-function/handler.mjs: one stage of a chain: works for a while, then hands the order on.
// Run by the local Lambda service; chain-server.ts makes a function of it for each stage.
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { STAGE_MS, NEXT_FUNCTION_URL, NEXT_QUEUE_URL, SQS_URL, DONE_FOLDER } = process.env;

/** A record of a queue, or an order that the stage before waits for. */
export async function handler(event) {
  const orders = event.Records?.map(({ body }) => body) ?? [event.order];
  for (const order of orders) await takeOn(order);
  return {};
}

async function takeOn(order) {
  // Stands for the stage's own work: a sleep, so that no core is the limit (simulated).
  await sleep(Number(STAGE_MS));
  if (NEXT_QUEUE_URL) await send(order);
  else if (NEXT_FUNCTION_URL) await call(order);
  else finish(order);
}

async function send(order) {
  const answer = await fetch(SQS_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
    },
    body: JSON.stringify({ QueueUrl: NEXT_QUEUE_URL, MessageBody: order }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The next queue answered ${answer.status}: ${text}`);
}

async function call(order) {
  const answer = await fetch(NEXT_FUNCTION_URL, {
    method: 'POST',
    body: JSON.stringify({ order }),
  });
  const text = await answer.text();
  if (!answer.ok || answer.headers.has('x-amz-function-error'))
    throw new Error(`The next stage failed: ${text}`);
}

/** Once: a file that is there already says that this is a repeat, in whichever process that is. */
function finish(order) {
  try {
    closeSync(openSync(join(DONE_FOLDER, order), 'wx'));
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    appendFileSync(join(DONE_FOLDER, 'repeats'), `${order}\n`);
  }
}
