// usage: node hellos.mjs ADDRESS PORT COUNT
// Makes connections one after the other, accepting any certificate, and prints how often each ended how: {"OK":3,"ECONNRESET":1}.
import tls from 'node:tls';

const [address, port, count] = process.argv.slice(2);
const ends = {};
const connect = () => new Promise((resolve) => {
  const socket = tls.connect({ host: address, port: Number(port), servername: 'autodiscover.contoso.com', rejectUnauthorized: false });
  socket.on('secureConnect', () => { resolve('OK'); socket.destroy(); });
  socket.on('error', (error) => resolve(error.code));
});

for (let number = 0; number < Number(count); number++) {
  const end = await connect();
  ends[end] = (ends[end] ?? 0) + 1;
}
process.stdout.write(JSON.stringify(ends));
