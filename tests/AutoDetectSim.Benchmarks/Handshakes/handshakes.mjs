// usage: node handshakes.mjs PORT COUNT CONCURRENCY
// Full handshakes per second of Node's own client: a new connection each, no resumption, certificates judged afterwards.
import tls from 'node:tls';

const [port, count, concurrency] = process.argv.slice(2).map(Number);
const secureContext = tls.createSecureContext();

function handshake() {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, servername: 'localhost', secureContext, rejectUnauthorized: false }, () => {
      socket.end();
      resolve();
    });
    socket.on('error', reject);
  });
}

async function run(total) {
  let left = total;
  const started = process.hrtime.bigint();
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (left-- > 0) await handshake();
  }));
  return total / (Number(process.hrtime.bigint() - started) / 1e9);
}

await run(Math.min(count, 300));
console.log((await run(count)).toFixed(1));
process.exit(0);
