// Reads cases with a chain, roots and revocation lists, makes a real TLS handshake for each, and writes what the client says about the server.
const tls = require('node:tls');

const judge = ({ cert, key, ca, crl }) => new Promise((resolve) => {
  const listener = tls.createServer({ cert, key }, (socket) => socket.on('error', () => {}));
  listener.on('tlsClientError', () => {});
  listener.listen(0, '127.0.0.1', () => {
    const socket = tls.connect({ port: listener.address().port, host: '127.0.0.1', ca, crl, checkServerIdentity: () => undefined });
    const finish = (result) => { socket.destroy(); listener.close(); resolve(result); };
    socket.on('secureConnect', () => finish('OK'));
    socket.on('error', (error) => finish(error.code));
  });
});

(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const results = [];
  for (const item of JSON.parse(text)) results.push(await judge(item));
  console.log(JSON.stringify(results));
})();
