// run.mjs: the door of every npm script: checks Node, installs what is missing, runs one command.
// Plain JavaScript without dependencies: it works before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const commands = {
  start: 'run the monolith, the microservices and the functions side by side',
  test: 'run the tests; the names of files after it select some',
  'test-compose': 'build the images, start both shapes in containers and test them there',
  lab: 'run the experiments; put right and examine what they need',
  compare: 'crash every component of every shape under load and show what each crash took',
  audit: 'place orders while processes are killed, then check every order in the databases',
  bench: "CPU per request of each part against a bare server, and the generator's own accuracy",
  build: 'bundle and zip every component',
  'deploy-local': 'run the shop as functions, in a cloud on this machine',
  sdk: 'generate a client of a running shop, for Node and browsers',
  openapi: 'check, write or release the OpenAPI document of the contract',
  diff: 'show what differs between the twins of a feature',
  check: 'format, lint, types, tests and architecture, in that order',
};
/** Errors whose message is a sentence for a person. */
const sentences = ['BadConfig', 'CannotDeploy', 'CannotStart', 'UnusableDatabase'];
const couldNotRunExitCode = 2;
/** What a shell reports of a program that Ctrl-C ended: 128 + SIGINT. */
const interruptedExitCode = 130;
/** What a shell reports of a program that a closed pipe ended: 128 + SIGPIPE. */
const unreadExitCode = 141;
/** From the signal to the end of npm; what it leaves half done the next installation does anew. */
const npmGraceMs = 2000;
/** A terminal that is closed, too: npm is in a group of its own. */
const stops = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const root = fileURLToPath(new URL('..', import.meta.url));
const fileOf = (name) => new URL(`./commands/${name}.ts`, import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

process.stdout.on('error', endUnread);

// No top-level await: a Node that is too old must get as far as the sentence that says so.
process.on('uncaughtException', giveUp);
run(process.argv.slice(2)).then(leave, giveUp);

function giveUp(error) {
  // Told by name: nothing compiled may be imported here.
  const sentence = error instanceof Error && sentences.includes(error.name);
  console.error(sentence ? error.message : error);
  // Not 1, whatever it is: that says of an experiment that an invariant broke.
  leave(couldNotRunExitCode);
}

async function run([name, ...rest]) {
  if (nodeIsTooOld())
    return refuse(
      `Node ${process.versions.node} is too old: install ${oldestNode().join('.')} or later.`,
    );
  if (name === undefined || name === '--help' || name === '-h') return printCommands();
  if (!known().includes(name))
    return refuse(`There is no command "${name}": choose one of ${known().join(', ')}.`);
  const failed = isInstalled() ? 0 : await install();
  if (failed !== 0) return failed;
  // In this process and not through the tsx command: a signal then reaches everything at once.
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import(fileOf(name).href);
  return main(rest);
}

function oldestNode() {
  return readJson('package.json').engines.node.replace('>=', '').split('.').map(Number);
}

function nodeIsTooOld() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldest, oldestMinor] = oldestNode();
  return major < oldest || (major === oldest && minor < oldestMinor);
}

function known() {
  return Object.keys(commands).filter((name) => existsSync(fileOf(name)));
}

function printCommands() {
  const lines = known().map((name) => `  ${name.padEnd(14)}${commands[name]}`);
  console.log(`node loadtests/run.mjs <command> [--help], or npm run <command> -- [--help]\n
${lines.join('\n')}`);
  return 0;
}

/** By content, not by time: git gives old files new times. What only other systems need is left out. */
function isInstalled() {
  const hidden = 'node_modules/.package-lock.json';
  if (!existsSync(`${root}${hidden}`)) return false;
  const present = readJson(hidden).packages;
  return Object.entries(wanted()).every(
    ([path, { version, optional }]) => optional || present[path]?.version === version,
  );
}

function wanted() {
  return { ...readJson('package-lock.json').packages, '': { optional: true } };
}

/** @returns the exit code */
async function install() {
  const count = Object.values(wanted()).filter(({ link, optional }) => !link && !optional).length;
  console.log(`Installing ${count} packages, about two minutes:
SQLite's addon is compiled here if no prebuilt one can be had.`);
  const passed = () => `${Math.round((Date.now() - startedMs) / 1000)} s`;
  const startedMs = Date.now();
  const ticker = setInterval(() => show(`  ${passed()}`), 1000);
  const { code, output, stopped } = await npmCi();
  clearInterval(ticker);
  show('');
  if (stopped) return interruptedExitCode;
  performance.mark('installed');
  if (code === 0) console.log(`Installed in ${passed()}.\n`);
  else console.error(`${output}\nThe packages could not be installed: npm's words are above.`);
  return code === 0 ? 0 : couldNotRunExitCode;
}

/** @returns also whether a signal came meanwhile */
function npmCi() {
  const npm = process.env.npm_execpath ?? '';
  const [command, ...first] = npm.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm'];
  const shell = process.platform === 'win32';
  // In a group of its own, where there are groups: what npm has begun is then ended with it.
  const child = spawn(command, [...first, 'ci'], { cwd: root, shell, detached: !shell });
  const end = (signal) => (shell ? child.kill(signal) : endGroup(child.pid, signal));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  // Waited for: whoever starts again meanwhile would be in npm's way. It would go on for half a minute.
  let stopped = false;
  const stop = (signal) => {
    if (!stopped) console.log('\nStopping: the next start installs what is missing.');
    stopped = true;
    end(signal);
    setTimeout(end, npmGraceMs, 'SIGKILL').unref();
  };
  for (const signal of stops) process.on(signal, stop);
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ code: 1, output: message, stopped }));
    child.once('close', (code) => resolve({ code, output, stopped }));
  }).finally(() => {
    for (const signal of stops) process.off(signal, stop);
  });
}

function endGroup(pid, signal) {
  // Never begun: its error says so.
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Ended meanwhile.
    if (error.code !== 'ESRCH') throw error;
  }
}

function show(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text}`);
}
function refuse(sentence) {
  console.error(sentence);
  return couldNotRunExitCode;
}
/** As in `npm start | head -2`: nobody reads on, so what runs is stopped as by Ctrl-C. */
function endUnread(error) {
  if (error.code !== 'EPIPE') throw error;
  // Once: every later write fails too, and a second signal would cut the stopping short.
  process.stdout.off('error', endUnread).on('error', () => {});
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(unreadExitCode);
}
/** Whatever a command left open must not keep it from ending; what it wrote is written first. */
function leave(code) {
  process.stdout.write('', () => process.exit(code));
}
