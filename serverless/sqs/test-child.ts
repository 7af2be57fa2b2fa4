// sqs/test-child.ts: a server in a process of its own, so that a test can kill it.
// Started by journal-kill.test.ts with the journal's file; prints its URL.
import { startSqs } from './server.ts';

const [journalFile = ''] = process.argv.slice(2);
const { url } = await startSqs({ port: 0, host: '127.0.0.1', journalFile });
process.stdout.write(`${url}\n`);
