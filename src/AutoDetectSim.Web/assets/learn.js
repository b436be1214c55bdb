import { h, replace, say, table, command, confirmed, plural, ranges, typed } from './dom.js';
import { get, post, Problem, about, quoted } from './api.js';
import { markdown } from './markdown.js';
import { chainCards } from './chain.js';

const STATES = { notStarted: '', open: 'open', solved: '✓ solved', givenUp: 'given up' };
const lower = text => text ? text[0].toLowerCase() + text.slice(1) : '';

/** Lessons: the list, or the one that runs. */
export function learn(main) {
  let isGone = false;
  let isBusy = false;
  let data = '';
  const said = new Map();

  let seat = null;
  let trainee = '';

  const learnCommand = line => `autodetectsim learn ${line}${data}`;

  async function guarded(work) {
    if (isBusy) return;
    isBusy = true;
    main.setAttribute('aria-busy', 'true');
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!isGone) say(error.message, 'bad');
    } finally {
      isBusy = false;
      main.removeAttribute('aria-busy');
    }
  }

  async function show() {
    const { isRunning } = await get('/api/lessons/state');
    if (isGone) return;
    await (isRunning ? showLesson() : showList());
  }

  async function showList() {
    const list = await get('/api/lessons');
    if (isGone) return;
    said.clear();
    const level = h('select', { id: 'level' }, [1, 2, 3, 4].map(number => h('option', { value: number }, number)));
    replace(main, h('section', { class: 'card' }, h('h1', {}, 'Learn'),
      h('p', {}, 'A customer complains. Find the hidden fault in a running lab, name it, repair it, and read why it was so. Your progress is shared with the command line.'),
      seat ? nameForm() : null,
      table('Lessons', ['Lesson', 'Level', 'Time', 'State', 'Points', 'Actions'], list.lessons.map(one => [
        h('span', {}, one.title, h('span', { class: 'small block' }, one.name)), String(one.level), one.minutes ? `${one.minutes} min` : '', STATES[lower(one.state)] ?? one.state, one.points === undefined ? '' : String(one.points),
        h('span', { class: 'buttons' },
          h('button', { type: 'button', class: one.name === list.next ? 'main' : null, 'aria-label': `${lower(one.state) === 'open' ? 'Resume' : 'Start'} ${one.name}`, onclick: () => start(one.name) }, lower(one.state) === 'open' ? 'Resume' : 'Start'),
          lower(one.state) === 'notStarted' ? null : h('button', { type: 'button', 'aria-label': `Reset ${one.name}`, onclick: () => reset(one.name) }, 'Reset'))])),
      h('p', {}, h('label', {}, 'Mystery of level ', level), ' ', h('button', { type: 'button', onclick: () => start(`mystery-${level.value}-${crypto.getRandomValues(new Uint16Array(1))[0] % 10_000}`) }, 'Draw one')),
      command(learnCommand('list'), learnCommand(`start ${list.next ?? 'one-in-twenty'}`))));
  }

  const nameForm = () => h('form', {
    class: 'step',
    onsubmit: event => {
      event.preventDefault();
      guarded(async () => {
        trainee = (await post('/api/seat', { trainee: new FormData(event.target).get('trainee') })).trainee;
        say(`The class report calls you ${trainee}.`);
      });
    },
  }, h('label', {}, 'Your name, for the class ', h('input', { type: 'text', name: 'trainee', value: trainee, required: true, maxlength: 60, autocomplete: 'name' })), h('p', { class: 'buttons' }, h('button', { type: 'submit' }, 'Save the name')), command(learnCommand('start LESSON --name "YOUR NAME"')));

  const start = name => guarded(async () => {
    say('Starting the lab of the lesson.');
    await post('/api/lessons/start', { lesson: name });
    await showLesson();
  });

  const reset = async name => {
    if (!await confirmed(`Reset ${name}? Your progress in it is discarded, and a new variant is drawn.`, 'Reset it')) return;
    await guarded(async () => {
      await post('/api/lessons/reset', { lesson: name });
      await showList();
    });
  };

  /** Makes a request of the lesson, remembers the result, and shows where the lesson stands. */
  const act = (path, body, render) => guarded(async () => {
    const result = await post(`/api/lesson/${path}`, body);
    said.set(path, render(result));
    await showLesson();
  });

  const form = (title, fields, submit, button, same) => h('form', { class: 'step', onsubmit: event => { event.preventDefault(); submit(new FormData(event.target)); } },
    h('h2', {}, title), fields, h('p', { class: 'buttons' }, h('button', { type: 'submit' }, button)), same);

  const result = path => h('div', { class: 'result', 'aria-live': 'polite' }, said.get(path) ?? null);

  async function showLesson() {
    const [status, faults] = [await get('/api/lesson/status'), await get('/api/lessons/faults')];
    if (isGone) return;
    const { topology } = status;
    const state = lower(status.state);
    const tools = status.tools.map(lower);
    const secure = topology.virtualIps.filter(one => one.usesTls);
    const hosts = topology.virtualIps.flatMap(one => one.hosts);
    const field = (name, label, options = {}) => h('label', {}, `${label} `, h('input', { type: 'text', name, autocomplete: 'off', spellcheck: 'false', ...options }));
    const lines = [
      tools.includes('curl') ? `curl -i -x ${topology.gateway} --cacert ${quoted(topology.rootCertificate)} -H 'x-email: ${status.address}' '${topology.detectUrl}?services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp'` : null,
      tools.includes('detect') ? `autodetectsim detect ${status.address} --url ${topology.detectUrl} --proxy ${topology.gateway} --ca ${quoted(topology.rootCertificate)} --attempts 5` : null,
      ...(tools.includes('openssl') ? secure.map(one => `openssl s_client -connect ${one.endpoint} -servername ${one.hosts[0]} -showcerts -CAfile ${quoted(topology.rootCertificate)} </dev/null`) : []),
      ...(tools.includes('check') ? secure.map(one => `autodetectsim check ${one.hosts[0]} --proxy ${topology.gateway} --ca ${quoted(topology.rootCertificate)} --email ${status.address}${topology.dns ? ` --dns ${topology.dns}` : ''}`) : []),
    ].filter(line => line !== null);

    const restore = typed(main);
    replace(main, h('div', { class: 'learn-page' },
      h('section', { class: 'card' },
        h('h1', {}, status.title),
        h('p', { class: 'small' }, `${status.lesson}, level ${status.level}. ${plural(status.probes, 'probe')}, ${plural(status.hintsUsed, 'hint')}, ${plural(status.diagnoses, 'diagnosis', 'diagnoses')}, ${plural(status.repairs.filter(repair => !repair.isPractice).length, 'repair')}.`),
        status.recommended.length > 0 ? h('p', {}, `Recommended before this lesson: ${status.recommended.join(', ')}.`) : null,
        h('article', { class: 'mail', 'aria-label': 'The customer’s mail' }, h('p', { class: 'small' }, `From: ${status.address}`), markdown(status.symptom)),
        h('details', { open: state === 'open' }, h('summary', {}, 'What you can do afterwards'), h('ul', {}, status.goals.map(goal => h('li', {}, goal)))),
        table('Topology', ['Virtual IP', 'Hosts', 'Address', 'Nodes'], topology.virtualIps.map(one => [`${one.name}${one.endsTls ? ', terminates TLS' : ''}`, one.hosts.join(', '), one.address, `${ranges(one.nodes, true)} (${one.nodes.length})`])),
        status.hasFaults ? h('p', { class: 'small' }, `Certificates: ${Object.entries(topology.certificates).map(([name, shown]) => name === shown ? name : `${name} (${shown})`).join(', ')}. Organization: ${topology.organizations.join(', ')}.`) : null,
        lines.length > 0 ? h('details', {}, h('summary', {}, 'Lines to copy into a terminal'), command(...lines)) : null,
        tools.includes('check') ? form('Connect', [
          h('label', {}, 'Host ', h('select', { name: 'host' }, hosts.map(host => h('option', { value: host }, host)))),
          h('label', {}, 'Connections ', h('input', { type: 'number', name: 'attempts', min: 1, max: 1000, value: 20 }))],
        data => guarded(async () => {
          const document = await post('/api/lessons/check', { host: data.get('host'), attempts: Number(data.get('attempts')) || null });
          said.set('check', document.hosts.map(one => [h('h3', {}, `${one.host}: ${one.successes} of ${one.attempts} succeed`), one.chains.map(chain => [h('p', {}, `Chain ${chain.label}, ${plural(chain.attempts, 'connection')}, nodes ${ranges(chain.nodes, true)}: ${chain.explanation}`), chainCards(chain)]), h('p', {}, one.probes.text)]));
          await showLesson();
        }), 'Connect', null) : null, result('check'),
        status.questions.length > 0 ? status.questions.map(question => form(`Question: ${question.ask}`, question.isAnswered ? h('p', { class: 'good' }, '✓ answered') : field('value', 'Answer', { required: true }), data => act('answer', { question: question.name, value: data.get('value') }, answer => h('p', { class: answer.isRight ? 'good' : 'bad' }, answer.isRight ? '✓ Correct.' : '✗ Incorrect.')), 'Answer', command(learnCommand(`answer ${question.name} VALUE`)))) : null, result('answer')),
      h('section', { class: 'card' },
        status.hasFaults && tools.includes('phone') ? [form('Phone', h('p', {}, 'Add the account on a phone again.'), () => act('phone', {}, phone => [phone.sentences.map(sentence => h('p', {}, sentence)), phone.log.length > 0 ? table('Logged by the customer’s servers', ['Source', 'Server', 'Request', 'Status'], phone.log.map(line => [line.source, line.server, `${line.method} ${line.url}`, String(line.status)])) : h('p', {}, 'The customer’s servers logged nothing for this attempt.')]), 'Add account', command(learnCommand('phone'))), result('phone')] : null,
        status.hasFaults ? [form('Diagnosis', [
          field('host', 'Host', { list: 'hosts' }), h('datalist', { id: 'hosts' }, hosts.map(host => h('option', { value: host }))),
          field('nodes', 'Nodes', { placeholder: 'all, or ex02 to ex05, ex07' }),
          h('label', {}, 'Fault ', h('select', { name: 'fault' }, h('option', { value: '' }, 'not known'), Object.entries(faults).map(([word, meaning]) => h('option', { value: word }, `${word}: ${meaning}`)))),
          h('label', {}, 'Layer ', h('select', { name: 'layer' }, h('option', { value: '' }, 'not known'), ['dns', 'network', 'balancer', 'tls', 'certificate', 'exchange', 'hybrid', 'service'].map(layer => h('option', { value: layer }, layer)))),
          field('certificate', 'Certificate', { placeholder: 'missing or wrong: its common name' })],
        data => act('diagnose', Object.fromEntries([...data].filter(([, value]) => value.trim() !== '')), diagnosis => diagnosis.sentences.map(sentence => h('p', { class: diagnosis.isRight ? 'good' : null }, sentence))), 'Submit the diagnosis', command(learnCommand('diagnose --host HOST --nodes NODES --fault FAULT --layer LAYER --certificate NAME'))), result('diagnose'),
        form('Repair', [field('change', 'Change', { class: 'line-input', required: true, placeholder: `${topology.virtualIps[0].name}/${topology.virtualIps[0].nodes[0]}: …` }),
          h('p', { class: 'small' }, 'The part, a colon and the change. All changes: ', h('code', {}, 'autodetectsim learn read changes'))], data => act('fix', { change: data.get('change') }, repair => h('p', {}, `${repair.change}: ${repair.sentence}`)), 'Repair', command(learnCommand('fix "CHANGE"'))), result('fix'),
        status.repairs.length > 0 ? [h('ul', {}, status.repairs.map(repair => h('li', {}, repair.change, repair.isUndone ? ' (undone)' : '', repair.isPractice ? ' (after the end: does not count)' : ''))), h('button', { type: 'button', onclick: () => act('undo', {}, undone => h('p', {}, `Undone: ${undone.done}`)) }, 'Undo the last repair'), result('undo')] : null] : null,
        form('Hint', h('p', { class: 'small' }, state === 'open' ? 'Each costs points.' : 'The lesson is over: hints no longer count.'), () => act('hint', {}, hint => [h('p', { class: 'small' }, hint.number > 0 ? `Hint ${hint.number}` : ''), markdown(hint.text)]), 'Show the next hint', command(learnCommand('hint'))), result('hint'),
        form('Verification', null, () => act('verify', {}, verified => verified.isSolved ? [h('p', { class: 'good' }, '✓ Everything works.'), verified.next ? h('p', {}, verified.next) : null] : [h('p', { class: 'bad' }, 'Not yet:'), h('ul', {}, verified.missing.map(one => h('li', {}, one)))]), 'Verify', command(learnCommand('verify'))), result('verify'),
        status.score ? [h('p', { class: 'lead' }, `Score: ${status.score.total} of 100.`), h('p', { class: 'small' }, `Diagnosis ${status.score.diagnosis} of 50, probes ${status.score.economy} of 15 (${status.score.probes} made; ${status.score.probesNeeded} are enough to meet every node at 95% confidence), hints ${status.score.hints} of 15, repairs ${status.score.repairs} of 20.`)] : null,
        form('Explanation', null, () => explain(status, state), state === 'open' ? 'Give up and explain' : 'Explain', command(learnCommand('explain'))), result('explain'),
        h('p', { class: 'buttons' }, h('button', { type: 'button', onclick: end }, 'End the lesson')), command(learnCommand('stop')))));
    restore();
  }

  async function explain(status, state) {
    const giveUp = state === 'open';
    const withoutDiagnosis = !giveUp && status.needsDiagnosis;
    if (giveUp && !await confirmed('Show the solution without solving the lesson? Nothing counts after that.', 'Give up')) return;
    if (withoutDiagnosis && !await confirmed('The fault has not been diagnosed yet, and after the explanation nothing counts. Show it anyway?', 'Show it')) return;
    await act('explain', { giveUp, withoutDiagnosis }, explained => [explained.faults.map(fault => h('p', {}, `The fault: ${fault}`)), markdown(explained.text)]);
  }

  const end = () => guarded(async () => {
    await post('/api/lesson/stop', {});
    for (let tries = 0; tries < 100 && (await get('/api/lessons/state')).isRunning; tries++) await new Promise(resolve => setTimeout(resolve, 100));
    await showList();
  });

  guarded(async () => {
    const { data: folder, seat: name } = await about();
    seat = name ?? null;
    if (seat) trainee = (await get('/api/seat')).trainee;
    data = folder ? ` --data ${quoted(folder)}` : '';
    await show();
  });
  return { end: () => { isGone = true; } };
}
