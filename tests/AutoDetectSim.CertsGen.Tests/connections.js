// Reads cases from stdin, connects to a server for each, and writes what the client says about it.
const tls = require('node:tls');

const connect = ({ path, ca, host }) => new Promise((resolve) => {
  const socket = tls.connect({ path, ca, servername: host });
  socket.on('secureConnect', () => { resolve('OK'); socket.destroy(); });
  socket.on('error', (error) => { resolve(error.code); socket.destroy(); });
});

(async () => {
  let text = '';
  for await (const part of process.stdin) text += part;
  const results = [];
  for (const item of JSON.parse(text)) results.push(await connect(item));
  console.log(JSON.stringify(results));
})();
