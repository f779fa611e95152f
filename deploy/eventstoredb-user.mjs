// Makes the hub's user on an EventStoreDB, over the interface of the server itself. One that is there is let be.
import { readFileSync } from 'node:fs';

const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();
const answer = await fetch('https://eventstoredb:2113/users/', {
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(`admin:${secret('admin')}`).toString('base64')}`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({
    loginName: 'hub',
    fullName: 'the hub of Tripoint',
    groups: [],
    password: secret('hub'),
  }),
});
if (answer.status !== 201 && answer.status !== 409) {
  process.stderr.write(`the server did not take the user: ${answer.status}\n`);
  process.exitCode = 1;
}
