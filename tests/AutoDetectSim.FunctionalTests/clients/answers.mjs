// usage: node answers.mjs, answers as JSON on standard input: [{"name","answer":"base64"}]
// A server of this process gives each answer and closes; Node's own client reads it. Prints {"name":"none STATUS LENGTH"|"CODE"}.
import http from 'node:http';
import net from 'node:net';

const chunks = [];
for await (const chunk of process.stdin) {
  chunks.push(chunk);
}

const answers = JSON.parse(Buffer.concat(chunks)).map((one) => ({ name: one.name, bytes: Buffer.from(one.answer, 'base64') }));
const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (request) => socket.end(answers[Number(/^GET \/(\d+)/.exec(request)[1])].bytes));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));

const ask = (index) => new Promise((resolve) => {
  const request = http.request({ host: '127.0.0.1', port: server.address().port, path: `/${index}`, agent: false }, (response) => {
    let length = 0;
    response.on('data', (data) => { length += data.length; });
    response.on('error', (error) => resolve(error.code));
    response.on('end', () => resolve(`none ${response.statusCode} ${length}`));
  });
  request.on('error', (error) => resolve(error.code));
  request.end();
});

const said = {};
for (let index = 0; index < answers.length; index++) {
  said[answers[index].name] = await ask(index);
}

process.stdout.write(JSON.stringify(said));
process.exit(0);
