// run.mjs: the door of every npm script: checks Node, installs what is missing, runs one command.
// Plain JavaScript without dependencies: it works before anything is installed.
import { existsSync } from 'node:fs';
import { couldNotRunExitCode, install, isInstalled, readJson } from './install.mjs';

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
/** What a shell reports of a program that a closed pipe ended: 128 + SIGPIPE. */
const unreadExitCode = 141;
const fileOf = (name) => new URL(`./commands/${name}.ts`, import.meta.url);

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
