import { h } from './dom.js';

// As much of Markdown as lessons are written in: paragraphs, headings, lists, tables, code, emphasis. Links to pages of the documentation are shown as the command that prints them.
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)|<(https:\/\/[^<>\s]+)>/g;

const PAGE = /^(?:\.\.\/)*(?:docs\/)?([\w./-]+)\.md(#[\w-]+)?$/;

function link(label, target) {
  if (/^https:\/\//.test(target)) return [h('a', { href: target, target: '_blank', rel: 'noopener noreferrer' }, label)];
  const page = PAGE.exec(target);
  return page ? [label, ' (', h('code', {}, `autodetectsim learn read ${page[1]}${page[2] ?? ''}`), ')'] : [label];
}

function inline(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(at, match.index));
    const [whole, code, strong, emphasis, label, target, address] = match;
    if (code !== undefined) parts.push(h('code', {}, code));
    else if (strong !== undefined) parts.push(h('strong', {}, strong));
    else if (emphasis !== undefined) parts.push(h('em', {}, emphasis));
    else if (address !== undefined) parts.push(...link(address, address));
    else parts.push(...link(label, target));
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}

const cells = line => line.trim().slice(1).replace(/\|$/, '').split('|').map(cell => cell.trim());

/** Markdown as elements. */
export function markdown(source) {
  const blocks = [];
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length;) {
    if (lines[at].trim() === '') {
      at++;
    } else if (lines[at].startsWith('```')) {
      const code = [];
      for (at++; at < lines.length && !lines[at].startsWith('```'); at++) code.push(lines[at]);
      at++;
      blocks.push(h('pre', { tabindex: 0 }, code.join('\n')));
    } else if (lines[at].startsWith('|') && /^\|[ :|-]+\|\s*$/.test(lines[at + 1] ?? '')) {
      const rows = [];
      for (; at < lines.length && lines[at].startsWith('|'); at++) rows.push(cells(lines[at]));
      const [heads, , ...rest] = rows;
      blocks.push(h('table', { class: 'cards' }, h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, inline(head))))),
        h('tbody', {}, rest.map(row => h('tr', {}, row.map((cell, index) => h('td', { 'data-label': heads[index] }, h('span', {}, inline(cell)))))))));
    } else if (/^#{1,6} /.test(lines[at])) {
      blocks.push(h('h3', {}, inline(lines[at].replace(/^#+ /, ''))));
      at++;
    } else if (/^\s*([-*]|\d+\.) /.test(lines[at])) {
      const items = [];
      const tag = /^\s*\d/.test(lines[at]) ? 'ol' : 'ul';
      for (; at < lines.length && lines[at].trim() !== ''; at++) {
        if (/^\s*([-*]|\d+\.) /.test(lines[at])) items.push(lines[at].replace(/^\s*([-*]|\d+\.) /, ''));
        else items[items.length - 1] += ' ' + lines[at].trim();
      }
      blocks.push(h(tag, {}, items.map(item => h('li', {}, inline(item)))));
    } else {
      const paragraph = [];
      for (; at < lines.length && lines[at].trim() !== '' && !lines[at].startsWith('```'); at++) paragraph.push(lines[at].trim());
      blocks.push(h('p', {}, inline(paragraph.join(' '))));
    }
  }
  return blocks;
}
