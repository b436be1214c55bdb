// usage: node get.mjs GATEWAY ROOTS.pem URL
// One GET through the gateway's CONNECT, judged by Node's own TLS client. Prints {"code","status","headers","body"}.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

const [gateway, roots, target] = process.argv.slice(2);
const proxy = new URL(gateway);
const url = new URL(target);
const done = (answer) => { process.stdout.write(JSON.stringify(answer)); process.exit(0); };

const connect = http.request({ host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: `${url.hostname}:${url.port || 443}` });
connect.on('error', (error) => done({ code: error.code }));
connect.on('connect', (response, socket) => {
  if (response.statusCode !== 200) {
    done({ code: `PROXY_${response.statusCode}` });
    return;
  }
  const secure = tls.connect({ socket, servername: url.hostname, ca: fs.readFileSync(roots) });
  secure.on('error', (error) => done({ code: error.code }));
  secure.on('secureConnect', () => {
    const request = https.request(url, { createConnection: () => secure, headers: { 'x-email': 'your@contoso.com' } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => done({ code: 'none', status: answer.statusCode, headers: answer.rawHeaders, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', (error) => done({ code: error.code }));
    request.end();
  });
});
connect.end();
setTimeout(() => done({ code: 'TIMEOUT' }), 20000).unref();
