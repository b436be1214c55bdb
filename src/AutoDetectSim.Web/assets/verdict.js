// What a node comes to for the chosen client: from what the lab says of its chain, its faults, its state and the firewall.
export const kinds = {
  good: { sign: '✓', word: 'accepted' },
  mixed: { sign: '◐', word: 'sometimes' },
  bad: { sign: '✗', word: 'fails' },
  off: { sign: '–', word: 'out of service' },
};

const share = one => one.faultShare ? ` on ${one.faultShare}` : '';

export function verdictOf(virtualIp, node) {
  const chain = virtualIp.chains.find(one => one.label === node.chain);
  const problems = [];
  if (!node.up) return { kind: 'off', reason: 'drained', chain };
  if (!node.healthy) return { kind: 'off', reason: 'fails its health probe', chain };
  if (virtualIp.admits !== 'all') problems.push({ kind: virtualIp.admits === 'none' ? 'bad' : 'mixed', reason: virtualIp.admits === 'none' ? 'firewall' : 'firewall, for some sources' });
  for (const one of [virtualIp, node]) {
    if (one.fault) problems.push({ kind: one.faultShare ? 'mixed' : 'bad', reason: one.fault + share(one) });
  }
  if (chain && !chain.accepted) problems.push({ kind: 'bad', reason: chain.code });
  const worst = problems.find(one => one.kind === 'bad') ?? problems[0];
  return worst ? { ...worst, chain } : { kind: 'good', reason: chain ? 'OK' : 'no TLS', chain };
}

/** Nodes with the same result, in order of appearance. */
export function groupsOf(virtualIp) {
  const groups = new Map();
  for (const node of virtualIp.nodes) {
    const verdict = verdictOf(virtualIp, node);
    const key = [verdict.kind, verdict.reason, node.chain].join('|');
    if (!groups.has(key)) groups.set(key, { key, verdict, nodes: [] });
    groups.get(key).nodes.push(node);
  }
  return [...groups.values()];
}

const CLIENTS = { autoDetect: 'AutoDetect', exchangeOnline: 'Exchange Online', outlookDesktop: 'Outlook on the desktop', forgottenDevice: 'a forgotten device', exchangeServer: 'an Exchange server' };

/** Who opened a connection. */
export const clientOf = connection => CLIENTS[connection.client] ?? 'a program';
