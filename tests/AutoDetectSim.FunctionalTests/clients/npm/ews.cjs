// usage: node -r docs/being-the-host/through-the-gateway.cjs ews.cjs EMAIL PASSWORD
// ews-javascript-api finds the SOAP endpoint by the headers of autodiscover.xml, and asks it for settings.
const ews = require('ews-javascript-api');

const [email, password] = process.argv.slice(2);
const service = new ews.AutodiscoverService(ews.ExchangeVersion.Exchange2010);
service.Credentials = new ews.WebCredentials(email, password);
service.RedirectionUrlValidationCallback = () => true;

const names = ['UserDisplayName', 'ExternalEwsUrl', 'InternalMailboxServer'];
service.GetUserSettings([email], names.map((name) => ews.UserSettingName[name]))
  .then((answer) => {
    const [response] = answer.Responses;
    process.stdout.write(JSON.stringify({
      code: ews.AutodiscoverErrorCode[response.ErrorCode] ?? 'NoError',
      redirect: response.RedirectTarget,
      settings: Object.fromEntries(names.map((name) => [name, response.Settings?.get(ews.UserSettingName[name])])),
      endpoint: service.Url.ToString(),
      server: service.ServerInfo.VersionString,
    }));
  })
  .catch((error) => {
    process.stdout.write(JSON.stringify({ code: 'failed', message: String(error.message ?? error) }));
  });
