// deploy/test-kit.ts: a cloud with the real SQS and Lambda, and with what notes down what it is asked.
// Called by the tests of this folder.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Lambda, startLambda } from '../lambda/lambda.ts';
import { type SqsServer, startSqs } from '../sqs/server.ts';
import type {
  EventSourceMapping,
  LocalCloud,
  OpenApiBody,
  StageSettings,
  UsagePlan,
} from './cloud.ts';

export interface TestCloud extends LocalCloud {
  readonly sqs: SqsServer;
  readonly lambda: Lambda;
  readonly asked: Asked;
}

/** What the parts that are not real were asked, in order. */
interface Asked {
  readonly apis: { name: string; body: OpenApiBody }[];
  readonly stages: { apiId: string; stage: string; settings: StageSettings }[];
  readonly keys: object[];
  readonly plans: UsagePlan[];
  readonly code: string[];
  readonly mappings: (EventSourceMapping & { isOpen: boolean })[];
  readonly schedules: { everyMs: number; run: () => void; isOpen: boolean }[];
}

/** Answers with what it was called with and where it runs. */
const code = `
const answer = (entry) => async (event) => ({ entry, event, environment: process.env });
export const handler = answer('handler');
export const deliver = answer('deliver');
export const consumer = answer('consumer');
`;

/** Gone when the test is over. */
export async function startTestCloud(): Promise<TestCloud> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-deploy-test-'));
  const zip = join(folder, 'zip');
  mkdirSync(zip);
  writeFileSync(join(zip, 'handler.mjs'), code);
  const sqs = await startSqs({ port: 0, host: '127.0.0.1' });
  const lambda = await startLambda({ port: 0, host: '127.0.0.1', folder });
  onTestFinished(async () => {
    await lambda.close();
    await sqs.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const asked: Asked = {
    ...{ apis: [], stages: [], keys: [], plans: [] },
    ...{ code: [], mappings: [], schedules: [] },
  };
  return {
    ...{ sqs, lambda, asked },
    ...pretending(asked),
    codeFolder({ bucket, key }) {
      asked.code.push(`${bucket}/${key}`);
      return zip;
    },
  };
}

function pretending(asked: Asked): Pick<LocalCloud, 'apiGateway' | 'eventSource' | 'schedule'> {
  const closing = <Kept extends object>(kept: Kept[], what: Omit<Kept, 'isOpen'>) => {
    const entry = { ...what, isOpen: true };
    kept.push(entry as unknown as Kept);
    return {
      close() {
        entry.isOpen = false;
      },
    };
  };
  return {
    apiGateway: {
      createRestApi: (api) => ({ id: `api${asked.apis.push(api)}` }),
      createDeployment(apiId, stage, settings) {
        asked.stages.push({ apiId, stage, settings });
        return { invokeUrl: `http://127.0.0.1:5000/restapis/${apiId}/${stage}/_user_request_` };
      },
      createApiKey: (key) => ({ id: `key${asked.keys.push(key)}` }),
      createUsagePlan: (plan) => ({ id: `plan${asked.plans.push(plan)}` }),
    },
    eventSource: (mapping) => closing(asked.mappings, mapping),
    schedule: (everyMs, run) => closing(asked.schedules, { everyMs, run }),
  };
}
