// lambda/configuration.ts: a function's version as AWS shows it ("FunctionConfiguration").
// Called by control-api.ts.
import { functionArn } from './arn.ts';
import { runtimeName } from './environment-variables.ts';
import type { FunctionVersion } from './functions.ts';

export interface FunctionConfiguration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Version: string;
  readonly Runtime: string;
  readonly Role: string;
  readonly Handler: string;
  /** Of the unpacked code, where AWS counts the zip. */
  readonly CodeSize: number;
  readonly CodeSha256: string;
  /** Seconds. */
  readonly Timeout: number;
  /** MB. */
  readonly MemorySize: number;
  readonly LastModified: string;
  readonly PackageType: 'Zip';
  readonly State: 'Active';
  readonly LastUpdateStatus: 'Successful';
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

/** @param isQualified whether the ARN names the version */
export function configurationOf(
  { functionName, version, settings, code, modifiedAtMs }: FunctionVersion,
  isQualified: boolean,
): FunctionConfiguration {
  return {
    FunctionName: functionName,
    FunctionArn: functionArn(functionName, isQualified ? version : undefined),
    Version: version,
    Runtime: runtimeName(),
    Role: 'arn:aws:iam::000000000000:role/local',
    Handler: settings.handler,
    CodeSize: code.sizeBytes,
    CodeSha256: code.sha256,
    Timeout: settings.timeoutSeconds,
    MemorySize: settings.memorySizeMb,
    LastModified: new Date(modifiedAtMs).toISOString().replace('Z', '+0000'),
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    Environment: { Variables: settings.environment },
  };
}
