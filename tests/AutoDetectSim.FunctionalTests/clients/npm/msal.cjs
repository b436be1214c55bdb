// usage: node msal.cjs FLOW AUTHORITY EMAIL PASSWORD SCOPE SERVER
// Microsoft's library gets a token (code, device, password or unknownTenant), gets another one with what it keeps, and the server is asked OPTIONS with each.
const msal = require('@azure/msal-node');

const [flow, authority, email, password, scope, server] = process.argv.slice(2);
const clientId = '27922004-5251-4030-b22d-91ecd9a37ea4';
const redirectUri = 'http://localhost:3000/';
const app = new msal.PublicClientApplication({ auth: { clientId, authority } });
const scopes = [scope];

// What a browser does with a page of the login endpoint.
const submit = async (url, page, fields) => {
  const decode = (text) => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const form = new URLSearchParams([...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, decode(value)]));
  Object.entries(fields).forEach(([name, value]) => form.set(name, value));
  const action = decode(/<form [^>]*action="([^"]*)"/.exec(page)[1]);
  return fetch(new URL(action, url), { method: 'POST', body: form, redirect: 'manual' });
};

const flows = {
  async code() {
    const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
    const url = await app.getAuthCodeUrl({ scopes, redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256', loginHint: email, state: 'a b' });
    const page = await (await fetch(url)).text();
    const answer = await submit(url, page, { login: email, passwd: password });
    const back = new URL(answer.headers.get('location'));
    return app.acquireTokenByCode({ scopes, redirectUri, code: back.searchParams.get('code'), codeVerifier: verifier });
  },
  device: () => app.acquireTokenByDeviceCode({
    scopes,
    deviceCodeCallback: async ({ userCode, verificationUri }) => {
      await submit(verificationUri, await (await fetch(verificationUri)).text(), { otc: userCode, login: email, passwd: password });
    },
  }),
  password: () => app.acquireTokenByUsernamePassword({ scopes, username: email, password }),
};

const options = async (result) => (await fetch(server, { method: 'OPTIONS', headers: { authorization: `Bearer ${result.accessToken}` } })).status;

(async () => {
  const result = await flows[flow]();
  const renewed = await app.acquireTokenSilent({ scopes, account: result.account, forceRefresh: true });
  process.stdout.write(JSON.stringify({
    account: result.account.username,
    tenant: result.account.tenantId,
    isNew: renewed.accessToken !== result.accessToken || renewed.expiresOn >= result.expiresOn,
    statuses: [await options(result), await options(renewed)],
  }));
})().catch((error) => {
  process.stdout.write(JSON.stringify({ error: error.errorCode, message: error.errorMessage }));
});
