// What the product's JSON Schema says about a place in a YAML text.

const KEY = /^("[^"]*"|'[^']*'|[^\s#{}[\],:&*!|>%@`-][^#{}[\],:]*?|-?[^\s#{}[\],:][^#{}[\],:]*?)\s*:(?=\s|$)/;
const bare = word => word.trim().replace(/^(["'])(.*)\1$/, '$2');

/**
 * Where an offset is: the names of the mappings around it (`*` for an item of a list), the word up to it, and whether a key or a value belongs there.
 * Blocks are found by indentation, and flow collections may go over several lines.
 */
export function placeAt(text, offset) {
  const stack = [];
  const flow = [];
  let scalar = null;
  let word = '';
  let isKey = true;
  let canBeKey = true;
  const outer = () => {
    const top = flow.at(-1);
    return top ? [...top.path, ...top.kind === '[' ? ['*'] : top.key === null ? [] : [top.key]] : stack.map(one => one.key);
  };

  function scan(rest) {
    let quote = null;
    word = '';
    for (let at = 0; at < rest.length; at++) {
      const sign = rest[at];
      if (quote) {
        if (sign === quote) quote = null;
        word += sign;
      } else if (sign === '#' && (at === 0 || /\s/.test(rest[at - 1]))) {
        return false;
      } else if (/["']/.test(sign) && word.trim() === '') {
        quote = sign;
        word += sign;
      } else if (sign === '{' || sign === '[') {
        flow.push({ kind: sign, path: outer(), key: null });
        word = '';
      } else if (flow.length > 0 && (sign === '}' || sign === ']')) {
        flow.pop();
        word = '';
      } else if (flow.length > 0 && sign === ',') {
        flow.at(-1).key = null;
        word = '';
      } else if (flow.at(-1)?.kind === '{' && sign === ':' && /\s|^$/.test(rest[at + 1] ?? '')) {
        flow.at(-1).key = bare(word);
        word = '';
      } else {
        word += sign;
      }
    }
    return true;
  }

  const lines = text.slice(0, offset).split('\n');
  for (const [number, line] of lines.entries()) {
    const isLast = number === lines.length - 1;
    if (flow.length > 0) {
      if (!scan(line) && isLast) return null;
      continue;
    }
    let rest = line.trimStart();
    let indent = line.length - rest.length;
    if (scalar !== null) {
      if (rest === '' && !isLast) continue;
      if (indent > scalar) {
        if (isLast) return null;
        continue;
      }
      scalar = null;
    }
    if (rest.startsWith('#')) {
      if (isLast) return null;
      continue;
    }
    if (rest === '' && !isLast) continue;
    const isItem = /^-(\s|$)/.test(rest);
    while (stack.length > 0 && (stack.at(-1).indent > indent || (stack.at(-1).indent === indent && (!isItem || stack.at(-1).key === '*')))) stack.pop();
    while (/^-(\s|$)/.test(rest)) {
      stack.push({ indent, key: '*' });
      const next = rest.slice(1).trimStart();
      indent += rest.length - next.length;
      rest = next;
    }
    word = rest;
    const key = KEY.exec(rest);
    isKey = key === null;
    canBeKey = isKey;
    if (key) {
      stack.push({ indent, key: bare(key[1]) });
      rest = rest.slice(key[0].length);
      if (/^\s*[|>][-+\d]*\s*$/.test(rest)) scalar = indent;
      if (isLast && rest === '') {
        // Directly after the colon, the key itself is meant.
        return { path: stack.map(one => one.key), word: '', isKey: false, canBeKey: false };
      }
      if (!scan(rest.trimStart()) && isLast) return null;
    } else if (/^[{["']/.test(rest)) {
      if (!scan(rest) && isLast) return null;
    } else if (/\s#/.test(rest)) {
      if (isLast) return null;
    }
  }

  const top = flow.at(-1);
  return top
    ? { path: outer(), word: word.trimStart(), isKey: top.kind === '{' && top.key === null, canBeKey: top.kind === '{' && top.key === null }
    : { path: stack.map(one => one.key), word: word.trimStart(), isKey, canBeKey };
}

/** The alternatives that a schema allows, without references. */
function alternatives(root, node, seen = new Set()) {
  if (!node || typeof node !== 'object' || seen.has(node)) return [];
  seen.add(node);
  if (node.$ref) return alternatives(root, root.definitions[node.$ref.split('/').at(-1)], seen);
  if (node.anyOf) return [{ description: node.description, default: node.default }, ...node.anyOf.flatMap(one => alternatives(root, one, seen))];
  return [node];
}

function below(root, nodes, name) {
  return nodes.flatMap(node => {
    if (name === '*') return node.items ? alternatives(root, node.items) : [];
    const own = node.properties?.[name] ?? Object.entries(node.patternProperties ?? {}).find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1];
    return alternatives(root, own ?? (typeof node.additionalProperties === 'object' ? node.additionalProperties : null));
  });
}

const at = (root, path) => path.reduce((nodes, name) => below(root, nodes, name), alternatives(root, root));
const described = nodes => nodes.find(node => node.description)?.description ?? '';

/** What can be written at a place: words with what they mean. */
export function completions(root, place) {
  const nodes = at(root, place.path);
  const found = new Map();
  if (place.canBeKey) {
    for (const node of nodes) {
      for (const [name, own] of Object.entries(node.properties ?? {})) {
        if (!found.has(name)) found.set(name, { word: name, insert: `${name}: `, text: described(alternatives(root, own)) });
      }
    }
  }
  if (!place.isKey || place.path.at(-1) === '*') {
    for (const node of nodes) {
      for (const [index, value] of (node.enum ?? []).entries()) {
        const word = String(value);
        if (word !== '' && !found.has(word)) found.set(word, { word, insert: word, text: node.markdownEnumDescriptions?.[index] ?? '' });
      }
      for (const word of [node.type].flat().includes('boolean') ? ['true', 'false'] : []) {
        if (!found.has(word)) found.set(word, { word, insert: word, text: '' });
      }
    }
  }
  const wanted = place.word.toLowerCase();
  const starts = [...found.values()].filter(one => one.word.toLowerCase().startsWith(wanted));
  return starts.length > 0 ? starts : [...found.values()].filter(one => wanted.length > 1 && one.word.toLowerCase().includes(wanted));
}

/** What a word at a place means: the name of a setting, or its value. */
export function meaning(root, text, offset) {
  const end = offset + /^[\w.-]*/.exec(text.slice(offset))[0].length;
  const place = placeAt(text, end);
  if (place === null) return null;
  const isName = place.isKey && place.word !== '';
  const path = isName ? [...place.path, bare(place.word)] : place.path;
  const name = path.at(-1);
  if (name === undefined || name === '*') return null;
  const nodes = at(root, path);
  if (nodes.length === 0) return null;
  const value = isName ? '' : bare(place.word);
  const values = nodes.flatMap(node => (node.enum ?? []).map((one, index) => [String(one), node.markdownEnumDescriptions?.[index] ?? '']));
  const chosen = values.find(([one, words]) => one === value && words !== '');
  const standard = nodes.find(node => node.default !== undefined)?.default;
  return { name, text: [described(nodes), chosen ? `${chosen[0]}: ${chosen[1]}` : null, standard === undefined ? null : `Default: ${standard}.`].filter(one => one).join(' ') };
}
