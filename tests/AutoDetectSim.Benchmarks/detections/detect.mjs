// usage: node detect.mjs READY_FILE EMAIL ATTEMPTS CONCURRENCY
// The calls of a detection, made by Node's own client against the same nodes: Exchange Online, the on-premises AutoDiscover
// that it redirects to, and the empty Bearer challenge; a new connection each. Prints one JSON document.
import fs from 'node:fs';
import https from 'node:https';
import tls from 'node:tls';

const [readyFile, email, attempts, concurrency] = process.argv.slice(2);
const ready = JSON.parse(fs.readFileSync(readyFile, 'utf8'));
const secureContext = tls.createSecureContext({ ca: fs.readFileSync(ready.rootCertificate) });
const ports = new Map();
for (const vip of ready.virtualIps) {
  for (const host of vip.hosts) ports.set(host, Number(vip.endpoint.split(':')[1]));
}

function get(url, headers) {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const request = https.request({
      host: '127.0.0.1', port: ports.get(target.hostname), servername: target.hostname, path: target.pathname + target.search,
      headers: { Host: target.hostname, ...headers }, agent: false, secureContext,
      checkServerIdentity: (_, certificate) => tls.checkServerIdentity(target.hostname, certificate),
    }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end();
  });
}

async function detect() {
  const encoded = encodeURIComponent(email);
  let url = `https://outlook.office365.com/autodiscover/autodiscover.json?Email=${encoded}&Protocol=activesync&RedirectCount=2`;
  let answer = await get(url, { Accept: 'application/json' });
  for (let hops = 0; answer.status === 302 && hops < 10; hops++) answer = await get(answer.headers.location, { Accept: 'application/json' });
  const settings = JSON.parse(answer.body);
  answer = await get(settings.Url, { Accept: 'application/json', Authorization: 'Bearer ', 'Content-Length': 0 });
  return answer.status === 401 && /authorization_uri="/.test(answer.headers['www-authenticate'] ?? '');
}

let next = 0, successes = 0;
const errors = {};
async function worker() {
  while (next++ < Number(attempts)) {
    try {
      if (await detect()) successes++;
    } catch (error) {
      errors[error.code] = (errors[error.code] ?? 0) + 1;
    }
  }
}

const started = process.hrtime.bigint();
await Promise.all(Array.from({ length: Number(concurrency) }, worker));
const seconds = Number(process.hrtime.bigint() - started) / 1e9;
console.log(JSON.stringify({ attempts: Number(attempts), successes, errors, elapsedMs: Math.round(seconds * 1000), detectionsPerSecond: Math.round(attempts / seconds * 10) / 10 }));
