import { h, replace, say, table, plural, ranges } from './dom.js';
import { get, part, Problem } from './api.js';
import { listen } from './live.js';
import { draw } from './topology.js';
import { groupsOf, kinds, verdictOf } from './verdict.js';
import { nodePanel } from './node.js';
import { changePanel } from './changes.js';

const EYES = [['autodetect', 'AutoDetect'], ['windows', 'Outlook on the desktop'], ['browser', 'Browser'], ['connectivity-analyzer', 'Analyzer']];
const MOST_ROWS = 200;

/** The lab as each client meets it, live. */
export function lab(main, rest) {
  let client = sessionStorage.getItem('client') ?? 'autodetect';
  let clients = [];
  let topology = null;
  let place = rest;
  let isGone = false;
  let reading = null;
  let pulses = new Map();
  const counts = new Map();

  const picture = h('div', { class: 'picture' });
  const summary = h('p', { class: 'lead', role: 'status' });
  const legend = h('ul', { class: 'legend', 'aria-label': 'Legend' }, Object.entries(kinds).map(([kind, { sign, word }]) => h('li', { class: kind }, h('span', { 'aria-hidden': 'true' }, sign), ' ', word)));
  const eyes = h('fieldset', { class: 'eyes' });
  const traffic = h('p', { class: 'small', id: 'traffic' });
  const rows = h('div');
  const side = h('section', { class: 'card side', 'aria-labelledby': 'side-title' });
  const heading = h('h1', {}, 'Lab');
  const changes = changePanel();
  replace(main, h('div', { class: 'lab-page' },
    h('section', { class: 'card wide' }, heading, eyes, summary, picture, legend, traffic, h('details', {}, h('summary', {}, 'The picture as a table'), rows)),
    side,
    changes.element));

  const title = () => clients.find(one => one.name === client)?.shortTitle ?? client;

  function drawEyes() {
    const others = clients.filter(one => !EYES.some(([name]) => name === one.name));
    const choose = name => { client = name; sessionStorage.setItem('client', name); drawEyes(); read(); };
    const select = h('select', { 'aria-label': 'Other clients', onchange: event => event.target.value && choose(event.target.value) },
      h('option', { value: '' }, 'Other clients'),
      others.map(one => h('option', { value: one.name, selected: one.name === client }, one.shortTitle)));
    const focused = document.activeElement?.closest?.('.eyes') ? document.activeElement.value || 'select' : null;
    replace(eyes, h('legend', {}, 'As seen by'),
      EYES.map(([name, word]) => h('label', { class: client === name ? 'chosen' : null }, h('input', { type: 'radio', name: 'eyes', value: name, checked: client === name, onchange: () => choose(name) }), ' ', word)),
      others.length > 0 ? select : null);
    if (focused) eyes.querySelector(focused === 'select' ? 'select' : `input[value="${focused}"]`)?.focus();
  }

  function drawSummary() {
    const all = topology.virtualIps.flatMap(virtualIp => virtualIp.nodes.map(node => verdictOf(virtualIp, node)));
    const good = all.filter(one => one.kind === 'good').length;
    const reasons = new Map();
    for (const one of all.filter(verdict => verdict.kind !== 'good')) reasons.set(one.reason, (reasons.get(one.reason) ?? 0) + 1);
    const chains = topology.virtualIps.flatMap(one => one.chains);
    const telling = chains.find(one => !one.accepted) ?? chains[0];
    replace(summary, h('strong', {}, `${title()}: ${good} of ${plural(all.length, 'node')} accepted.`), ' ',
      [...reasons].map(([reason, count]) => `${count} × ${reason}. `).join(''),
      telling ? h('span', { class: 'small' }, telling.because) : null);
  }

  function drawTable() {
    const items = topology.virtualIps.flatMap(virtualIp => groupsOf(virtualIp).map(group => [virtualIp, group]));
    replace(rows,
      table('Nodes with the same result', ['Virtual IP', 'Nodes', 'Verdict', 'Chain', 'What the client says'], items.slice(0, MOST_ROWS).map(([virtualIp, group]) => [
        `${virtualIp.name} (${virtualIp.address}:${virtualIp.port}), ${virtualIp.hosts.join(', ')}`,
        h('a', { href: group.nodes.length === 1 ? `#/lab/${part(virtualIp.name)}/${part(group.nodes[0].name)}` : `#/lab/${part(virtualIp.name)}?${part(group.key)}` }, ranges(group.nodes.map(node => node.name)), group.nodes.length > 1 ? ` (${group.nodes.length})` : ''),
        `${kinds[group.verdict.kind].sign} ${kinds[group.verdict.kind].word}: ${group.verdict.reason}`,
        group.verdict.chain ? `${group.verdict.chain.label}: ${group.verdict.chain.presents.join(', ')}` : 'no TLS',
        group.verdict.chain?.words ?? '',
      ])),
      table('DNS', ['Name', 'Answer'], topology.names.map(name => [name.name, name.addresses.join(', ') || name.status])),
      table('Firewalls', ['Virtual IP', 'Allows', 'Denies'], topology.virtualIps.map(one => [one.name, one.allowFrom.join(', ') || 'everyone', one.denyFrom.join(', ') || 'no one'])),
      table('Services of the lab', ['Service', 'Hosts', 'Address'], topology.services.map(one => [one.name, one.hosts.join(', '), one.address])));
  }

  function drawPicture() {
    if (topology === null) return;
    const focused = picture.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    const svg = draw(topology, title(), Math.max(300, Math.floor(picture.clientWidth)));
    replace(picture, svg);
    pulses = new Map();
    for (const element of svg.querySelectorAll('a.node')) {
      for (const key of element.dataset.nodes.split(' ')) pulses.set(key, element);
      const key = place.length === 2 ? `#/lab/${part(place[0])}/${part(place[1])}` : null;
      if (element.getAttribute('href') === key) element.classList.add('chosen');
      if (element.getAttribute('href') === focused) element.focus();
    }
    for (const [key, count] of counts) showCount(key, count);
  }

  function showCount(key, count) {
    const element = pulses.get(key);
    if (element) element.querySelector('.count').textContent = count > 999 ? '999+' : String(count);
  }

  function drawSide() {
    const [name, node] = [place[0]?.split('?')[0], place[1]];
    const virtualIp = topology?.virtualIps.find(one => one.name === name);
    if (!virtualIp) {
      replace(side, h('h2', { id: 'side-title' }, 'Nothing chosen'), h('p', {}, 'Choose a node in the picture: its chain, what every client makes of it, its connections, and changes to it.'));
    } else if (node) {
      nodePanel(side, virtualIp, node, client, () => isGone);
    } else {
      const key = place[0].includes('?') ? place[0].slice(place[0].indexOf('?') + 1) : null;
      const group = groupsOf(virtualIp).find(one => one.key === key);
      drawGroup(virtualIp, group?.nodes ?? virtualIp.nodes, group);
    }
  }

  function drawGroup(virtualIp, nodes, group) {
    const list = h('ul', { class: 'names' });
    const fill = filter => replace(list, nodes.filter(node => node.name.toLowerCase().includes(filter)).slice(0, MOST_ROWS)
      .map(node => h('li', {}, h('a', { href: `#/lab/${part(virtualIp.name)}/${part(node.name)}` }, node.name))));
    fill('');
    replace(side, h('h2', { id: 'side-title' }, `${virtualIp.name}: ${plural(nodes.length, 'node')}`),
      group ? h('p', { class: group.verdict.kind }, `${kinds[group.verdict.kind].sign} ${group.verdict.reason}`) : null,
      h('label', {}, 'Name contains ', h('input', { type: 'search', oninput: event => fill(event.target.value.toLowerCase()) })),
      nodes.length > MOST_ROWS ? h('p', { class: 'small' }, `The first ${MOST_ROWS} are listed.`) : null, list);
  }

  async function read() {
    reading?.abort();
    reading = new AbortController();
    try {
      if (clients.length === 0) {
        clients = await get('/api/lab/clients', reading.signal);
        drawEyes();
      }
      topology = await get(`/api/lab/topology?client=${part(client)}`, reading.signal);
    } catch (error) {
      if (error.name === 'AbortError' || isGone) return;
      if (!(error instanceof Problem)) throw error;
      say(error.message, 'bad');
      return;
    }
    replace(heading, topology.title ?? topology.scenario);
    drawSummary();
    drawPicture();
    drawTable();
    drawSide();
  }

  function happened(event, before) {
    if (topology === null || event.revision !== topology.revision || (before !== null && event.connections < before.connections)) {
      if (before !== null && event.connections < before.connections) counts.clear();
      read();
    }
    changes.happened(event);
    traffic.textContent = `${plural(event.connections, 'connection')}, ${plural(event.detections, 'detection')} so far.`;
    const met = new Set();
    for (const [key, count] of Object.entries(event.met)) {
      counts.set(key, (counts.get(key) ?? 0) + count);
      showCount(key, counts.get(key));
      if (pulses.has(key)) met.add(pulses.get(key));
    }
    for (const element of met) element.classList.remove('pulse');
    // Once for all: it is what begins an animation anew.
    if (met.size > 0) picture.getBoundingClientRect();
    for (const element of met) element.classList.add('pulse');
  }

  drawEyes();
  drawSide();
  const watcher = new ResizeObserver(() => { if (topology) drawPicture(); });
  watcher.observe(picture);
  const stop = listen(happened);
  if (topology === null && reading === null) read();
  return {
    moved: next => { place = next; drawPicture(); drawSide(); side.scrollIntoView({ block: 'nearest' }); },
    end: () => { isGone = true; stop(); watcher.disconnect(); reading?.abort(); },
  };
}
