import { h, s, replace, say, table, command, download, plural } from './dom.js';
import { get, post, part, Problem, about, quoted } from './api.js';
import { listen } from './live.js';
import { chainList } from './chain.js';
import { clientOf } from './verdict.js';

const MOST_ROWS = 200;
const KEPT = 4096;
const FORMS = [['json', 'JSON', 'json', 'application/json'], ['har', 'HAR', 'har', 'application/json'], ['curl', 'curl commands', 'sh', 'text/plain'], ['powershell', 'PowerShell commands', 'ps1', 'text/plain']];

const time = text => new Date(text).toLocaleTimeString(undefined, { hour12: false }) + '.' + String(new Date(text).getMilliseconds()).padStart(3, '0');
// A name that would take up too much of a row is broken all the same.
const whole = text => h('span', { class: text.length <= 24 ? 'whole' : null }, text);
const words = one => [one.number, one.virtualIp, one.node, one.source, clientOf(one), one.serverName, one.tlsVersion, one.handshakeFailure, one.presented.join(' '), ...one.requests.flatMap(request => [request.line, request.status])].join(' ').toLowerCase();
const detectionWords = one => [one.number, one.email, one.status, one.code, one.succeeded ? 'succeeded' : 'failed', ...one.nodes].join(' ').toLowerCase();

/** All connections and detections, newest first. */
export function journal(main, rest) {
  let place = rest;
  let connections = [];
  let detections = [];
  let isPaused = false;
  let isReading = false;
  let isStale = false;
  let isGone = false;
  let totals = { connections: 0, detections: 0 };
  const filter = h('input', { type: 'search', id: 'filter', placeholder: 'ex02, failed, HTTP/1.1, 401', oninput: () => drawRows() });
  const noise = h('input', { type: 'checkbox', checked: true, onchange: () => drawRows() });
  const pause = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => { isPaused = !isPaused; pause.setAttribute('aria-pressed', String(isPaused)); pause.textContent = isPaused ? 'Continue' : 'Pause'; if (!isPaused) read(); } }, 'Pause');
  const kind = h('select', { id: 'kind', onchange: () => drawRows() }, h('option', { value: 'connections' }, 'Connections'), h('option', { value: 'detections' }, 'Detections'));
  const count = h('p', { class: 'small', role: 'status' });
  const rows = h('div');
  const side = h('section', { class: 'card side', 'aria-labelledby': 'side-title' });
  const same = h('div');
  replace(main, h('div', { class: 'lab-page' },
    h('section', { class: 'card wide' }, h('h1', {}, 'Journal'),
      h('div', { class: 'tools' },
        h('label', {}, 'Show ', kind), h('label', {}, 'Filter ', filter),
        h('label', { class: 'check' }, noise, ' Hide services of the lab'), pause),
      count, h('p', { class: 'buttons' }, h('span', { class: 'small' }, 'Save the filtered connections as'), FORMS.map(([form, title, extension, type]) => h('button', { type: 'button', onclick: () => save(form, extension, type) }, title))),
      rows, same),
    side));

  const isShown = one => {
    const wanted = filter.value.trim().toLowerCase().split(/\s+/).filter(word => word.length > 0);
    const text = kind.value === 'connections' ? words(one) : detectionWords(one);
    return wanted.every(word => text.includes(word)) && !(kind.value === 'connections' && noise.checked && one.isService);
  };

  function drawRows() {
    const isConnections = kind.value === 'connections';
    const shown = (isConnections ? connections : detections).filter(isShown).reverse();
    const total = isConnections ? totals.connections : totals.detections;
    count.textContent = `${plural(shown.length, isConnections ? 'connection' : 'detection')} of ${total.toLocaleString('en')}${shown.length > MOST_ROWS ? `; the newest ${MOST_ROWS} are listed` : ''}${total > KEPT ? `; the last ${KEPT.toLocaleString('en')} are remembered` : ''}.`;
    replace(rows, isConnections
      ? table('Connections, newest first', ['Number', 'Time', 'Node', 'From', 'TLS', 'Requests'], shown.slice(0, MOST_ROWS).map(one => [
        h('a', { href: `#/journal/connection/${one.number}` }, String(one.number)), whole(time(one.openedAt)), whole(`${one.virtualIp}/${one.node}`), h('span', {}, `${clientOf(one)} `, whole(one.source)),
        one.handshakeFailure ? h('span', { class: 'bad' }, `✗ ${one.handshakeFailure}`) : whole(one.tlsVersion ?? 'none'),
        one.requests.map(request => `${request.line} → ${request.status ?? 'no answer'}`).join('; ') || 'none']))
      : table('Detections, newest first', ['Number', 'Time', 'Address', 'Result', 'Nodes met', 'Took'], shown.slice(0, MOST_ROWS).map(one => [
        h('a', { href: `#/journal/detection/${one.number}` }, String(one.number)), whole(time(one.at)), one.email,
        h('span', { class: one.succeeded ? 'good' : 'bad' }, one.succeeded ? `✓ ${one.status}` : `✗ ${one.code ?? one.status}`), one.nodes.join(', ') || 'none', `${Math.round(one.elapsedMs)} ms`])));
  }

  async function read() {
    if (isReading) {
      isStale = true;
      return;
    }
    isReading = true;
    try {
      do {
        isStale = false;
        // A connection that was open is read again, with what it has done since.
        const open = connections.findIndex(one => one.closedAt === undefined);
        const known = open >= 0 ? connections[open].number - 1 : connections.at(-1)?.number ?? 0;
        const [newer, detected] = [await get(`/api/lab/journal?after=${known}`), await get(`/api/lab/detections?after=${detections.at(-1)?.number ?? 0}`)];
        if (isGone) return;
        const started = performance.now();
        connections = [...connections.filter(one => one.number <= known), ...newer].slice(-KEPT);
        detections = [...detections, ...detected].slice(-KEPT);
        drawRows();
        // Under load, most of the time is left for whoever uses the page.
        await new Promise(resolve => setTimeout(resolve, Math.max(250, 3 * (performance.now() - started))));
      } while (isStale && !isPaused && !isGone);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (!isGone) say(error.message, 'bad');
    } finally {
      isReading = false;
    }
  }

  async function save(form, extension, type) {
    try {
      const { rootCertificate } = await about();
      const numbers = connections.filter(one => !(noise.checked && one.isService)).filter(one => { const wanted = filter.value.trim().toLowerCase().split(/\s+/).filter(word => word.length > 0); return wanted.every(word => words(one).includes(word)); }).map(one => one.number);
      const { text } = await post('/api/lab/journal/export', { form, numbers, rootCertificate });
      download(new Blob([text], { type }), `journal.${extension}`);
      say(`Saved ${plural(numbers.length, 'connection')} as journal.${extension}.`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.message, 'bad');
    }
  }

  const bar = (elapsed, simulated) => {
    const real = Math.max(0, elapsed - simulated);
    return h('span', { class: 'timing' }, `${elapsed.toFixed(1)} ms`, simulated > 0 ? ` (${simulated.toFixed(0)} ms of it are counted, not waited)` : '', h('meter', { min: 0, max: 10_000, value: real + simulated, 'aria-label': `${elapsed.toFixed(1)} ms of 10 seconds` }));
  };

  /** A bar in parts, as far as they are known. What a server cannot see is named and not drawn. */
  function timing(one) {
    const parts = [['DNS', one.dnsMs], ['TCP', one.tcpMs], ['TLS', one.tlsMs], ['HTTP', one.httpMs]].filter(([, ms]) => ms !== undefined);
    if (parts.length === 0) return null;
    const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
    let x = 0;
    const bars = parts.map(([name, ms]) => {
      const width = total > 0 ? ms / total * 100 : 0;
      const bar = s('rect', { class: `part ${name.toLowerCase()}`, x, y: 0, width, height: 10 }, s('title', {}, `${name}: ${ms.toFixed(2)} ms`));
      x += width;
      return bar;
    });
    return h('div', { class: 'timing-bar' },
      s('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': `Time: ${parts.map(([name, ms]) => `${name} ${ms.toFixed(2)} ms`).join(', ')}` }, bars),
      h('ul', { class: 'legend' }, parts.map(([name, ms]) => h('li', {}, h('span', { class: `swatch ${name.toLowerCase()}`, 'aria-hidden': 'true' }), ` ${name} ${ms.toFixed(2)} ms`))),
      h('p', { class: 'small' }, one.isClient ? 'As the client measured it, with the time that the lab only counts. DNS includes addresses that did not answer.' : 'As the server saw it: TLS from the connection to the end of the handshake, HTTP without the time between requests. DNS and TCP of a real program are not visible here.'));
  }

  const headers = (title, list) => list.length === 0 ? null : table(title, ['Name', 'Value'], list.map(one => [one.name, one.value]));

  function drawConnection(one) {
    const state = one.connection;
    replace(side, h('h2', { id: 'side-title' }, `Connection ${state.number}`),
      h('dl', {},
        h('dt', {}, 'Opened'), h('dd', {}, time(state.openedAt)), h('dt', {}, 'Closed'), h('dd', {}, state.closedAt ? time(state.closedAt) : 'still open'),
        h('dt', {}, 'From'), h('dd', {}, `${clientOf(state)}, ${state.source}`), h('dt', {}, 'To'), h('dd', {}, `${one.address}, ${state.virtualIp}/${state.node}`),
        h('dt', {}, 'Server name (SNI)'), h('dd', {}, state.serverName ?? 'none'), h('dt', {}, 'TLS'), h('dd', {}, state.tlsVersion ? `${state.tlsVersion}, ${one.cipherSuite}` : state.handshakeFailure ?? 'none'),
        one.fault ? [h('dt', {}, 'Fault on purpose'), h('dd', {}, one.fault)] : null,
        one.alertReceived ? [h('dt', {}, 'Alert of the client'), h('dd', {}, one.alertReceived)] : null,
        one.code ? [h('dt', {}, 'Verdict'), h('dd', { class: one.code === 'OK' ? 'good' : 'bad' }, one.code)] : null),
      timing(one.timing),
      one.explanation ? h('p', {}, one.explanation) : null,
      one.presented.length > 0 ? [h('h3', {}, 'Presented chain'), chainList(one.presented)] : null,
      h('h3', {}, plural(one.requestCount, 'request')),
      one.requests.map(request => h('section', { class: 'header-words' }, h('p', {}, h('code', {}, request.line), ` → ${request.status ?? 'no answer'}`), h('p', { class: 'small' }, `Host ${request.host || 'none'}, `, bar(request.elapsedMs, 0)), headers('Request headers', request.headers), headers('Answer headers', request.answerHeaders))),
      state.isAutoDetect ? h('p', { class: 'small' }, 'AutoDetect’s headers are in the record of the detection.')
        : state.client !== 'program' ? h('p', { class: 'small' }, 'The lab keeps headers of real programs only; this client is simulated.') : null);
  }

  function drawDetection(one) {
    const state = one.detection;
    replace(side, h('h2', { id: 'side-title' }, `Detection ${state.number}`),
      h('p', { class: state.succeeded ? 'good' : 'bad' }, state.succeeded ? '✓ services or protocols were found' : `✗ ${state.code ?? 'nothing was found'}`),
      h('dl', {}, h('dt', {}, 'Address'), h('dd', {}, state.email), h('dt', {}, 'Instance'), h('dd', {}, one.instance), h('dt', {}, 'Source'), h('dd', {}, one.source), h('dt', {}, 'Request id'), h('dd', {}, one.requestId), h('dt', {}, 'Took'), h('dd', {}, bar(state.elapsedMs, 0))),
      table('Steps', ['Stage', 'Result', 'What happened', 'Node', 'Took'], one.steps.map(step => [step.stage, step.code ? `${step.result}: ${step.code}` : step.result, step.sentence, step.node ?? '', step.elapsedMs > 0 ? bar(step.elapsedMs, step.simulatedMs) : ''])));
  }

  async function drawSide() {
    const [what, number] = place;
    if (!number) {
      replace(side, h('h2', { id: 'side-title' }, 'Nothing chosen'), h('p', {}, 'Choose a connection or a detection by its number.'));
      return;
    }
    try {
      const one = await get(`/api/lab/${what === 'detection' ? 'detections' : 'connections'}/${part(number)}`);
      if (isGone) return;
      (what === 'detection' ? drawDetection : drawConnection)(one);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      replace(side, h('h2', { id: 'side-title' }, 'Not found'), error.problems.map(problem => h('p', { class: 'bad' }, problem)));
    }
  }

  if (place[0] === 'detection') kind.value = 'detections';
  drawSide();
  const stop = listen((event, before) => {
    if (before !== null && event.connections < before.connections) [connections, detections] = [[], []];
    totals = { connections: event.connections, detections: event.detections };
    if (!isPaused) read();
  });
  Promise.all([about(), get('/api/lab/state')]).then(([{ readyFile }, state]) => {
    if (isGone) return;
    replace(same, command(`curl -H "Authorization: Bearer TOKEN" CONTROL_URL/journal`), h('p', { class: 'small' }, `TOKEN and CONTROL_URL are control.token and control.url in ${quoted(readyFile)}. The gateway is ${state.gateway}.`));
  }, error => say(error.message, 'bad'));
  return {
    moved: next => { place = next; drawSide(); },
    end: () => { isGone = true; stop(); },
  };
}
