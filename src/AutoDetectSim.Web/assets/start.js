import { h, replace, say, command } from './dom.js';
import { post, get, Problem, about, quoted } from './api.js';

const DOORS = [
  ['#/lab', 'Reproduce', 'A customer’s world as a picture: which node fails, for which client, and why no one else noticed.', 'autodetectsim run one-in-twenty'],
  ['#/check', 'Test', 'Check a host from outside, as a probe would, and see what changes would bring.', 'autodetectsim check autodiscover.contoso.com --scenario one-in-twenty'],
  ['#/learn', 'Learn', 'A complaint, a running lab, and a hidden fault to find, name and repair.', 'autodetectsim learn list'],
];

/** Three doors, and the story in one minute: twenty people, one after the other, on the lab that runs. */
export function start(main) {
  let isGone = false;
  const strip = h('ol', { class: 'strip', 'aria-label': 'Twenty people, one after the other' });
  const outcome = h('p', { role: 'status' });
  const button = h('button', { type: 'button', class: 'main', onclick: tell }, 'Let twenty people add their account');

  async function tell() {
    button.disabled = true;
    replace(strip);
    outcome.textContent = '';
    try {
      const { email } = await get('/api/lab/state');
      const { timeline, detections } = await post('/api/lab/detect', { email, attempts: 20 });
      const isQuiet = matchMedia('(prefers-reduced-motion: reduce)').matches;
      for (const one of timeline) {
        if (isGone) return;
        const good = detections.expectedOutcome ? one.outcome === detections.expectedOutcome : one.succeeded;
        strip.append(h('li', { class: good ? 'good' : 'bad', title: `Person ${one.number} met ${one.nodes.join(', ')}` }, h('span', { class: 'hidden' }, `Person ${one.number}: ${good ? 'can add the account' : 'cannot'}`), h('span', { 'aria-hidden': 'true' }, good ? '✓' : '✗')));
        if (!isQuiet) await new Promise(resolve => setTimeout(resolve, 120));
      }
      const good = strip.querySelectorAll('.good').length;
      outcome.textContent = good === timeline.length ? 'Everyone can add the account.' : `${good} of ${timeline.length} can. Each of them met another server in turn, so a second try may work. The page Lab shows which servers they are, and why Outlook on the desktop, browsers and the analyzer do not notice.`;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.message, 'bad');
    } finally {
      button.disabled = false;
    }
  }

  const same = h('div');
  const recent = h('div');
  replace(main, h('div', { class: 'start-page' },
    h('section', { class: 'card' }, h('h1', {}, 'Why does it work only one time in twenty?'),
      h('p', { class: 'lead' }, 'A phone asks AutoDetect, and AutoDetect asks the customer’s servers. It neither keeps nor downloads intermediate certificates. If a server does not send them, the phone asks to select the email provider.'),
      h('p', { class: 'buttons' }, button), strip, outcome, same),
    recent,
    h('section', { class: 'doors', 'aria-label': 'Three ways to use it' }, DOORS.map(([href, title, text, line]) => h('div', { class: 'card' }, h('h2', {}, h('a', { href }, title)), h('p', {}, text), command(line))))));
  about().then(({ scenario, recent: names }) => {
    if (!isGone && names.length > 0) replace(recent, h('section', { class: 'card', 'aria-labelledby': 'recent-title' }, h('h2', { id: 'recent-title' }, 'Recent scenarios'), names.map(name => command(`autodetectsim console ${quoted(name)}`))));
    if (!isGone && scenario) get('/api/lab/state').then(state => replace(same, command(`autodetectsim detect ${quoted(state.email)} --scenario ${quoted(scenario)} --attempts 20`)), error => say(error.message, 'bad'));
  }, error => say(error.message, 'bad'));
  return { end: () => { isGone = true; } };
}
