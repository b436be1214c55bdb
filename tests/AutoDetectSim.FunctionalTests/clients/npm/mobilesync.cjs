// usage: HTTPS_PROXY=$GATEWAY node mobilesync.cjs EMAIL PASSWORD
// autodiscover-activesync posts the mobilesync schema to autodiscover.xml, and prints the ActiveSync URL or null.
const autodiscover = require('autodiscover-activesync').default;

const [emailAddress, password] = process.argv.slice(2);
autodiscover({ emailAddress, password, queryDns: false })
  .then((url) => process.stdout.write(JSON.stringify({ url })))
  .catch((error) => process.stdout.write(JSON.stringify({ url: null, message: String(error.message ?? error) })));
