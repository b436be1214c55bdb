// usage: node thunderbird.mjs GATEWAY ROOTS.pem, accounts as JSON on standard input: [{"email","password","imap":{"host","port","startTls"}}]
// Runs a headless Thunderbird with a new profile that trusts the lab's roots and goes through the gateway. For each account, one after
// the other, it logs on to the IMAP server, whose host it takes for this computer, and prints {"logon"}: OK, or a code. Without "imap"
// its account set-up looks for the account over AutoDiscover, and prints {"found","attempts","errors"}.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const [gateway, roots] = process.argv.slice(2);
const accounts = JSON.parse(fs.readFileSync(0, 'utf8'));
const proxy = new URL(gateway);
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'autodetectsim-thunderbird-'));

const preferences = {
  'network.proxy.type': 1,
  'network.proxy.http': proxy.hostname,
  'network.proxy.http_port': Number(proxy.port),
  'network.proxy.ssl': proxy.hostname,
  'network.proxy.ssl_port': Number(proxy.port),
  'marionette.port': 0,
  // Nothing but what is looked for shall be asked.
  'app.update.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'mailnews.auto_config.guess.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disableIPv6': true,
  'network.dns.localDomains': accounts.flatMap(({ imap }) => imap ? [imap.host] : []).join(','),
  'security.OCSP.enabled': 0,
  'services.settings.server': 'data:,',
};
fs.writeFileSync(
  path.join(profile, 'user.js'),
  Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));

const thunderbird = spawn(
  'thunderbird',
  ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile],
  // A name server that does not answer must not hold up the question for SRV records, which goes past the proxy.
  { stdio: 'ignore', env: { ...process.env, HOME: profile, RES_OPTIONS: 'timeout:1 attempts:1' } });
const ended = new Promise((resolve, reject) => {
  thunderbird.on('error', reject);
  thunderbird.on('exit', resolve);
});

/** Marionette's remote control: length, colon, JSON. */
class Marionette {
  #socket;
  #received = Buffer.alloc(0);
  #waiting = [];
  #id = 0;

  static async connect(port) {
    const marionette = new Marionette();
    marionette.#socket = net.connect(port, '127.0.0.1', () => {});
    const hello = marionette.#next();
    marionette.#socket.on('data', (chunk) => marionette.#read(chunk));
    await hello;
    return marionette;
  }

  async send(command, parameters = {}) {
    const message = Buffer.from(JSON.stringify([0, ++this.#id, command, parameters]));
    this.#socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
    const [, , error, result] = await this.#next();
    if (error) throw new Error(`${command}: ${error.message}`);
    return result;
  }

  close() { this.#socket.destroy(); }

  #next() { return new Promise((resolve) => this.#waiting.push(resolve)); }

  #read(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (let colon; (colon = this.#received.indexOf(':')) >= 0;) {
      const end = colon + 1 + Number(this.#received.subarray(0, colon));
      if (this.#received.length < end) return;
      this.#waiting.shift()(JSON.parse(this.#received.subarray(colon + 1, end)));
      this.#received = this.#received.subarray(end);
    }
  }
}

const portFile = path.join(profile, 'MarionetteActivePort');
const marionettePort = async () => {
  for (;;) {
    const text = fs.existsSync(portFile) ? fs.readFileSync(portFile, 'utf8') : '';
    if (text.trim()) return Number(text);
    if (await Promise.race([ended.then(() => true), new Promise((resolve) => setTimeout(resolve, 50, false))])) {
      throw new Error('Thunderbird ended before it could be spoken to.');
    }
  }
};

// What follows runs inside Thunderbird.
const trust = `
  const database = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  for (const root of arguments[0]) database.addCertFromBase64(root, 'C,,');`;

const find = `
  const [email, password, done] = arguments;
  const { fetchConfigFromExchange } = ChromeUtils.importESModule('resource:///modules/accountcreation/ExchangeAutoDiscover.sys.mjs');
  const attempts = {};
  const begun = new Set();
  let result = null;
  const topics = ['http-on-modify-request', 'http-on-stop-request'];
  const observer = { observe(subject, topic) {
    const channel = subject.QueryInterface(Ci.nsIHttpChannel);
    if (topic === topics[0]) {
      begun.add(channel.channelId);
      return;
    }
    begun.delete(channel.channelId);
    let status = null;
    try { status = channel.responseStatus; } catch {}
    attempts[channel.URI.scheme + '://' + channel.URI.host] = channel.securityInfo?.errorCodeString || status;
    finish();
  } };
  const finish = () => {
    if (result && begun.size === 0) {
      for (const topic of topics) Services.obs.removeObserver(observer, topic);
      done({ ...result, attempts });
    }
  };
  for (const topic of topics) Services.obs.addObserver(observer, topic);
  fetchConfigFromExchange(email.split('@')[1], email, new AbortController().signal, null, password, async () => {})
    .then(
      ({ incoming }) => ({ found: { type: incoming.type, hostname: incoming.hostname, ews: incoming.exchangeURL, owa: incoming.owaURL } }),
      (error) => ({ found: null, errors: (error.errors ?? [error]).map(String) }))
    .then((found) => { result = found; finish(); });`;

const logOn = `
  const [email, password, imap, done] = arguments;
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
  const server = MailServices.accounts.createIncomingServer(email, imap.host, 'imap');
  server.port = imap.port;
  server.socketType = imap.startTls ? Ci.nsMsgSocketType.alwaysSTARTTLS : Ci.nsMsgSocketType.SSL;
  server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  server.password = password;
  server.verifyLogon({
    QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']),
    OnStartRunningUrl() {},
    OnStopRunningUrl(url, status) {
      const code = url.QueryInterface(Ci.nsIMsgMailNewsUrl).failedSecInfo?.errorCodeString || '0x' + (status >>> 0).toString(16);
      MailServices.accounts.removeIncomingServer(server, true);
      done({ logon: Components.isSuccessCode(status) ? 'OK' : code });
    },
  }, null);`;

try {
  const marionette = await Marionette.connect(await marionettePort());
  await marionette.send('WebDriver:NewSession');
  await marionette.send('Marionette:SetContext', { value: 'chrome' });
  await marionette.send('WebDriver:SetTimeouts', { script: 60_000 });
  const certificates = fs.readFileSync(roots, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+/g).map((pem) => pem.replace(/-----[^-]+-----|\s/g, ''));
  await marionette.send('WebDriver:ExecuteScript', { script: trust, args: [certificates] });
  const results = [];
  for (const { email, password, imap } of accounts) {
    const [script, args] = imap ? [logOn, [email, password, imap]] : [find, [email, password]];
    results.push((await marionette.send('WebDriver:ExecuteAsyncScript', { script, args })).value);
  }
  await marionette.send('Marionette:Quit', { flags: ['eForceQuit'] });
  marionette.close();
  await ended;
  process.stdout.write(JSON.stringify(results));
} finally {
  thunderbird.kill('SIGKILL');
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
