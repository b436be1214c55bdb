import { h, replace, say, table, command, plural } from './dom.js';
import { get, stream, Problem, about, quoted } from './api.js';

const VERDICTS = { healthy: ['good', '✓ Healthy'], notEnoughProbes: ['mixed', '◐ Not enough connections'], intermittent: ['mixed', '◐ Intermittent'], broken: ['bad', '✗ Broken'] };

const percent = rate => `${Math.round(rate * 1000) / 10} %`;

/** Checks a host from outside, with what changes would bring. */
export function check(main) {
  let isGone = false;
  let running = null;
  const host = h('input', { type: 'text', id: 'host', required: true, autocomplete: 'off', spellcheck: 'false' });
  const email = h('input', { type: 'email', id: 'check-email', autocomplete: 'off', spellcheck: 'false' });
  const attempts = h('input', { type: 'number', id: 'attempts', min: 1, max: 10000 });
  const candidates = h('ul', { class: 'candidates' });
  const own = h('input', { class: 'line-input', id: 'own-change', spellcheck: 'false', autocomplete: 'off' });
  const all = h('input', { type: 'checkbox', id: 'fix-all' });
  const bar = h('progress', { max: 300, value: 0, 'aria-label': 'Connections' });
  const told = h('p', { role: 'status' });
  const start = h('button', { type: 'submit', class: 'main' }, 'Check');
  const stop = h('button', { type: 'button', disabled: true, onclick: () => running?.abort() }, 'Stop');
  const result = h('div');
  const same = h('div');
  bar.hidden = true;

  const fixes = () => all.checked ? ['all'] : [...candidates.querySelectorAll('input:checked')].map(box => box.value).concat(own.value.trim() ? [own.value.trim()] : []);

  async function show() {
    const [{ rootCertificate, scenario }, state] = [await about(), await get('/api/lab/state')];
    const fix = fixes();
    const options = [email.value.trim() ? ` --email ${quoted(email.value.trim())}` : '', attempts.value ? ` --attempts ${attempts.value}` : '', ...fix.map(line => ` --fix ${quoted(line)}`)].join('');
    const base = `autodetectsim check ${quoted(host.value.trim() || 'HOST')}`;
    if (!isGone) replace(same, command(fix.length > 0 && scenario ? `${base} --scenario ${quoted(scenario)}${options}` : `${base} --proxy ${state.gateway} --ca ${quoted(rootCertificate)}${options}`));
  }

  function draw(line) {
    const { result: document, report } = line;
    const [kind, word] = VERDICTS[document.verdict] ?? ['off', document.verdict];
    const after = document.whatIf;
    replace(result,
      h('h2', {}, h('span', { class: `badge ${kind}` }, word)),
      h('p', { class: 'lead' }, document.summary),
      after ? h('section', { class: 'header-words' }, h('h3', {}, 'What if'), h('ul', {}, after.changes.length > 0 ? after.changes.map(change => h('li', {}, h('code', {}, change))) : h('li', {}, 'Nothing needs to be changed, or no change is known that helps.')),
        after.hosts.length > 0 ? table('Success before and after', ['Host', 'Before', 'After', 'Still faulty'], after.hosts.map(one => [one.host, one.successRateBefore === undefined ? 'not reached' : percent(one.successRateBefore), percent(one.successRate), one.faultyNodes.join(', ') || 'none'])) : null) : null,
      h('p', { class: 'buttons' }, h('span', { class: 'small' }, 'Save the report as'), ['html', 'md', 'json'].map(form => h('a', { class: 'button', href: `/api/lab/reports/${report}.${form}`, download: `check.${form}` }, form.toUpperCase()))),
      h('iframe', { class: 'report', src: `/api/lab/reports/${report}.html`, title: `Report about ${document.host}` }));
  }

  async function run() {
    running = new AbortController();
    start.disabled = true;
    stop.disabled = false;
    bar.hidden = false;
    bar.removeAttribute('value');
    replace(result);
    told.textContent = 'Connecting.';
    try {
      const last = await stream('/api/lab/check?progress=true', { host: host.value.trim(), email: email.value.trim() || null, attempts: attempts.value ? Number(attempts.value) : null, fix: fixes() }, line => {
        if (line.progress !== undefined) {
          bar.value = line.progress;
          told.textContent = `${plural(line.progress, 'connection')} to the present host.`;
        }
      }, running.signal);
      if (isGone) return;
      told.textContent = 'Done.';
      draw(last);
    } catch (error) {
      if (error.name === 'AbortError') {
        told.textContent = 'Stopped.';
      } else if (error instanceof Problem) {
        told.textContent = '';
        replace(result, error.problems.map(problem => h('p', { class: 'bad' }, problem)));
      } else {
        throw error;
      }
    } finally {
      running = null;
      bar.hidden = true;
      start.disabled = false;
      stop.disabled = true;
    }
  }

  replace(main, h('section', { class: 'card' }, h('h1', {}, 'Check'),
    h('form', { class: 'check', novalidate: true, onchange: show, onsubmit: event => { event.preventDefault(); run(); } },
      h('div', { class: 'tools' }, h('label', {}, 'Host ', host), h('label', {}, 'E-mail address ', email), h('label', {}, 'Connections ', attempts)),
      h('details', {}, h('summary', {}, 'What if something were changed'),
        h('p', { class: 'small' }, 'The changes are tried on a second lab with the same scenario; this one stays as it is.'),
        h('label', { class: 'check' }, all, ' Find the fewest changes that help'),
        h('fieldset', { class: 'plain' }, h('legend', {}, 'Or these changes'), candidates, h('label', {}, 'Another change ', own))),
      h('p', { class: 'buttons' }, start, stop), bar, told),
    same, result));
  all.addEventListener('change', () => { for (const box of candidates.querySelectorAll('input')) box.disabled = all.checked; own.disabled = all.checked; });
  Promise.all([get('/api/lab/state'), get('/api/lab/candidates')]).then(([state, lines]) => {
    if (isGone) return;
    host.value ||= 'autodiscover.' + state.email.split('@')[1];
    email.value ||= state.email;
    replace(candidates, lines.length === 0 ? h('li', {}, 'Nothing in this scenario differs from a healthy one.') : lines.map(line => h('li', {}, h('label', { class: 'check' }, h('input', { type: 'checkbox', value: line }), ' ', h('code', {}, line)))));
    show();
  }, error => say(error.message, 'bad'));
  return { end: () => { isGone = true; running?.abort(); } };
}
