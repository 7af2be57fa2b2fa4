// gateway/handler.ts: the same app as a Lambda function, for what API Gateway itself has no route for.
// The entry of the function's zip, called by the Lambda runtime: pages, faults, and what is nowhere.
import { answering, type RequestHandler, stagePathOf } from '@lab/chassis/lambda.ts';
import { createLogger } from '@lab/shared/runtime/log.ts';
import { createApp } from './app.ts';
import { readFunctionConfig } from './config.ts';
import { createFunctionServices } from './function-services.ts';

const config = readFunctionConfig();
const log = createLogger('gateway', config.LOG_LEVEL);
const services = createFunctionServices(config);
let answer: RequestHandler | undefined;

export const handler: RequestHandler = async (event, context) => {
  // An API is made after its functions: where it is, only a request can tell.
  answer ??= await answering(
    createApp({ ...config, PUBLIC_URL: config.PUBLIC_URL || baseUrlOf(event) }, services, log),
  );
  return answer(event, context);
};

function baseUrlOf(event: Parameters<RequestHandler>[0]): string {
  const protocol = event.headers['X-Forwarded-Proto'] ?? 'https';
  return `${protocol}://${event.requestContext.domainName}${stagePathOf(event)}`;
}
