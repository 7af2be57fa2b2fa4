// prices/cost.ts: what was used, in dollars of AWS's list.
// Called by the experiments that count invocations, calls and hours.
import { aws2026 } from './aws-2026.ts';

export interface Used {
  /** Sum over all invocations, ms. */
  readonly billedMs: number;
  /** Of each of them. */
  readonly memoryMb: number;
  readonly invocations: number;
  readonly restApiRequests?: number;
  readonly sqsCalls?: number;
}

/** US dollars. */
export function dollarsFor(used: Used): number {
  const { billedMs, memoryMb, invocations, restApiRequests = 0, sqsCalls = 0 } = used;
  const gbSeconds = (billedMs / 1000) * (memoryMb / 1024);
  const millionths =
    invocations * aws2026.lambdaMillionRequests +
    restApiRequests * aws2026.restApiMillionRequests +
    sqsCalls * aws2026.sqsMillionRequests;
  return gbSeconds * aws2026.lambdaGbSecond + millionths / 1e6;
}

/** A server that runs whether it is asked or not, US dollars for an hour. */
export function serverDollarsPerHour({ vcpu, memoryGb }: { vcpu: number; memoryGb: number }) {
  return vcpu * aws2026.fargateVcpuHour + memoryGb * aws2026.fargateGbHour;
}

/**
 * Below this rate functions are cheaper than the server, above it the server is.
 * @param dollarsPerRequest above 0
 * @returns requests a second
 */
export function breakEvenRps(dollarsPerRequest: number, serverPerHour: number): number {
  return serverPerHour / 3600 / dollarsPerRequest;
}
