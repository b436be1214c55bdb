import { h } from './dom.js';

/** The common name of a subject as RFC 4514 writes it, without its escapes. */
export const common = subject => /CN=((?:\\.|[^,])*)/.exec(subject)?.[1].replace(/\\(.)/g, '$1') ?? subject;
const date = text => text ? text.slice(0, 10) : 'unknown';

function certificate(one, index) {
  return h('li', { class: 'certificate' },
    h('strong', {}, common(one.subject)),
    h('span', { class: 'small' }, index === 0 ? 'the server' : 'sent by the server'),
    h('dl', {},
      h('dt', {}, 'Subject'), h('dd', {}, one.subject),
      h('dt', {}, 'Issuer'), h('dd', {}, one.issuer),
      h('dt', {}, 'Valid'), h('dd', {}, `${date(one.notBefore)} to ${date(one.notAfter)}`),
      one.hosts.length > 0 ? [h('dt', {}, 'Hosts'), h('dd', {}, one.hosts.join(', '))] : null,
      h('dt', {}, 'Key'), h('dd', {}, `${one.publicKey}, signed with ${one.signatureAlgorithm}`)));
}

/** Certificates as they were sent. */
export const chainList = presented => h('ol', { class: 'chain', 'aria-label': 'Presented chain' }, presented.map(certificate));

/** A presented chain as cards, with the gap where the issuer is missing, and the root that clients trust. */
export function chainCards(chain) {
  const cards = chain.presented.map(certificate);
  if (chain.missing) {
    const place = chain.presented.findIndex(one => one.issuer === chain.missing.subject);
    cards.splice(place < 0 ? cards.length : place + 1, 0, h('li', { class: 'certificate gap' },
      h('strong', {}, `Missing: ${common(chain.missing.subject)}`),
      h('span', { class: 'small' }, 'not sent'),
      h('dl', {}, h('dt', {}, 'Subject'), h('dd', {}, chain.missing.subject),
        chain.missing.keyIdentifier ? [h('dt', {}, 'Key identifier'), h('dd', {}, chain.missing.keyIdentifier)] : null,
        chain.missing.aiaUrl ? [h('dt', {}, 'Download (AIA)'), h('dd', {}, chain.missing.aiaUrl)] : null)));
  }
  const anchor = chain.clients.flatMap(client => client.path).find(step => step.source === 'trustStore');
  if (anchor) cards.push(h('li', { class: 'certificate anchor' }, h('strong', {}, common(anchor.subject)), h('span', { class: 'small' }, 'in the trust store of clients')));
  return h('ol', { class: 'chain', 'aria-label': 'Presented chain' }, cards);
}
