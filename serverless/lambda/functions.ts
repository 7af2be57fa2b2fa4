// lambda/functions.ts: the functions of this account and their versions; knows nothing of processes.
// Called by lambda.ts for every change and by the invoker to find what is to run.
import { functionArn, parseFunctionName } from './arn.ts';
import { type DeployedCode, deployCode } from './code.ts';
import { functionExists, functionNotFound } from './errors.ts';
import { type FunctionConfig, type FunctionSettings, settingsOf } from './function-config.ts';

/** What an environment runs: one code with one configuration. Never changes. */
export interface FunctionVersion {
  readonly functionName: string;
  /** `$LATEST`, or from `1` on for what was published. */
  readonly version: string;
  readonly settings: FunctionSettings;
  readonly code: DeployedCode;
  readonly modifiedAtMs: number;
}

interface LambdaFunction {
  latest: FunctionVersion;
  readonly published: FunctionVersion[];
}

export interface Functions {
  /** @throws ResourceConflictException (409), InvalidParameterValueException (400) */
  create(config: FunctionConfig): FunctionVersion;
  /** @returns what `$LATEST` was before and what it is now */
  updateCode(name: string, codeFolder: string): { before: FunctionVersion; after: FunctionVersion };
  /** A numbered copy of `$LATEST`; the last one again when nothing changed since. */
  publish(name: string): FunctionVersion;
  /** @returns all its versions */
  remove(name: string): FunctionVersion[];
  /**
   * @param name in any form that "Invoke" allows
   * @param qualifier `$LATEST` (default) or a version; aliases do not exist
   * @throws ResourceNotFoundException (404)
   */
  find(name: string, qualifier?: string): FunctionVersion;
  /** `$LATEST` first, then what was published, oldest first. */
  versionsOf(name: string): FunctionVersion[];
  /** `$LATEST` of every function, by name. */
  list(): FunctionVersion[];
}

/** @param codeRoot where the copies of what is deployed go; made when missing */
export function createFunctions(codeRoot: string, now: () => number): Functions {
  const functions = new Map<string, LambdaFunction>();

  function known(nameOrArn: string): LambdaFunction {
    const { name } = parseFunctionName(nameOrArn);
    const found = functions.get(name);
    if (found === undefined) throw functionNotFound(functionArn(name));
    return found;
  }

  return {
    create(config) {
      const settings = settingsOf(config);
      if (functions.has(config.name)) throw functionExists(config.name);
      const code = deployCode(codeRoot, config.codeFolder);
      const functionName = config.name;
      const latest = { functionName, version: '$LATEST', settings, code, modifiedAtMs: now() };
      functions.set(functionName, { latest, published: [] });
      return latest;
    },
    updateCode(name, codeFolder) {
      const found = known(name);
      const before = found.latest;
      const code = deployCode(codeRoot, codeFolder);
      found.latest = { ...before, code, modifiedAtMs: now() };
      return { before, after: found.latest };
    },
    publish(name) {
      const { latest, published } = known(name);
      const last = published.at(-1);
      if (last !== undefined && last.code.sha256 === latest.code.sha256) return last;
      const next = { ...latest, version: String(published.length + 1) };
      published.push(next);
      return next;
    },
    remove(name) {
      const versions = this.versionsOf(name);
      functions.delete(parseFunctionName(name).name);
      return versions;
    },
    find(nameOrArn, qualifier) {
      const { name, qualifier: inName } = parseFunctionName(nameOrArn);
      const wanted = qualifier ?? inName ?? '$LATEST';
      const found = this.versionsOf(name).find(({ version }) => version === wanted);
      if (found === undefined) throw functionNotFound(functionArn(name, wanted));
      return found;
    },
    versionsOf(name) {
      const { latest, published } = known(name);
      return [latest, ...published];
    },
    list: () =>
      [...functions.values()]
        .map(({ latest }) => latest)
        .sort((a, b) => (a.functionName < b.functionName ? -1 : 1)),
  };
}
