// Reads cases from stdin, makes one real TLS handshake for each, and writes what the client says about the server.
const tls = require('node:tls');
const net = require('node:net');

async function handshake({ chain, key, ca, host }) {
  const server = tls.createServer({ cert: chain, key });
  server.on('tlsClientError', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await new Promise((resolve) => {
      const socket = tls.connect({ port: server.address().port, host: '127.0.0.1', servername: net.isIP(host) ? '' : host, ca, checkServerIdentity: (_, cert) => tls.checkServerIdentity(host, cert) });
      socket.on('secureConnect', () => { resolve('OK'); socket.destroy(); });
      socket.on('error', (error) => { resolve(error.code); socket.destroy(); });
    });
  } finally {
    server.close();
  }
}

(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const results = [];
  for (const item of JSON.parse(text)) results.push(await handshake(item));
  console.log(JSON.stringify(results));
  process.exit(0);
})();
