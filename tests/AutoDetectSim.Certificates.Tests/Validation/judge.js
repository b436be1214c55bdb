// Reads one case per line, makes a real TLS handshake for each, and says what the client thinks of the server.
const tls = require('node:tls');
const readline = require('node:readline');

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, port, host, ca } = JSON.parse(line);
  let socket;
  const finish = (result) => {
    if (id === undefined || finish.done) return;
    finish.done = true;
    process.stdout.write(JSON.stringify({ id, result }) + '\n');
    if (socket) socket.destroy();
  };
  try {
    socket = tls.connect({ port, host: '127.0.0.1', servername: '', ca, checkServerIdentity: (_, certificate) => tls.checkServerIdentity(host, certificate) });
    socket.on('secureConnect', () => finish('OK'));
    socket.on('error', (error) => finish(error.code || String(error)));
    socket.on('close', () => finish('closed'));
  } catch (error) {
    finish(error.code || String(error));
  }
});
