// lambda/service-invoke.ts: how another service of this cloud invokes a function: text in, text out.
// Called by whoever starts api-gateway/ and event-source/, which know this type and not the service.
import { LambdaError, requestTooLarge, TooManyRequests } from './errors.ts';
import type { Invoke } from './invoke.ts';
import { maxSyncPayloadBytes } from './limits.ts';

export interface ServiceInvokeOptions {
  /** `Root=1-…`, as in the header X-Amzn-Trace-Id. */
  readonly traceId?: string | undefined;
}

export interface ServiceInvokeResult {
  /** Of the Invoke API: 200 also when the function failed, 429 for a throttle. */
  readonly statusCode: number;
  /** JSON: what the function returned, its error, or why nothing ran. */
  readonly payload: string;
  /** Set when the function ran and failed. */
  readonly functionError?: string | undefined;
  /** Nothing ran; the same request may succeed a little later. */
  readonly throttled?: boolean | undefined;
}

/**
 * Never rejects for what Lambda refuses: that is a `statusCode`. Waits as long as the function's own
 * timeout allows; who has less patience goes away by itself, and the function runs on.
 */
export type ServiceInvoke = (
  functionName: string,
  payloadText: string,
  options?: ServiceInvokeOptions,
) => Promise<ServiceInvokeResult>;

/** Straight into a Lambda of the same process, with the limits of the Invoke API. */
export function serviceInvoke({ invoke }: { readonly invoke: Invoke }): ServiceInvoke {
  return async (functionName, payloadText, { traceId } = {}) => {
    try {
      const bytes = Buffer.byteLength(payloadText);
      if (bytes > maxSyncPayloadBytes)
        throw requestTooLarge(bytes, 'RequestResponse', maxSyncPayloadBytes);
      const { payload, functionError } = await invoke(functionName, payloadText, { traceId });
      return { statusCode: 200, payload: payload.toString('utf8'), functionError };
    } catch (error) {
      if (!(error instanceof LambdaError)) throw error;
      return {
        statusCode: error.status,
        payload: JSON.stringify({ message: error.message }),
        throttled: error instanceof TooManyRequests,
      };
    }
  };
}
