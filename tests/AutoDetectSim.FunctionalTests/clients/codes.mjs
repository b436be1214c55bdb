// usage: node codes.mjs ROOTS.pem, cases as JSON on standard input: [{"name","host","address","port","path"}]
// One GET for each case straight to its listener, judged by Node's own TLS client. Prints {"NAME":"CODE"|"none"}.
import fs from 'node:fs';
import https from 'node:https';

const ca = fs.readFileSync(process.argv[2]);
const cases = JSON.parse(fs.readFileSync(0, 'utf8'));

const ask = ({ host, address, port, path }) => new Promise((resolve) => {
  const request = https.request({ host, port, path, ca, agent: false, timeout: 1500, lookup: (_, options, found) => options.all ? found(null, [{ address, family: 4 }]) : found(null, address, 4) }, (response) => {
    response.on('data', () => {});
    response.on('error', (error) => resolve(error.code));
    response.on('end', () => resolve('none'));
  });
  // Node has no code of its own for a server that says nothing: request libraries call their caller's timeout so.
  request.on('timeout', () => { resolve('ETIMEDOUT'); request.destroy(); });
  request.on('error', (error) => resolve(error.code));
  request.end();
});

const codes = await Promise.all(cases.map(ask));
process.stdout.write(JSON.stringify(Object.fromEntries(cases.map((one, index) => [one.name, codes[index]]))));
