// api-gateway/invoke-function.ts: asks a function, and waits no longer than the gateway would.
// Called by answer-call.ts.
import type { ServiceInvoke } from '../lambda/service-invoke.ts';
import { GatewayError } from './gateway-error.ts';

/**
 * @returns the payload of a function that did not fail
 * @throws GatewayError: 504 after the timeout (the function runs on), 502 when the function failed,
 *   413 for an event above Lambda's 6 MB, 500 for whatever else Lambda refuses
 */
export async function invokeFunction(
  invoke: ServiceInvoke,
  functionName: string,
  event: string,
  { timeoutMs, traceId }: { readonly timeoutMs: number; readonly traceId: string },
): Promise<string> {
  const { statusCode, payload, functionError, throttled } = await within(
    timeoutMs,
    invoke(functionName, event, { traceId }),
  );
  if (statusCode === 413) throw new GatewayError('REQUEST_TOO_LARGE');
  // A LESSON: Lambda's 429 reaches the client as 500. The gateway says 429 of its own limits only;
  // that functions are throttled is in Lambda's metrics, and a client that only retries 429s gives up.
  if (throttled || statusCode >= 300) throw new GatewayError('API_CONFIGURATION_ERROR');
  if (functionError !== undefined) throw new GatewayError('DEFAULT_5XX');
  return payload;
}

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new GatewayError('INTEGRATION_TIMEOUT')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
