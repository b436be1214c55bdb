import { h, replace, say, command, confirmed, download, plural } from './dom.js';
import { get, post, text, blob, part, Problem, about, quoted, changeCommand } from './api.js';
import { listen } from './live.js';
import { editor } from './editor.js';
import { difference } from './difference.js';

const MOST_BYTES = 4 * 1024 * 1024;

// Programs of Windows save UTF-16 and other encodings, which the lab reads.
const base64 = file => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => reject(new Problem(0, [`${file.name} cannot be read.`]));
  reader.readAsDataURL(file);
});

/** Scenarios as texts: the library by symptom, an editor that shows every problem at its place, evidence, and the change of the running lab. */
export function scenario(main, rest) {
  let isGone = false;
  let running = '';
  let file = 'scenario.yaml';
  let library = [];
  let topologies = [];
  let waiting;
  let asked = 0;
  let revision = null;
  const yaml = editor('Scenario', () => { clearTimeout(waiting); waiting = setTimeout(lint, 250); }, () => get('/api/lab/schema'));
  const problems = h('div', { class: 'lint', 'aria-live': 'polite' });
  const apply = h('button', { type: 'button', class: 'main', onclick: become }, 'Continue the lab with this');
  const compared = h('div');
  const search = h('input', { type: 'search', id: 'search', placeholder: 'password, firewall, expired', oninput: drawLibrary });
  const list = h('ul', { class: 'library' });
  const found = h('p', { class: 'small', role: 'status' });
  const read = h('div', { 'aria-live': 'polite' });
  const anonymize = h('input', { type: 'checkbox' });
  const pick = h('input', { type: 'file', id: 'evidence', multiple: true, onchange: () => { capture([...pick.files]); pick.value = ''; } });
  const drop = h('div', {
    class: 'drop',
    ondragover: event => { event.preventDefault(); drop.classList.add('over'); },
    ondragleave: () => drop.classList.remove('over'),
    ondrop: event => { event.preventDefault(); drop.classList.remove('over'); capture([...event.dataTransfer.files]); },
  }, h('label', { for: 'evidence' }, 'Evidence: drop files here, or choose them'), pick,
  h('p', { class: 'small' }, 'What openssl s_client, gnutls-cli, nmap, curl, keytool, PowerShell, testssl.sh, sslyze or a browser (HAR) wrote, or a mail with that in it.'),
  h('label', { class: 'check' }, anonymize, ' Replace the names of customers, people, servers and authorities'));
  const same = h('div');
  const templates = h('select', { id: 'template', onchange: () => showTemplate() });
  const domain = h('input', { type: 'text', id: 'domain', placeholder: 'contoso.com', spellcheck: 'false', autocomplete: 'off', oninput: () => showTemplate() });
  const servers = h('input', { type: 'number', id: 'servers', min: 1, max: 10_000, oninput: () => showTemplate() });
  const fromTemplate = h('div');
  const keys = h('input', { type: 'checkbox', onchange: () => showPki() });
  const pki = h('div');

  replace(main, h('div', { class: 'scenario-page' },
    h('section', { class: 'card' }, h('h1', {}, 'Scenario'),
      h('p', { class: 'buttons' }, apply,
        h('button', { type: 'button', onclick: compare }, 'Compare with the running lab'),
        h('button', { type: 'button', onclick: () => load(null) }, 'Load the running scenario'),
        h('button', { type: 'button', onclick: save }, 'Save as a file')),
      yaml.element, problems, compared, same),
    h('section', { class: 'card', 'aria-labelledby': 'library-title' }, h('h2', { id: 'library-title' }, 'Library by symptom'), h('label', {}, 'Search ', search), found, list,
      h('h2', {}, 'From a template'), h('p', { class: 'small' }, 'A healthy world of a common topology, with a comment on each part.'),
      h('form', { class: 'tools', onsubmit: event => { event.preventDefault(); begin(); } }, h('label', {}, 'Topology ', templates), h('label', {}, 'Domain ', domain), h('label', {}, 'Servers ', servers), h('button', { type: 'submit' }, 'Start from this template')), fromTemplate,
      h('h2', {}, 'From evidence'), drop, read,
      h('h2', {}, 'Certificates for real servers'), h('p', { class: 'small' }, 'The chains of the text in the editor, each exactly as its server presents it, with lines for nginx, HAProxy, IIS, Exchange and F5. They are made anew for each download; none is that of the running lab.'),
      h('label', { class: 'check' }, keys, ' With private keys, and configurations of nginx and HAProxy that use them'), h('p', { class: 'buttons' }, h('button', { type: 'button', onclick: () => guarded(zip) }, 'Download certificates as ZIP')), pki)));

  async function guarded(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!isGone) say(error.message, 'bad');
    }
  }

  async function lint() {
    const mine = ++asked;
    await guarded(async () => {
      const { problems: found } = await post('/api/lab/lint', { yaml: yaml.text(), name: file });
      if (mine !== asked || isGone) return;
      yaml.mark(found);
      apply.disabled = found.length > 0;
      replace(problems, found.length === 0
        ? h('p', { class: 'good' }, '✓ no problems')
        : [h('p', { class: 'bad' }, `✗ ${plural(found.length, 'problem')}`), h('ul', {}, found.map(one => h('li', {}, h('button', { type: 'button', class: 'link', onclick: () => yaml.goTo(one.line, one.column) }, one.line > 0 ? `Line ${one.line}, column ${one.column}` : 'No place'), ` ${one.message}.`)))]);
    });
  }

  async function load(id) {
    if (yaml.isChanged() && !await confirmed('The text in the editor has changes that are not saved. Replace it?', 'Replace it')) return;
    await guarded(async () => {
      const loaded = await text(id === null ? '/api/lab/scenario' : `/api/lab/library/${id.split('/').map(part).join('/')}`);
      if (isGone) return;
      file = id === null ? 'scenario.yaml' : `${id.split('/').at(-1)}.yaml`;
      yaml.set(loaded);
      replace(compared);
      await lint();
      showCommand();
    });
  }

  const template = () => topologies.find(one => one.name === templates.value);

  function showTemplate() {
    const { name, nodes } = template();
    servers.disabled = !nodes;
    servers.placeholder = String(nodes ?? 1);
    const options = [domain.value.trim() ? ` --domain ${quoted(domain.value.trim())}` : '', nodes && servers.value ? ` --nodes ${servers.value}` : ''].join('');
    replace(fromTemplate, command(`autodetectsim new ${name}${options} -o ${name}.yaml`));
  }

  async function begin() {
    if (yaml.isChanged() && !await confirmed('The text in the editor has changes that are not saved. Replace it?', 'Replace it')) return;
    await guarded(async () => {
      const { name, nodes } = template();
      const query = new URLSearchParams({ domain: domain.value.trim(), nodes: nodes ? servers.value : '' });
      const loaded = await text(`/api/lab/templates/${part(name)}?${query}`);
      if (isGone) return;
      file = `${name}.yaml`;
      yaml.set(loaded);
      replace(compared);
      await lint();
      showCommand();
    });
  }

  async function become() {
    if (!await confirmed('Continue the running lab with this scenario? Open connections keep what they have; undo on the page Lab goes back.', 'Continue with it')) return;
    await guarded(async () => {
      say((await post('/api/lab/scenario', { yaml: yaml.text(), name: file })).change);
      yaml.isSaved();
      running = await text('/api/lab/scenario');
    });
  }

  async function compare() {
    await guarded(async () => {
      running = await text('/api/lab/scenario');
      const lines = difference(running, yaml.text());
      replace(compared, h('h2', {}, 'Running lab and editor'), lines === null ? h('p', {}, 'The texts are too different to compare line by line.') : lines.some(line => line.kind !== 'same')
        ? h('pre', { class: 'difference', tabindex: 0 }, lines.map(line => h('span', { class: line.kind }, `${line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' '} ${line.text}\n`)))
        : h('p', {}, 'They are the same.'));
    });
  }

  function save() {
    download(new Blob([yaml.text()], { type: 'application/yaml' }), file);
    yaml.isSaved();
  }

  async function zip() {
    const name = file.replace(/\.ya?ml$/, '') + '-certificates.zip';
    download(await blob('/api/lab/certificates', { yaml: yaml.text(), name: file, keys: keys.checked }), name);
    say(`Saved ${name}.${keys.checked ? ' It has private keys in it: keep it as such.' : ''}`);
  }

  const showPki = () => replace(pki, command(`certs-gen ${quoted(file)} -o certificates${keys.checked ? ' --keys' : ''}`));

  async function capture(files) {
    if (files.length === 0) return;
    if (files.some(one => one.size > MOST_BYTES)) {
      say(`A file has more than ${MOST_BYTES / 1024 / 1024} MB.`, 'bad');
      return;
    }
    if (yaml.isChanged() && !await confirmed('The text in the editor has changes that are not saved. Replace it?', 'Replace it')) return;
    await guarded(async () => {
      const answer = await post('/api/lab/evidence', { files: await Promise.all(files.map(async one => ({ name: one.name, base64: await base64(one) }))), anonymize: anonymize.checked });
      if (isGone) return;
      file = 'captured.yaml';
      yaml.set(answer.yaml);
      const block = (title, lines) => lines.length === 0 ? null : [h('h3', {}, title), h('ul', {}, lines.map(line => h('li', {}, line)))];
      replace(read, block('Read', answer.read), block('Notes', answer.notes), block('Assumed', answer.assumed), block('Different from the original', answer.deviations), block('Not the same as the evidence', answer.differences),
        command(`autodetectsim capture ${files.map(one => `--from ${quoted(one.name)}`).join(' ')}${anonymize.checked ? ' --anonymize' : ''} -o captured.yaml`));
      await lint();
      showCommand();
    });
  }

  function drawLibrary() {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(word => word.length > 0);
    const shown = library.filter(one => wanted.every(word => `${one.id} ${one.title} ${one.symptom} ${one.layer ?? ''}`.toLowerCase().includes(word)));
    found.textContent = `${plural(shown.length, 'scenario')} of ${library.length}.`;
    replace(list, shown.map(one => h('li', {}, h('button', { type: 'button', class: 'link', onclick: () => load(one.id) }, one.symptom || one.title), h('span', { class: 'small' }, `${one.id}: ${one.title}`))));
  }

  async function showCommand() {
    const { scenario: named } = await about();
    showPki();
    if (!isGone) replace(same, command('autodetectsim schema', `autodetectsim lint ${quoted(file)}`, `autodetectsim run ${quoted(file)} --control --ready-file lab.json`, await changeCommand('--show')), named ? h('p', { class: 'small' }, `The lab was started with ${named}.`) : null);
  }

  drawLibrary();
  guarded(async () => {
    running = await text('/api/lab/scenario');
    if (isGone) return;
    if (rest.length > 0) await load(rest.join('/'));
    else yaml.set(running);
    await lint();
    [library, topologies] = [await get('/api/lab/library'), await get('/api/lab/templates')];
    if (isGone) return;
    drawLibrary();
    replace(templates, topologies.map(one => h('option', { value: one.name }, one.title)));
    showTemplate();
    await showCommand();
  });
  const stop = listen(event => {
    // What is changed elsewhere shows here, unless the text is being edited.
    if (revision !== null && event.revision !== revision && !yaml.isChanged() && file === 'scenario.yaml') guarded(async () => { yaml.set(running = await text('/api/lab/scenario')); await lint(); });
    revision = event.revision;
  });
  return { end: () => { isGone = true; stop(); clearTimeout(waiting); } };
}
