// usage: node probe.mjs EMAIL [ATTEMPTS]
// Asks about an account what the support scripts of the field ask, in their order, and judges each answer as they do: the
// sovereign cloud first, then AutoDetect, then AutoDiscover V2 and the empty Bearer challenge at the organization's own servers.
// Knows nothing of labs: it asks the real host names. Prints one JSON document.
import https from 'node:https';

const [email, attempts = '1'] = process.argv.slice(2);
const domain = email.slice(email.lastIndexOf('@') + 1);

const autoDetectHosts = ['prod-autodetect.outlookmobile.com', 'prod.autodetect.outlook.cloud.microsoft', 'autodetect.outlookmobile.com'];
const detectQuery = 'protocols=eas,rest-cloud,imap,pop3,smtp&timeout=13.5&services=office365,outlook,google,icloud,yahoo';
const sovereignClouds = ['gcc.microsoftonline.com', 'microsoftonline.us', 'microsoftonline.mil', 'partner.microsoftonline.cn', 'microsoftonline.de'];
const maximumRedirects = 10;

const get = (url, headers) => new Promise((resolve) => {
  const request = https.get(url, { headers }, (response) => {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('error', (error) => resolve({ code: error.code }));
    response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks).toString() }));
  });
  request.on('error', (error) => resolve({ code: error.code }));
});

const json = (answer) => { try { return JSON.parse(answer.body); } catch { return null; } };

const sovereignCloud = async () => {
  const answer = await get(`https://odc.officeapps.live.com/odc/v2.1/federationprovider?domain=${encodeURIComponent(domain)}`);
  const name = json(answer)?.configProviderName;
  return sovereignClouds.includes(name) ? name : null;
};

const named = (entries, member) => entries.length === 0 ? 'nothing' : entries.map((entry) => entry[member]).join(', ');

const judge = (answer) => {
  switch (answer.status) {
    case 200: {
      const { services, protocols } = json(answer);
      const [service] = services;
      if (service?.service === 'office365') {
        if (service.onprem) return 'Hybrid Exchange';
        return service.protocol === 'rest' ? 'Office 365' : 'odd, contact support';
      }
      return services.length === 0 ? `detected as ${named(protocols, 'protocol')}` : `detected as ${named(services, 'service')}`;
    }
    case 202: return 'still searching, try again';
    case 204: return 'nothing found, check the address';
    case 503: return 'unavailable, try again';
    default: {
      const { headers } = answer;
      return `something went wrong: status ${answer.status}, ${['x-request-id', 'x-response-time', 'date'].every((name) => headers[name]) ? 'with what support asks for' : 'and no trace'}`;
    }
  }
};

// Scripts name the address in X-Email, or as Basic credentials that are the address alone.
const identities = [{ 'X-Email': email }, { Authorization: `Basic ${Buffer.from(email, 'utf8').toString('base64')}` }];

const detect = async (attempt) => {
  for (const host of autoDetectHosts) {
    const answer = await get(`https://${host}/detect?${detectQuery}`, identities[attempt % identities.length]);
    if (answer.code !== 'ENOTFOUND') return answer.code ? `not reachable: ${answer.code}` : judge(answer);
  }
  return 'not reachable: no host of AutoDetect exists';
};

const autoDiscover = async () => {
  let url = `https://autodiscover.${domain}/autodiscover/autodiscover.json?Email=${email}&Protocol=activesync&RedirectCount=3`;
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const answer = await get(url, { Accept: 'application/json', 'Content-Length': '0' });
    if (answer.code) return { stop: answer.code };
    if (answer.status === 200) return { url: json(answer)?.Url, stop: json(answer)?.Url ? null : 'no URL' };
    if (answer.status !== 302) return { stop: String(answer.status) };
    url = new URL(answer.headers.location, url).href;
  }
  return { stop: 'too many redirects' };
};

const challenge = async (url) => {
  const answer = await get(url, { Accept: 'application/json', Authorization: 'Bearer ', 'Content-Length': '0' });
  if (answer.code) return { stop: answer.code };
  if (answer.status !== 401) return { stop: String(answer.status) };
  const fields = answer.rawHeaders.filter((_, index) => index % 2 === 1 && answer.rawHeaders[index - 1].toLowerCase() === 'www-authenticate');
  const bearer = fields.find((field) => /^Bearer\b/i.test(field));
  const authorizationUri = /\bauthorization_uri="([^"]+)"/.exec(bearer ?? '')?.[1] ?? null;
  return { authorizationUri, schemes: fields.map((field) => field.split(' ')[0]), stop: null };
};

const report = { sovereign: await sovereignCloud(), said: {}, autoDiscover: null, bearer: null };
if (report.sovereign === null) {
  for (let attempt = 0; attempt < Number(attempts); attempt++) {
    const words = await detect(attempt);
    report.said[words] = (report.said[words] ?? 0) + 1;
  }
  report.autoDiscover = await autoDiscover();
  report.bearer = report.autoDiscover.url ? await challenge(report.autoDiscover.url) : null;
}
process.stdout.write(JSON.stringify(report));
