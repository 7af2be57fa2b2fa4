// dremel/paper.ts: the document, the two records and the stripes of the Dremel paper's figures 2 to 4.
// Read by the golden test and by the page; the levels are also those of Apache Parquet's own test of it.
import type { Field } from './schema.ts';

const required = (name: string): Field => ({ name, repetition: 'required' });
const optional = (name: string, fields?: readonly Field[]): Field => ({
  ...{ name, repetition: 'optional' },
  ...(fields && { fields }),
});
const repeated = (name: string, fields?: readonly Field[]): Field => ({
  ...{ name, repetition: 'repeated' },
  ...(fields && { fields }),
});

export const documentFields: readonly Field[] = [
  required('DocId'),
  optional('Links', [repeated('Backward'), repeated('Forward')]),
  repeated('Name', [
    repeated('Language', [required('Code'), optional('Country')]),
    optional('Url'),
  ]),
];

export const r1 = {
  DocId: 10,
  Links: { Forward: [20, 40, 60] },
  Name: [
    { Language: [{ Code: 'en-us', Country: 'us' }, { Code: 'en' }], Url: 'http://A' },
    { Url: 'http://B' },
    { Language: [{ Code: 'en-gb', Country: 'gb' }] },
  ],
};

export const r2 = {
  DocId: 20,
  Links: { Backward: [10, 30], Forward: [80] },
  Name: [{ Url: 'http://C' }],
};

/** By column: value, repetition level, definition level. */
export const stripesOfThePaper: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  DocId: [
    [10, 0, 0],
    [20, 0, 0],
  ],
  'Links.Backward': [
    [null, 0, 1],
    [10, 0, 2],
    [30, 1, 2],
  ],
  'Links.Forward': [
    [20, 0, 2],
    [40, 1, 2],
    [60, 1, 2],
    [80, 0, 2],
  ],
  'Name.Language.Code': [
    ['en-us', 0, 2],
    ['en', 2, 2],
    [null, 1, 1],
    ['en-gb', 1, 2],
    [null, 0, 1],
  ],
  'Name.Language.Country': [
    ['us', 0, 3],
    [null, 2, 2],
    [null, 1, 1],
    ['gb', 1, 3],
    [null, 0, 1],
  ],
  'Name.Url': [
    ['http://A', 0, 2],
    ['http://B', 1, 2],
    [null, 1, 1],
    ['http://C', 0, 2],
  ],
};
