import { h, replace, table, command } from './dom.js';
import { get, part, Problem, changeCommand, about, quoted } from './api.js';
import { clientOf, kinds, verdictOf } from './verdict.js';
import { changeForm } from './changes.js';
import { chainCards } from './chain.js';

const wordsOf = client => client.accepted ? client.onFirstVisit ? '✓ accepts' : '✓ accepts, but not on a first visit' : `✗ ${client.words}`;

/** What every client makes of a chain: those with the same reason together. */
export const clientTable = chain => table('What each client makes of it', ['Reason', 'Clients'], [...Map.groupBy(chain.clients, client => client.because)].map(([because, clients]) => [
  h('span', { class: 'reason' }, because),
  h('ul', { class: 'clients' }, clients.map(client => h('li', {}, h('strong', {}, client.title), ' ', h('span', { class: client.accepted ? 'good' : 'bad' }, wordsOf(client)))))]));

/** Everything about one node. */
export async function nodePanel(side, virtualIp, name, client, isGone) {
  const node = virtualIp.nodes.find(one => one.name === name);
  const verdict = node ? verdictOf(virtualIp, node) : null;
  const key = `${virtualIp.name}/${name}`;
  const isSame = side.dataset.node === key;
  side.dataset.node = key;
  if (!isSame) replace(side, h('h2', { id: 'side-title' }, name), h('p', { role: 'status' }, 'Reading the node'));
  let document;
  try {
    document = await get(`/api/lab/nodes/${part(virtualIp.name)}/${part(name)}`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    replace(side, h('h2', { id: 'side-title' }, name), error.problems.map(problem => h('p', { class: 'bad' }, problem)));
    return;
  }
  if (isGone() || side.dataset.node !== key) return;
  const { chain } = document;
  const [{ rootCertificate }, state] = [await about(), await get('/api/lab/state')];
  const written = side.querySelector('#change-line')?.value;
  const form = changeForm(`${key}: `, document.suggestions, isSame ? written : null);
  replace(side,
    h('h2', { id: 'side-title' }, name),
    verdict ? h('p', { class: `badge ${verdict.kind}` }, `${kinds[verdict.kind].sign} ${kinds[verdict.kind].word}: ${verdict.reason}`) : null,
    h('p', { class: 'small' }, `Node of ${virtualIp.name}, ${virtualIp.hosts.join(', ')}${document.host ? `; judged for ${document.host}` : ''}`),
    chain ? [h('p', {}, chain.explanation), chainCards(chain)] : h('p', {}, 'This port speaks no TLS.'),
    h('h3', {}, 'Change'), form.element,
    chain ? clientTable(chain) : null,
    command(
      `autodetectsim check ${quoted(document.host ?? virtualIp.hosts[0])} --proxy ${state.gateway} --ca ${quoted(rootCertificate)}`,
      await changeCommand(quoted(document.suggestions[0]))),
    document.connections.length > 0
      ? table('Last connections', ['Number', 'From', 'TLS', 'Requests'], document.connections.slice(0, 20).map(one => [
        String(one.number), `${clientOf(one)} (${one.source})`, one.handshakeFailure ?? one.tlsVersion ?? 'no TLS', one.requests.map(request => `${request.line} → ${request.status ?? 'no answer'}`).join('; ') || 'none']))
      : h('p', { class: 'small' }, 'No connections yet.'),
    h('details', {}, h('summary', {}, 'Settings of the node'), h('pre', { tabindex: 0 }, document.settings)));
}
