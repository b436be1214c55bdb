import { s, ranges } from './dom.js';
import { part } from './api.js';
import { groupsOf, kinds, verdictOf } from './verdict.js';

const MOST_DRAWN = 60;
const NODE = { width: 108, height: 40, gap: 10 };

const short = (text, length) => text.length <= length ? text : text.slice(0, length - 1) + '…';

function box(x, y, width, height, kind, title, note, label) {
  return s('g', { class: `box ${kind}` },
    s('title', {}, label ?? (note ? `${title}: ${note}` : title)),
    s('rect', { x, y, width, height, rx: 8 }),
    s('text', { x: x + width / 2, y: y + (note ? height / 2 - 4 : height / 2 + 5), class: 'name' }, short(title, Math.floor(width / 8))),
    note ? s('text', { x: x + width / 2, y: y + height / 2 + 13, class: 'note' }, short(note, Math.floor(width / 6.6))) : null);
}

const line = (x1, y1, x2, y2, kind = '') => s('path', { class: `line ${kind}`, d: x1 === x2 || y1 === y2 ? `M${x1} ${y1}L${x2} ${y2}` : `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}` });

/** A phone of our own drawing. */
function phone(x, y, title) {
  return s('g', { class: 'box neutral' }, s('title', {}, title),
    s('rect', { x: x + 34, y, width: 46, height: 76, rx: 8 }),
    s('rect', { x: x + 39, y: y + 8, width: 36, height: 54, rx: 2, class: 'screen' }),
    s('circle', { cx: x + 57, cy: y + 69, r: 3 }),
    s('text', { x: x + 57, y: y + 94, class: 'name' }, short(title, 18)));
}

function computer(x, y, title) {
  return s('g', { class: 'box neutral' }, s('title', {}, title),
    s('rect', { x: x + 12, y: y + 8, width: 90, height: 56, rx: 5 }),
    s('rect', { x: x + 18, y: y + 14, width: 78, height: 44, rx: 2, class: 'screen' }),
    s('path', { d: `M${x + 4} ${y + 74}h106l-10 -10h-86z` }),
    s('text', { x: x + 57, y: y + 94, class: 'name' }, short(title, 22)));
}

function nodes(virtualIp, x, y, width) {
  const isFolded = virtualIp.nodes.length > MOST_DRAWN;
  const items = isFolded
    ? groupsOf(virtualIp).map(group => ({ name: ranges(group.nodes.map(node => node.name)), note: `${group.nodes.length} × ${group.verdict.reason}`, verdict: group.verdict, href: `#/lab/${part(virtualIp.name)}?${part(group.key)}`, keys: group.nodes.map(node => node.name) }))
    : virtualIp.nodes.map(node => ({ name: node.name, note: null, verdict: verdictOf(virtualIp, node), href: `#/lab/${part(virtualIp.name)}/${part(node.name)}`, keys: [node.name] }));
  const itemWidth = isFolded ? Math.min(width, 300) : NODE.width;
  const columns = Math.max(1, Math.floor((width + NODE.gap) / (itemWidth + NODE.gap)));
  const drawn = items.map((item, index) => {
    const [left, top] = [x + (index % columns) * (itemWidth + NODE.gap), y + Math.floor(index / columns) * (NODE.height + NODE.gap)];
    const { sign, word } = kinds[item.verdict.kind];
    return s('a', { href: item.href, class: `node box ${item.verdict.kind}`, 'data-nodes': item.keys.length > 200 ? '' : item.keys.map(key => `${virtualIp.name}/${key}`).join(' '), 'aria-label': `${item.name}: ${word}, ${item.verdict.reason}` },
      s('rect', { x: left, y: top, width: itemWidth, height: NODE.height, rx: 7 }),
      s('text', { x: left + 14, y: top + 25, class: 'sign' }, sign),
      s('text', { x: left + 28, y: top + (item.note ? 17 : 25), class: 'name start' }, short(item.name, Math.floor((itemWidth - 34) / 8))),
      item.note ? s('text', { x: left + 28, y: top + 32, class: 'note start' }, short(item.note, Math.floor((itemWidth - 34) / 6.4))) : null,
      s('text', { x: left + itemWidth - 8, y: top + 14, class: 'count' }));
  });
  return { drawn, height: Math.max(1, Math.ceil(items.length / columns)) * (NODE.height + NODE.gap) };
}

const worstOf = kindsOf => kindsOf.every(kind => kind === 'good' || kind === 'off') ? 'good' : kindsOf.some(kind => kind === 'good' || kind === 'mixed') ? 'mixed' : 'bad';

const firewallNote = virtualIp => virtualIp.admits === 'none' ? 'closed' : virtualIp.admits === 'some' ? 'partly open' : virtualIp.allowFrom.length + virtualIp.denyFrom.length === 0 ? 'open to all' : 'open';

/** Draws a lab as the chosen client meets it. */
export function draw(topology, client, width) {
  const isAutoDetect = topology.client === 'autodetect';
  const isWide = width >= 860;
  const parts = [];
  const bad = topology.names.filter(name => name.status !== 'noError' || name.addresses.length === 0);
  const dnsNote = bad.length === 0 ? `${topology.names.length} names resolve` : `${bad.length} of ${topology.names.length} do not resolve`;
  const dnsLabel = 'DNS: ' + topology.names.map(name => `${name.name} ${name.addresses.join(', ') || name.status}`).join('; ');
  const dnsKind = bad.length === 0 ? 'neutral' : bad.length === topology.names.length ? 'bad' : 'mixed';
  const service = topology.services.find(one => one.name === 'autodetect');
  const others = topology.services.filter(one => one.name !== 'autodetect');
  let y = 12;
  let height;
  if (isWide) {
    const left = isAutoDetect ? 330 : 190;
    const drawn = [];
    for (const virtualIp of topology.virtualIps) {
      const inside = nodes(virtualIp, left + 330, y, width - left - 330 - 8);
      const blockHeight = Math.max(inside.height, 80);
      const middle = y + Math.min(blockHeight, 240) / 2;
      drawn.push({ virtualIp, middle, inside });
      y += blockHeight + 26;
    }
    height = Math.max(y, isAutoDetect ? 330 : 220);
    const start = drawn.length ? Math.max(60, Math.min(drawn[0].middle, height - 130)) : 100;
    const from = isAutoDetect ? 300 : 114;
    for (const { virtualIp, middle, inside } of drawn) {
      const kind = worstOf(virtualIp.nodes.map(node => verdictOf(virtualIp, node).kind));
      parts.push(line(from, start, left + 20, middle), line(left + 120, middle, left + 150, middle), line(left + 310, middle, left + 330, middle));
      parts.push(box(left + 20, middle - 36, 100, 72, virtualIp.admits === 'all' ? 'neutral' : virtualIp.admits === 'none' ? 'bad' : 'mixed', 'Firewall', firewallNote(virtualIp)));
      parts.push(box(left + 150, middle - 36, 160, 72, kind, virtualIp.name, `${virtualIp.address}:${virtualIp.port}`, `Virtual IP ${virtualIp.name}: ${virtualIp.hosts.join(', ')}, ${virtualIp.tls} TLS, ${virtualIp.algorithm}`));
      parts.push(...inside.drawn);
    }
    if (isAutoDetect) parts.push(line(102, start, 150, start), box(150, start - 32, 150, 64, 'neutral', 'AutoDetect', service?.hosts[0] ?? ''));
    parts.push(isAutoDetect ? phone(0, start - 44, 'Phone') : computer(0, start - 44, client));
    const dnsX = isAutoDetect ? 150 : 20;
    parts.push(line(dnsX + 75, start + (isAutoDetect ? 32 : 54), dnsX + 75, start + 74, 'dashed'), box(dnsX, start + 74, 150, 54, dnsKind, 'DNS', dnsNote, dnsLabel));
    others.forEach((one, index) => parts.push(box(dnsX, start + 150 + index * 52, 150, 44, 'quiet', one.name, one.hosts[0])));
    height = Math.max(height, start + 150 + others.length * 52 + 8);
  } else {
    const center = width / 2;
    parts.push(isAutoDetect ? phone(center - 57, y, 'Phone') : computer(center - 57, y, client));
    y += 108;
    if (isAutoDetect) {
      parts.push(line(center, y - 8, center, y + 8), box(center - 90, y + 8, 180, 50, 'neutral', 'AutoDetect', service?.hosts[0] ?? ''));
      y += 66;
    }
    parts.push(line(center, y - 8, center, y + 8, 'dashed'), box(center - 90, y + 8, 180, 46, dnsKind, 'DNS', dnsNote, dnsLabel));
    y += 62;
    for (const virtualIp of topology.virtualIps) {
      const kind = worstOf(virtualIp.nodes.map(node => verdictOf(virtualIp, node).kind));
      parts.push(line(center, y - 8, center, y + 8), box(center - 90, y + 8, 180, 42, virtualIp.admits === 'all' ? 'neutral' : virtualIp.admits === 'none' ? 'bad' : 'mixed', 'Firewall', firewallNote(virtualIp)));
      parts.push(line(center, y + 50, center, y + 62), box(center - 90, y + 62, 180, 48, kind, virtualIp.name, `${virtualIp.address}:${virtualIp.port}`), line(center, y + 110, center, y + 124));
      const inside = nodes(virtualIp, Math.max(0, (width - Math.floor((width + NODE.gap) / (NODE.width + NODE.gap)) * (NODE.width + NODE.gap) + NODE.gap) / 2), y + 124, width);
      parts.push(...inside.drawn);
      y += 124 + inside.height + 16;
    }
    height = y;
  }
  return s('svg', { class: 'topology', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Topology of the lab' }, parts);
}
