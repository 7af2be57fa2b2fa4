// runtime/unreadable.ts: refuses bytes that are no HTTP request, where no framework has seen one yet.
// Both chassis hang it on their server's clientError.
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Problem, problem, toProblem } from '../domain/problems.ts';
import { requestIdFrom } from './call.ts';
import { securityHeaders } from './front-door.ts';

/** Answers with a problem and hangs up; a caller who has gone already is let go. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const answer = toProblem(problemOf(error.code));
  const body = JSON.stringify(answer);
  const headers = {
    'x-request-id': requestIdFrom({}),
    ...securityHeaders,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const first = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n`;
  socket.end(`${first}${lines.join('')}\r\n${body}`);
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problem('headersTooLarge', 'All headers together may have 16 KiB.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problem('requestTimeout', 'Send the whole request at once.');
  }
  return problem('invalidRequest', 'The request cannot be read.', { errors: [] });
}
