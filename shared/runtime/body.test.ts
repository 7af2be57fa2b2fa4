// runtime/body.test.ts: bytes to JSON, and how what is no JSON is refused.
// Run by vitest.
import { describe, expect, test } from 'vitest';
import { Problem, problem } from '../domain/problems.ts';
import { fromFramework, parseBody } from './body.ts';

const parse = (text: string, type: string | undefined = 'application/json', coding?: string) =>
  parseBody(Buffer.from(text), type, coding);

describe('a body', () => {
  test.each([
    ['application/json', undefined],
    ['Application/JSON; charset=utf-8', undefined],
    ['application/json ;x', 'identity'],
  ])('of type %s and coding %s is parsed', (type, coding) => {
    expect(parse('{"name":"tä"}', type, coding)).toEqual({ name: 'tä' });
  });

  test('that is not there is none, whatever its type says', () => {
    expect(parse('', 'text/plain', 'gzip')).toBeUndefined();
  });

  const refusal = expect.objectContaining({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });

  test.each(['text/plain', 'application/json-seq', 'application/jsonp', 'x; application/json', ''])(
    'of type "%s" is refused',
    (type) => expect(() => parse('{}', type)).toThrow(refusal),
  );

  test('without a type is refused', () => {
    expect(() => parseBody(Buffer.from('{}'), undefined, undefined)).toThrow(refusal);
  });

  test('that is packed is refused, and never unpacked', () => {
    expect(() => parse('{}', 'application/json', 'gzip')).toThrow(refusal);
  });

  test.each(['{', '{"a":1}x', 'undefined', "{'a':1}", '[1,]'])('%s is no JSON', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }));
  });
});

describe('what a framework threw', () => {
  const thrown = (fields: object) => Object.assign(new Error('inside'), fields);
  const codeOf = (error: unknown) => {
    const known = fromFramework(error, 100);
    return known instanceof Problem ? known.code : 'left as it is';
  };

  test.each([
    ['a status 413', thrown({ status: 413 }), 'BODY_TOO_LARGE'],
    ['a statusCode 413', thrown({ statusCode: 413 }), 'BODY_TOO_LARGE'],
    ['a status 415', thrown({ status: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
    ['a status 400', thrown({ statusCode: 400 }), 'INVALID_REQUEST'],
    ['a URI that cannot be decoded', new URIError('inside'), 'INVALID_REQUEST'],
    ['any other error', new TypeError('inside'), 'left as it is'],
    ['what is no error', 'inside', 'left as it is'],
  ])('%s becomes our words', (_what, error, code) => {
    expect(codeOf(error)).toBe(code);
  });

  test('the limit is told, and nothing of the inside', () => {
    const told = fromFramework(thrown({ status: 413 }), 100) as Problem;
    expect(told.message).toContain('100 bytes');
    expect((fromFramework(thrown({ status: 400 }), 100) as Problem).message).not.toContain(
      'inside',
    );
  });

  test('a problem passes as it is', () => {
    const busy = problem('tooManyRequests', 'Try again.');
    expect(fromFramework(busy, 100)).toBe(busy);
  });
});
