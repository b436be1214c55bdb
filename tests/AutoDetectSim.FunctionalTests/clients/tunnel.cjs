// usage: GATEWAY=http://127.0.0.1:PORT node -r ./tunnel.cjs CLIENT
// Sends every https call of an unmodified client through the gateway's CONNECT, which its own proxy support would not use.
const http = require('node:http');
const https = require('node:https');
const tls = require('node:tls');

const gateway = new URL(process.env.GATEWAY);

class Tunnel extends https.Agent {
  createConnection(options, callback) {
    const connect = http.request({ host: gateway.hostname, port: gateway.port, method: 'CONNECT', path: `${options.host}:${options.port}`, agent: false });
    connect.on('error', callback);
    connect.on('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        callback(Object.assign(new Error(`the gateway said ${response.statusCode}`), { code: 'ENOTFOUND' }));
        return;
      }
      const secure = tls.connect({ ...options, socket, servername: options.servername || options.host });
      secure.on('error', callback);
      secure.on('secureConnect', () => callback(null, secure));
    });
    connect.end();
  }
}

https.globalAgent = new Tunnel();
