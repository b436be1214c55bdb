import { h, replace, say, table, command, plural } from './dom.js';
import { get, post, Problem, about, quoted } from './api.js';

const SCREENS = {
  selectProvider: { title: 'Select your email provider', lines: ['Microsoft 365', 'Outlook.com', 'Exchange', 'Google', 'Yahoo', 'iCloud', 'IMAP'], note: 'Nothing was detected. The user is left to guess.' },
  modernAuthSignIn: { title: 'Sign in', lines: ['Microsoft', 'EMAIL', 'Password'], note: 'Microsoft’s sign-in page.' },
  basicAuthAdded: { title: 'Exchange account', lines: ['EMAIL', 'Password', 'Description'], note: 'The account is added with Basic authentication.' },
  insecureConnection: { title: 'Insecure connection', lines: ['Would you like to log in anyway?', 'Log in', 'Cancel'], note: 'The server was found without a secure connection.' },
  wrongProvider: { title: 'Sign in', lines: ['Another provider', 'EMAIL'], note: 'The page of the wrong provider.' },
  providerSignIn: { title: 'Sign in', lines: ['The mailbox’s provider', 'EMAIL'], note: 'The sign-in page of the mailbox’s provider.' },
  imapSetup: { title: 'IMAP account', lines: ['EMAIL', 'Password'], note: 'The password page of an IMAP or POP3 account.' },
  sovereignSignIn: { title: 'Sign in', lines: ['A sovereign cloud', 'EMAIL'], note: 'AutoDetect is not asked at all.' },
  stillSearching: { title: 'Looking for your account', lines: ['…'], note: 'The app is still searching, and asks again.' },
  tryAgain: { title: 'Could not connect', lines: ['Try again later'], note: 'The app cannot reach AutoDetect.' },
};
const MEANT = ['modernAuthSignIn', 'basicAuthAdded', 'providerSignIn', 'imapSetup', 'sovereignSignIn'];

const isGood = (outcome, expected) => expected ? outcome === expected : MEANT.includes(outcome);

function screen(outcome, email) {
  const drawn = SCREENS[outcome] ?? { title: outcome, lines: [], note: '' };
  return h('figure', { class: 'phone' },
    h('div', { class: 'glass', 'data-outcome': outcome },
      h('p', { class: 'small' }, 'Outlook'), h('p', { class: 'title' }, drawn.title),
      h('ul', {}, drawn.lines.map(line => h('li', {}, line === 'EMAIL' ? email : line)))),
    h('figcaption', {}, drawn.note));
}

const pretty = value => h('pre', { tabindex: 0 }, JSON.stringify(value, null, 2));

function explained(header) {
  return h('section', { class: 'header-words' },
    h('h3', {}, header.text ? `${header.name}: ${header.text}` : `${header.name}, decoded`),
    h('ul', {}, header.words.map(word => h('li', {}, word))),
    header.value ? h('details', {}, h('summary', {}, 'The decoded JSON'), header.header ? pretty(header.header) : null, pretty(header.value)) : null);
}

/** Adds an account as the people do: on the phone, twenty of them, on the desktop; and provisions the cached mailbox. */
export function phone(main) {
  let isGone = false;
  const email = h('input', { type: 'email', id: 'email', value: '', autocomplete: 'off', spellcheck: 'false', required: true });
  const result = h('div', { 'aria-live': 'polite' });
  const others = h('div', { 'aria-live': 'polite' });
  const buttons = [];

  async function run(work) {
    for (const button of buttons) button.disabled = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!isGone) say(error.message, 'bad');
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  }

  async function commands(attempts, address) {
    const [{ rootCertificate, scenario }, state] = [await about(), await get('/api/lab/state')];
    const many = attempts > 1 ? ` --attempts ${attempts}` : '';
    return command(
      `autodetectsim detect ${quoted(address)} --url ${state.detectUrl} --proxy ${state.gateway} --ca ${quoted(rootCertificate)}${many}`,
      ...(scenario ? [`autodetectsim detect ${quoted(address)} --scenario ${quoted(scenario)}${many} --verbose`] : []));
  }

  const detect = attempts => run(async () => {
    const address = email.value.trim();
    const document = await post('/api/lab/detect', { email: address, attempts });
    const same = await commands(attempts, address);
    if (isGone) return;
    const { detections, timeline } = document;
    const expected = detections.expectedOutcome;
    const strip = attempts === 1 ? null : h('figure', {},
      h('ol', { class: 'strip', 'aria-label': `${plural(attempts, 'person', 'people')}, one after the other` }, timeline.map(one => h('li', {
        class: isGood(one.outcome, expected) ? 'good' : 'bad', title: `Person ${one.number}: ${one.outcome}${one.error ? `, ${one.error}` : ''}, met ${one.nodes.join(', ') || 'no node'}`,
      }, h('span', { class: 'hidden' }, `Person ${one.number}: ${one.outcome}`), h('span', { 'aria-hidden': 'true' }, isGood(one.outcome, expected) ? '✓' : '✗')))),
      h('figcaption', {}, `${plural(timeline.filter(one => isGood(one.outcome, expected)).length, 'person', 'people')} of ${attempts} can add the account.`),
      h('details', {}, h('summary', {}, 'The strip as a table'), table('Twenty people', ['Person', 'The phone shows', 'Code', 'Nodes met'], timeline.map(one => [String(one.number), one.outcome, one.error ?? 'none', one.nodes.join(', ')]))));
    const sample = detections.sample;
    replace(result,
      strip,
      h('div', { class: 'phone-and-path' },
        screen(attempts === 1 ? timeline[0].outcome : Object.entries(detections.outcomes).sort((one, other) => other[1] - one[1])[0][0], address),
        h('div', {},
          h('h2', {}, attempts === 1 ? 'What happened' : 'What happened to most'),
          document.customer.map(part => h('p', {}, part.text)),
          sample ? [h('h3', {}, attempts === 1 ? 'Decision path' : 'Decision path of one that failed, or of the first'), h('ol', { class: 'path' }, sample.decisionPath.map(step => h('li', {}, step))), h('p', {}, `AutoDetect answered with status ${sample.status}.`)] : null)),
      document.explained.map(explained),
      sample ? h('details', {}, h('summary', {}, 'Headers and body'), table('Headers', ['Name', 'Value'], Object.entries(sample.headers)), sample.body ? pretty(sample.body) : null) : null,
      same);
  });

  const desktop = () => run(async () => {
    const document = await post('/api/lab/outlook', { email: email.value.trim() });
    if (!isGone) replace(others, h('h2', {}, 'Outlook on the desktop'), h('p', { class: document.works ? 'good' : 'bad' }, `${document.works ? '✓' : '✗'} ${document.sentence}`), document.autoDiscoverHost ? h('p', {}, `AutoDiscover ended at ${document.autoDiscoverHost}.`) : null, document.guesses.length > 0 ? h('ul', {}, document.guesses.map(guess => h('li', {}, guess))) : null);
  });

  const provision = () => run(async () => {
    const document = await post('/api/lab/provision', { email: email.value.trim() });
    if (!isGone) replace(others, h('h2', {}, 'Exchange Online provisions the cached mailbox'), h('p', { class: document.works ? 'good' : 'bad' }, `${document.works ? '✓' : '✗'} ${document.sentence}${document.code ? ` (${document.code})` : ''}`), h('p', { class: 'small' }, `From ${document.source}.`), h('ol', {}, document.steps.map(step => h('li', {}, step))));
  });

  buttons.push(
    h('button', { type: 'submit', class: 'main' }, 'Add account'),
    h('button', { type: 'button', onclick: () => detect(20) }, 'Twenty people'),
    h('button', { type: 'button', onclick: desktop }, 'Outlook on the desktop'),
    h('button', { type: 'button', onclick: provision }, 'Provision the mailbox'));
  replace(main, h('div', { class: 'phone-page' },
    h('section', { class: 'card' }, h('h1', {}, 'Phone'),
      h('form', { class: 'account', novalidate: true, onsubmit: event => { event.preventDefault(); detect(1); } },
        h('label', { for: 'email' }, 'E-mail address'), email, h('p', { class: 'buttons' }, buttons)),
      others, result)));
  get('/api/lab/state').then(state => { if (!isGone && email.value === '') email.value = state.email; }, error => say(error.message, 'bad'));
  return { end: () => { isGone = true; } };
}
