// SPDX-License-Identifier: LGPL-2.1-or-later
//
// How long JSON.parse and ajv's validation of one document take, for peers.py: for each line on
// standard input, that many turns, and their nanoseconds a turn on standard output.
//
//     node bench-ajv.mjs NODE_MODULES SCHEMA DOCUMENT

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [modules, schema, file] = process.argv.slice(2);
const Ajv2020 = createRequire(`${modules}/`)('ajv/dist/2020').default;
const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(schema, 'utf8')));
const text = readFileSync(file, 'utf8');

function load() {
  const document = JSON.parse(text);

  if (!validate(document))
    throw new Error(JSON.stringify(validate.errors));
  return document;
}

// The smaller of wall and processor time: the one counts what other programs take, the other what
// the engine does in threads beside this one.
for await (const turns of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  const used = process.cpuUsage();

  for (let turn = 0; turn < Number(turns); turn++)
    load();
  const { user, system } = process.cpuUsage(used);
  const elapsed = Number(process.hrtime.bigint() - start);
  console.log(Math.min(elapsed, (user + system) * 1000) / Number(turns));
}
