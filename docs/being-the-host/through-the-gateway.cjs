// usage: GATEWAY=http://127.0.0.1:PORT node -r ./through-the-gateway.cjs YOUR-PROBE
// Sends every call of node:https through the gateway of a lab, without a change of the probe. For Node.js before 24, which follows no proxy variable.
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
