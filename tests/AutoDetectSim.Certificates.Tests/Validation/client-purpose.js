// Reads cases, asks a real TLS client of each for its certificate, and writes what the server says about it.
const tls = require('node:tls');

const judge = ({ server, client, ca }) => new Promise((resolve, reject) => {
  const listener = tls.createServer({ ...server, ca, requestCert: true, rejectUnauthorized: false }, (socket) => {
    resolve(socket.authorized ? 'OK' : socket.authorizationError);
    socket.destroy();
    listener.close();
  });
  listener.on('tlsClientError', reject);
  listener.listen(0, '127.0.0.1', () => {
    tls.connect({ port: listener.address().port, host: '127.0.0.1', ...client, rejectUnauthorized: false }).on('error', () => {});
  });
});

(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const results = [];
  for (const item of JSON.parse(text)) results.push(await judge(item));
  console.log(JSON.stringify(results));
})();
