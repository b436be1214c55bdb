import { h } from './dom.js';

// As much of Markdown as lessons are written in: paragraphs, headings, lists, code, emphasis. Links are shown with where they lead.
const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)/g;

function inline(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(at, match.index));
    const [whole, code, strong, emphasis, label] = match;
    if (code !== undefined) parts.push(h('code', {}, code));
    else if (strong !== undefined) parts.push(h('strong', {}, strong));
    else if (emphasis !== undefined) parts.push(h('em', {}, emphasis));
    else parts.push(label);
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return parts;
}

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
