// Reads a port and cases from stdin, makes one real TLS handshake for each, and writes what the client says about the server.
const tls = require('node:tls');

const handshake = (port, { site, ca, host }) => new Promise((resolve) => {
  const socket = tls.connect({ port, host: '127.0.0.1', servername: site, ca, checkServerIdentity: (_, certificate) => tls.checkServerIdentity(host, certificate) });
  socket.on('secureConnect', () => { resolve('OK'); socket.destroy(); });
  socket.on('error', (error) => { resolve(error.code); socket.destroy(); });
});

(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const { port, cases } = JSON.parse(text);
  const results = [];
  for (const item of cases) results.push(await handshake(port, item));
  console.log(JSON.stringify(results));
})();
